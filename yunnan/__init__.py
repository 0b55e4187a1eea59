"""The house behind the pages. Arrows are imports, and they only point down.

    dashboard.py, pages/, server        what people see                       (streamlit)
        blocks, filters                 pieces of a page                      (streamlit)
        charts, exports, words          a table in, a figure, file or text out
        snapshots, access               snapshot -> table                     (duckdb)
        queries, geo, settings          files and environment only

    __main__ -> demo, publish, verify   command line: rows -> snapshot        (duckdb)
        derive, suppress                what is computed once, at publication

Each folder has one door: data/snapshots <- snapshots, queries/ <- queries, geo/ <- geo, environment <- settings.
tests/test_architecture.py keeps this picture true.
"""
