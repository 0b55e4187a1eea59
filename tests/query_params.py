"""A value for every parameter that a query of the pages may ask for."""

from yunnan.data import queries

PARAMS = {
    "period": "2019",
    "place": "533300",
    "measure": "P1-08",
    "indicator_code": "P1-08",
    "peers": "size",
    "stages": ["到账"],
    "sources": [],
    "forms": [],
    "programme_code": "PG-STFP",
    "project": "P00002",
    "org": "O000001",
    "field": "科技扶贫",
    "programmes": [],
    "prefectures": [],
    "start_date": "2019-01-01",
    "end_date": "2019-12-31",
    "page_size": 100,
    "page_start": 0,
    "search": "",
    "published_at": "2020-07-15T09:00:00",
    "batch": "2020Q2-533300-funds",
    "table": "funds",
    "most": 100,
    "most_rows": 100,
    "target_year": "2020",
}


def params_of(name, **changed):
    wanted = queries.load(name).params
    everything = {key: [] for key, meaning in wanted.items() if meaning.startswith("varchar[]")}
    return {key: (everything | PARAMS | changed)[key] for key in wanted}
