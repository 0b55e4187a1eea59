"""The house behind the pages. Arrows are imports, and they only point down.

    dashboard.py, pages/, server        what people see                       (streamlit)
        files                           an address of a file -> the file, and its line in the log
        blocks, filters                 pieces of a page                      (streamlit)
        tables                          what a page has drawn -> a file, for whom it was drawn
        extracts                        the records a reader chose -> CSV, workbook, zip
        briefing                        a place or a pillar -> Word document, slides
        pictures                        maps and charts as PNG, drawn without a browser
        charts, exports, words          a table in, a figure, file or text out
        citations                       what a 数字凭证 says, then and now
        records                         which records a reader chose: address <-> parameters
        snapshots, access               snapshot -> table                     (duckdb)
        keeping                         answers kept, up to so many bytes
        engine                          the database itself, shut in          (duckdb)
        queries, geo, settings          files and environment only
        folding                         what looks the same is the same: names, codes, searches
        codes                           数字凭证: a figure's short code <-> the figure

    __main__ -> demo, publish, verify   command line: rows -> snapshot        (duckdb)
        intake, homes, states, alike, prune  base and staged rows -> a new snapshot; what may go
        nature                          a data folder holds a demonstration or an office's data, never both
        staging, folders, durable       data/staging, a snapshot's folder and its leases, all or nothing on disk
        derive, suppress, witnesses     what is computed once, at publication
    ingest                              a return -> staged rows and feedback, in a process of its own
    takeaway                            snapshot -> briefing, from the command line

Each folder has one door: data/snapshots <- snapshots, data/staging <- staging, queries/ <- queries, geo/ <- geo,
environment <- settings.
tests/test_architecture.py keeps this picture true.
"""
