"""The baseline: the same figures as 总览, written the way one first would, with pandas over the rows."""

import json
import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

FOLDER = Path(sys.argv[1])
GEO = Path(__file__).parents[2] / "static" / "geo" / "prefectures.json"


@st.cache_data
def read(table):
    return pd.read_parquet(FOLDER / f"{table}.parquet")


st.set_page_config(layout="wide")
year = st.selectbox("报告期", [2018, 2019], key="year")
funds, people, projects = read("funds"), read("beneficiaries"), read("projects")
funds = funds[pd.to_datetime(funds.event_date).dt.year == year]
people = people[
    (pd.to_datetime(people.service_date).dt.year == year) & people.poverty_category.str.startswith("建档立卡")
]
received = funds[funds.stage == "到账"]
slots = st.columns(4)
slots[0].metric("筹集款物", f"{received.amount_yuan.sum() / 10**8:.2f}亿元")
slots[1].metric("惠及贫困人口", f"{people.groupby('subject_key').headcount.max().sum():,}")
slots[2].metric("参与社会组织", f"{funds.org_id.nunique():,}")
slots[3].metric("项目", f"{len(projects):,}")
by_place = received.astype({"amount_yuan": float}).groupby("prefecture_code", as_index=False).amount_yuan.sum()
figure = px.choropleth(
    by_place,
    geojson=json.loads(GEO.read_text()),
    locations="prefecture_code",
    color="amount_yuan",
    title=f"筹集款物总额（{year}年）",
)
figure.update_geos(fitbounds="locations", visible=False)
config = {"topojsonURL": 'data:application/json,{"type":"Topology","objects":{},"arcs":[]}#'}  # no internet here
st.plotly_chart(figure, config=config)
monthly = received.groupby(pd.to_datetime(received.event_date).dt.month).amount_yuan.sum().astype(float)
st.plotly_chart(px.line(monthly), config=config)
st.dataframe(received.sort_values("amount_yuan", ascending=False).head(50))
