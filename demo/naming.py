"""Names of the demo's organizations: a place, （演示）, often a proper name, then what the organization does and is."""

from collections import Counter

import numpy as np

from demo import reference
from demo.named import NAMED

# Field of activity -> endings of an association, of a service organization and of a foundation.
ENDINGS = {
    "科技研究": (
        ("科技推广协会", "农村专业技术协会", "科普协会"),
        ("科技服务中心", "农业技术推广中心"),
        ("科技发展基金会",),
    ),
    "生态环境": (
        ("生态保护协会", "绿化协会", "环境保护协会"),
        ("环境服务中心", "自然教育中心"),
        ("生态保护基金会",),
    ),
    "教育": (
        ("教育学会", "助学促进会", "校友会"),
        ("幼儿园", "职业培训学校", "助学服务中心"),
        ("教育发展基金会",),
    ),
    "卫生": (
        ("医师协会", "护理学会", "健康促进会"),
        ("健康服务中心", "康复护理中心", "民营医院"),
        ("健康扶助基金会",),
    ),
    "社会服务": (
        ("社会工作协会", "志愿者协会", "老年人协会"),
        ("社会工作服务中心", "养老服务中心", "社区服务中心"),
        ("社会救助基金会",),
    ),
    "文化": (
        ("文学艺术协会", "民族文化研究会", "书画协会", "摄影学会"),
        ("文化传播中心", "民间艺术馆"),
        ("文化发展基金会",),
    ),
    "体育": (
        ("篮球协会", "老年人体育协会", "乒乓球协会", "武术协会"),
        ("体育俱乐部", "健身中心"),
        ("体育发展基金会",),
    ),
    "法律": (
        ("法律援助协会", "律师协会"),
        ("法律援助中心", "人民调解中心"),
        ("法律援助基金会",),
    ),
    "工商业服务": (
        ("商会", "餐饮行业协会", "建材行业商会", "青年企业家协会", "个体劳动者协会"),
        ("企业服务中心", "创业服务中心"),
        ("企业家公益基金会",),
    ),
    "宗教": (
        ("民间交流协会",),
        ("民间交流服务中心",),
        ("慈善基金会",),
    ),
    "农业及农村发展": (
        ("养蜂协会", "茶叶种植协会", "核桃产业协会", "蔬菜种植协会", "养牛协会", "花椒产业协会", "中药材种植协会"),
        ("农村发展服务中心", "农业技能培训中心"),
        ("乡村发展基金会",),
    ),
    "职业及从业者组织": (
        ("家政从业者协会", "建筑业协会", "道路运输协会"),
        ("职业技能培训中心",),
        ("从业者互助基金会",),
    ),
    "国际及其他涉外组织": (
        ("国际交流协会", "边境民间友好协会"),
        ("国际交流服务中心",),
        ("国际交流基金会",),
    ),
    "其他": (
        ("公益事业促进会", "慈善会", "爱心协会"),
        ("公益服务中心", "志愿服务中心"),
        ("公益慈善基金会",),
    ),
}
STYLES = (
    "彩云", "同心", "晨光", "春晖", "益众", "和风", "青禾", "山花", "暖阳", "星火", "众合", "乐善", "云岭", "百川",
    "启明", "嘉禾", "金穗", "仁和", "联心", "向阳", "绿野", "清源", "惠民", "同行", "永康", "尚善", "明德", "致远",
    "红土", "山茶", "长青", "安禾", "源泉", "新程", "互助", "朝露", "博爱", "思源", "福源", "齐心",
)  # fmt: skip


def names(field: np.ndarray, kind: np.ndarray, authorities: list[str], rng: np.random.Generator) -> list[str]:
    """A name for each organization, different from all others of its authority; the named ones keep theirs."""
    places = {row["county_code"]: row["short_zh"] for row in reference.counties()}
    places |= dict(zip(reference.unit_codes(), (*reference.unit_names()[:16], "云南省"), strict=True))
    choices, made = list(ENDINGS.values()), len(authorities) - len(NAMED)
    luck, styles = rng.random(made), rng.integers(0, len(STYLES), made)
    seen: Counter[str] = Counter()
    name_list = []
    for at in range(made):
        endings = choices[field[at]][kind[at]]
        place, ending = f"{places[authorities[at]]}（演示）", endings[int(luck[at] * len(endings))]
        plain = kind[at] == 0 and not seen[place + ending]  # the first association of its kind needs no style
        name = place + ("" if plain else STYLES[styles[at]]) + ending
        seen[name] += 1
        name_list.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return [*name_list, *(named.name for named in NAMED)]
