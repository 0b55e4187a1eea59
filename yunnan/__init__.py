"""The library behind the pages. Arrows are imports: they point down, and nothing leads back to itself.

    pages        dashboard.py and pages/: one script a page, which asks, then hands on what is to be drawn
        -> front drawing data access + streamlit
    server       the web server around Streamlit: who is let in, files, headers, health, the log of requests
        -> front drawing data access words settings streamlit_seam + streamlit
    front        what people see: address, kit, and the bodies of the pages by section of the menu
        -> drawing data access words settings streamlit_seam + plotly streamlit
    streamlit_seam  the private names of Streamlit, each looked up in what is installed
        -> nothing + streamlit
    __main__     python -m yunnan
        -> cli
    cli          the commands, one module a subject
        -> ingest publication drawing data access words settings demo
    demo         demo/: the synthetic data set, a tool beside the library like geo/
        -> nothing
    ingest       a return -> staged rows and feedback, in a process of its own
        -> publication drawing data words settings
    publication  rows and the last snapshot -> a new snapshot, checked, protected, all or nothing
        -> data words settings + duckdb
    drawing      a table in; a figure, a sentence, a picture or a file out
        -> data access words settings + geopandas matplotlib plotly
    data         published snapshots, and what is asked of them
        -> access words settings + duckdb
    access       who looks, what they may see and take away, the sealed logs of it
        -> words settings
    words        how things are written: amounts, columns, places, the disk's complaints
        -> nothing
    settings     everything the environment may change
        -> nothing

Each folder has one door: data/snapshots <- data.snapshots, data/staging <- publication.staging,
queries/ <- data.queries, geo/ <- words.geography, environment <- settings.
tests/test_architecture.py reads this picture: a wing or an arrow that is missing here fails, and so does one that
nobody uses. python -m tests.map prints it with its modules.
"""
