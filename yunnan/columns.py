"""The words of every column a query returns: label, unit, format. One line per column."""

from yunnan import words


def _day(value) -> str:
    return words.NONE if words.is_none(value) else str(value)[:10]


# column -> (label, unit in the header, how a value is written on screen)
COLUMNS = {
    "actual": ("计算值", "", lambda v: words.fixed(v)),
    "aggregation": ("汇总规则", "", None),
    "amount_yuan": ("金额", "元", lambda v: words.fixed(v, 2)),
    "approved_yuan": ("获批", "元", lambda v: words.fixed(v)),
    "attainment": ("完成率（对截至本期目标）", "", words.attained),
    "autonomous_counties": ("民族自治县", "个", words.fixed),
    "base_label": ("同比基期", "", None),
    "base_period": ("同比基期代码", "", None),
    "base_score": ("上年同期得分", "分", lambda v: words.fixed(v, 1)),
    "base_value": ("上年同期值", "", None),
    "best_attainment": ("最好指标完成率", "", words.attained),
    "best_indicator": ("最好指标", "", None),
    "border_counties": ("边境县", "个", words.fixed),
    "computed": ("计算所得写法", "", None),
    "counties": ("县（市、区）", "个", words.fixed),
    "counts_people": ("统计人或户", "", None),
    "county_name": ("县（市、区）", "", None),
    "deep_poverty_counties": ("深度贫困县", "个", words.fixed),
    "definition": ("口径", "", None),
    "event_date": ("发生日期", "", _day),
    "figure_code": ("核对编号", "", None),
    "figure_label": ("公布数", "", None),
    "files": ("报表", "份", words.fixed),
    "form": ("形式", "", None),
    "frequency": ("频率", "", None),
    "fund_id": ("流水号", "", None),
    "fund_rows": ("流水笔数", "笔", words.fixed),
    "help_type": ("帮扶类型", "", None),
    "holds": ("与文献一致", "", None),
    "indicator_code": ("指标代码", "", None),
    "indicator_name": ("指标", "", None),
    "indicators_available": ("有值指标", "项", words.fixed),
    "indicators_scored": ("计分指标", "项", words.fixed),
    "is_additive": ("州市可相加", "", None),
    "is_complete": ("数据齐全", "", None),
    "is_hidden": ("小数保护隐去", "", None),
    "is_scored": ("计分", "", None),
    "is_sqsz": ("三区三州", "", None),
    "kind": ("类型", "", None),
    "breaks": ("地图分级界点", "", None),
    "is_flow": ("时期指标", "", None),
    "label": ("报告期名称", "", None),
    "measure": ("地图指标代码", "", None),
    "measure_name": ("地图指标", "", None),
    "last_date": ("统计截止", "", _day),
    "level": ("层级", "", None),
    "mechanism": ("对应机制", "", None),
    "name_en": ("英文名", "", None),
    "note": ("口径说明", "", None),
    "org_name": ("社会组织", "", None),
    "pairing": ("东西部协作结对", "", None),
    "peers": ("同类州市", "", None),
    "peers_median": ("同类中位数", "", None),
    "period": ("报告期", "", None),
    "period_label": ("报告期名称", "", None),
    "persons": ("惠及人数（去重）", "人", words.fixed),
    "person_times": ("受益人次", "人次", words.fixed),
    "pillar_code": ("支柱", "", None),
    "place": ("地区代码", "", None),
    "place_name": ("地区", "", None),
    "place_rank": ("名次", "", words.fixed),
    "places_ranked": ("参与排名州市", "个", words.fixed),
    "poor_population": ("未脱贫建档立卡人口", "人", words.fixed),
    "poor_year": ("年末", "", None),
    "population": ("常住人口（2020年普查）", "人", words.fixed),
    "poverty_category": ("对象类别", "", None),
    "poverty_counties": ("贫困县", "个", words.fixed),
    "prefecture_code": ("州市代码", "", None),
    "prefecture_name": ("州市", "", None),
    "programme_name": ("品牌计划", "", None),
    "project_name": ("项目", "", None),
    "projects": ("项目数", "个", words.fixed),
    "province_value": ("全省值", "", None),
    "published": ("文献写法", "", None),
    "quarters_due": ("应报季度", "个", words.fixed),
    "quarters_reported": ("已报季度", "个", words.fixed),
    "rank_high": ("最好名次", "", words.fixed),
    "rank_low": ("最差名次", "", words.fixed),
    "received_goods_yuan": ("其中物资折价", "元", words.fixed),
    "received_yuan": ("到账", "元", words.fixed),
    "region_code": ("地区代码", "", None),
    "region_name": ("地区", "", None),
    "report_status": ("报送情况", "", None),
    "score": ("得分", "分", lambda v: words.fixed(v, 1)),
    "score_geometric": ("几何平均得分", "分", lambda v: words.fixed(v, 1)),
    "score_high": ("剔一项最高", "分", lambda v: words.fixed(v, 1)),
    "score_low": ("剔一项最低", "分", lambda v: words.fixed(v, 1)),
    "seed_fact": ("文献要点", "", None),
    "short_indicator": ("指标简称", "", None),
    "short_name": ("简称", "", None),
    "size_class": ("人口规模", "", None),
    "source": ("资金来源", "", None),
    "source_file": ("来源文件", "", None),
    "source_row": ("来源行", "", words.fixed),
    "spent_yuan": ("支出", "元", words.fixed),
    "stage": ("环节", "", None),
    "status": ("状态", "", None),
    "target_logic": ("目标", "", None),
    "target_to_date": ("截至本期目标", "", None),
    "target_value": ("年度目标", "", None),
    "tier": ("档次", "", None),
    "unit": ("单位", "", None),
    "value": ("数值", "", None),
    "weakest_attainment": ("最弱指标完成率", "", words.attained),
    "weakest_indicator": ("最弱指标", "", None),
    "year": ("年度", "", None),
}


def label(column: str) -> str:
    """'到账（元）'. Raises KeyError for a column nobody has named."""
    text, unit, _ = COLUMNS[column]
    return f"{text}（{unit}）" if unit else text


def written(column: str, value) -> str:
    """The value as people read it; '—' when there is none."""
    how = COLUMNS[column][2]
    if how:
        return how(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return words.NONE if words.is_none(value) else str(value)
