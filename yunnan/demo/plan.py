"""The demo's script: what each place is like, the named grants and donations, the story of each meeting.

Every figure here is invented except the published ones (TX, ECO, ZY, FC, SCHOOLS add up to those of the article).
Unit = prefecture in provincial order, then 省本级; shares are of 1, money is yuan unless a name says 万元.
"""

import numpy as np

# orgs: alive at the end of 2019; party ... train: what the indicator of that name shows at the end of 2019.
# told: policy publicity; guides: share of coverage by 选派党建指导员;
# pool: participants / target; goods: in-kind share of receipts; exchange: relative number of events.
_UNITS = """
unit orgs party work branch theme guides told pass sync match fulfil execute ontime multi pool goods train exchange
昆明 4350  .785 .950   .520  .790    .22 .745 .935 .966  .800   .640    .840    .89   .55  .96   .20  1.05        8
昭通 1640  .690 .895   .415  .680    .20 .615 .885 .935  .740   .590    .790    .83   .50  .97   .18   .93        9
曲靖 2230  .735 .930   .485  .770    .18 .715 .925 .958  .360   .380    .822    .87   .51  .99   .16  1.02        5
玉溪 1180  .790 .960   .540  .810    .15 .755 .945 .972  .800   .680    .862    .91   .52  .97   .15  1.04        9
保山 1150  .715 .915   .400  .715    .19 .600 .910 .950  .770   .610    .802    .86   .54 1.00   .18   .97        5
楚雄 1330  .745 .935   .490  .760    .17 .710 .930 .960  .660   .640    .832    .88   .46 1.02   .17   .86        5
红河 2050  .725 .920   .470  .720    .20 .630 .912 .950  .770   .650    .830    .78   .45 1.00   .19  1.00        8
文山 1340  .550 .830   .340  .410    .24 .450 .825 .895  .360   .370    .742    .80   .43  .78   .20   .70        4
普洱 1090  .680 .890   .410  .680    .20 .610 .890 .935  .730   .590    .800    .82   .50  .94   .18   .90        6
版纳  660  .730 .930   .390  .720   .667 .700 .920 .955  .710   .580    .812    .84   .44  .92   .17   .96        5
大理 1880  .770 .945   .470  .790    .18 .745 .940 .966  .820   .675    .852    .90   .48 1.05   .16  1.06        5
德宏  850  .660 .875   .390  .640    .21 .585 .880 .925  .710   .580    .780    .80   .47  .93   .48   .88        5
丽江  920  .715 .920   .460  .710    .19 .680 .915 .950  .770   .650    .812    .86   .54 1.01   .18  1.00        7
怒江  430  .635 .880   .400  .665    .20 .620 .890 .940  .780   .660    .570    .66   .56 1.00   .22  1.03        9
迪庆  330  .640 .870   .390  .650    .20 .595 .885 .930  .750   .630    .760    .82   .52  .98   .22   .95        6
临沧  950  .675 .885   .410  .660    .20 .605 .885 .930  .740   .600    .805    .83   .50  .99   .18   .92        6
省本 1100  .770 .960   .600  .800    .12 .790 .955 .978  .700   .580    .620    .86   .50 1.00   .10  1.00        4
"""
_TABLE = [line.split() for line in _UNITS.split("\n") if line]
PLAN = {name: np.array([float(row[at]) for row in _TABLE[1:]]) for at, name in enumerate(_TABLE[0]) if at}

# Share of the end-2019 level reached by the ends of 2018, 2019 and June 2020.
PARTY_LEVELS, WORK_LEVELS = (0.811, 1.0, 1.069), (0.90, 1.0, 1.035)
BRANCH_LEVELS, PUBLICITY_LEVELS = (0.56, 1.0, 1.20), (0.58, 1.0, 1.16)
PASS_BY_YEAR = (0.992, 1.0, 1.004)
REGISTERED = (1150, 1250, 520)  # new organizations 2018, 2019, 2020H1
DEREGISTERED = (320, 380, 150)
SOCIAL_WORK_ORGS, CHARITIES, FUNDRAISERS, TAX_2019 = 280, 132, 34, 27

QUARTER_WEIGHTS = {
    "2018": (0.18, 0.22, 0.27, 0.33),
    "2019": (0.18, 0.22, 0.265, 0.335),
    "2020H1": (0.28, 0.72),
}
RHYTHM = 0.3  # how much the quarters of a place differ from the province's
PEOPLE_WEIGHTS = {"2018": (0.19, 0.26, 0.25, 0.30), "2019": (0.20, 0.26, 0.24, 0.30), "2020H1": (0.30, 0.70)}
# Cumulative spending / receipts by quarter, as a share of the unit's level at the end of 2019.
EXECUTION_LEVELS = (0.45, 0.62, 0.78, 0.92, 0.88, 0.92, 0.95, 1.0, 1.02, 1.05)
PERSON_TIMES = {"2018": 423_531, "2019": 530_628, "2020H1": 233_035}  # registered poor, the whole province
OVERLAP = {  # share of the period before's persons helped again
    "2018": 0.0,
    "2019": 0.30,
    "2020H1": 0.186,
}

RAISED_BY_YUXI = 20_300_000  # by organizations of 玉溪, for other prefectures
LATE_DEHONG = "533100"  # its returns of 2020Q2 are missing

TX = {  # 同心圆梦, received (万元): 2018, 2019
    "533300": (1520, 1960),
    "533400": (970, 1266),
    "533100": (736, 954),
    "532500": (170, 210),
    "530900": (130, 170),
}
ECO_COUNTIES = [
    "腾冲市",
    "施甸县",
    "弥勒市",
    "金平县",
    "红河县",
    "绿春县",
    "芒市",
    "盈江县",
    "景东县",
    "双柏县",
    "泸水市",
    "福贡县",
    "德钦县",
    "维西县",
    "云龙县",
    "剑川县",
    "玉龙县",
    "宁蒗县",
    "永善县",
    "新平县",
]
ECO_SPENT = {"2018": 10_800_000, "2019": 14_960_000, "2020H1": 10_200_000}
ECO_LEADS = ("云南省杨善洲绿化基金会", "云南省绿色环境发展基金会")

# Approved and received in the same year (万元): 中央财政 ZY and 福彩公益金 FC.
GRANTS = {
    ("ZY", "2018"): {"533300": (70, 60, 50), "533400": (60, 50), "530600": (60,), "532500": (50,), "532600": (50,),
                     "530800": (50,), "530300": (45,), "532900": (45,)},
    ("FC", "2018"): {"533300": (60, 50), "533400": (50,), "530600": (60,), "532500": (50,), "532600": (45,),
                     "530900": (45,), "530500": (40,)},
    ("ZY", "2019"): {"533300": (90, 80, 75, 60, 60), "533400": (80, 70, 60, 40), "530600": (60, 55),
                     "532500": (60, 50), "532600": (55, 50), "530800": (55,), "530900": (50,), "530300": (55,),
                     "532900": (50,), "530700": (45,), "532300": (45,)},
    ("FC", "2019"): {"533300": (80, 70, 60, 35), "533400": (70, 60, 40), "530600": (80, 65), "532500": (70,),
                     "532600": (60,), "530800": (60,), "530900": (55,), "530500": (50,), "530300": (60,),
                     "533100": (45,), "530700": (50,), "532900": (50,)},
    ("ZY", "2020H1"): {"533300": (70, 60), "533400": (60,), "530600": (60,), "532500": (60,), "532600": (50,),
                       "530300": (50,)},
}  # fmt: skip

SCHOOLS = (1326, 1148, 1093, 1017, 982, 921)  # children screened
SCREENING_VISITS = ((2018, 9, 18, 2), (2019, 4, 16, 2), (2019, 7, 9, 1), (2019, 9, 24, 1))  # date, schools
# Poverty counties with 三区/牵手 projects by the ends of 2018, 2019 and June 2020.
SANQU_COUNTIES = {
    "530100": (1, 1, 2), "530600": (4, 4, 5), "530300": (0, 0, 0), "530500": (2, 2, 2), "532300": (3, 3, 4),
    "532500": (3, 4, 4), "532600": (2, 3, 3), "530800": (3, 4, 4), "532800": (1, 1, 1), "532900": (4, 4, 6),
    "533100": (1, 2, 2), "530700": (1, 1, 2), "533300": (4, 4, 4), "533400": (3, 3, 3), "530900": (3, 3, 4),
}  # fmt: skip
MICROCREDIT_COUNTIES = ("530627", "532329", "532530", "530828", "532926")
ARTS_UNITS = ("532500", "530900", "530600", "533300", "533400")
ARTS_ORGS = ("云南省书法家协会", "云南省摄影家协会", "云南省美术家协会")
FEW_CROSS_PROVINCE = {"530300": 2, "532600": 2}  # below the three expected
# When a document without a known issue date enters the library.
POLICY_KNOWN = {"L004": (2019, 6, 28), "L008": (2019, 6, 28), "L006": (2020, 1, 1)}
