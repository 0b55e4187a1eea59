-- The contract: what a snapshot holds. Publishing loads every table through this file, so a row that
-- breaks a type, key or check is refused by DuckDB itself; queries/checks/ holds the rules across rows.
-- Column names are those of the data dictionary; other tools read the parquet files by them.
-- The snapshot's folder carries as-of date and revision, therefore no row does.
-- Money is yuan. A code that is null is "not allocated"; 530000 in prefecture_code is 省本级.
-- The data dictionary page is generated from the comments below.

-- Version of this contract, written into each manifest: a change of a table or column raises it.
create macro contract_version() as 9;

create type county_kind as enum ('市辖区', '县级市', '县', '自治县');
create type data_certainty as enum ('sourced', 'derived', 'synthetic');
create type org_type as enum ('社会团体', '社会服务机构', '基金会', '其他机构');
create type reg_level as enum ('民政部', '省级', '州市级', '县级', '省外');
create type party_cover_mode as enum ('单独成立', '联合成立', '功能型党组织', '选派党建指导员', '挂靠组建', '未覆盖');
create type inspection_result as enum ('合格', '基本合格', '不合格', '未参检', '不适用');
create type org_rating as enum ('5A', '4A', '3A', '2A', '1A', '未评估');
create type tax_level as enum ('国家级', '省级');
create type publicity_occasion as enum ('年检', '抽查', '评估', '换届');
create type cross_province as enum ('无', '上海', '广东', '全国性组织', '其他');
create type fund_stage as enum ('获批', '到账', '支出');
create type fund_form as enum ('资金', '物资');
create type valuation_basis as enum ('发票', '评估', '市场价', '捐赠方声明');
create type donor_type as enum ('企业', '基金会', '个人', '港澳台同胞', '海外侨胞', '政府部门', '社会组织');
create type subject_type as enum ('个人', '家庭', '集体');
create type activity_category as enum ('党建', '政策宣传', '培训', '业务指导', '交流推进', '协议签署', '专家行动');
create type policy_level as enum ('中央', '国家部委', '省级', '州市级', '县级');
create type policy_class as enum ('工作思路', '工作规范', '工作保障', '人才建设', '党建', '业务指导');
create type policy_relation as enum ('印发', '联合印发', '联合转发', '贯彻落实', '配套', '研制中');
create type stat_item as enum ('SW_STOCK', 'SW_CERT', 'SW_POST', 'SW_PARTY', 'VOL', 'AWARD');
create type target_phasing as enum ('时期', '累计', '时点');

create table prefectures (
    prefecture_code varchar primary key check (regexp_full_match(prefecture_code, '53[0-9]{2}00')),
    name_zh varchar not null,
    short_zh varchar not null unique,
    name_en varchar not null,
    order_prov tinyint not null unique check (order_prov between 1 and 16),
    order_gb tinyint not null unique check (order_gb between 1 and 16),
    is_autonomous boolean not null,
    is_sqsz boolean not null,
    pop_census_2020 integer not null check (pop_census_2020 > 0),
    area_km2 integer
);
comment on table prefectures is '16个州市，一行一个';
comment on column prefectures.prefecture_code is '州市代码；GB/T 2260；恰16行；密级L0';
comment on column prefectures.name_zh is '全称；密级L0';
comment on column prefectures.short_zh is '简称；密级L0';
comment on column prefectures.name_en is '英文名；密级L0';
comment on column prefectures.order_prov is '省内惯用顺序；1–16；默认排序；密级L0';
comment on column prefectures.order_gb is '国标顺序；1–16；密级L0';
comment on column prefectures.is_autonomous is '自治州；8个为真；密级L0';
comment on column prefectures.is_sqsz is '截至日有效的、算作倾斜州市的名单里有它；密级L0';
comment on column prefectures.pop_census_2020 is '常住人口(七普)（人）；合计47209277；密级L0';
comment on column prefectures.area_km2 is '面积（km²）；密级L0';

create table counties (
    county_code varchar primary key,
    prefecture_code varchar not null references prefectures,
    name_zh varchar not null,
    short_zh varchar not null,
    name_en varchar not null,
    kind county_kind not null,
    is_poverty_county boolean not null,
    poverty_batch_year smallint,
    exit_date date,
    is_deep_poverty boolean not null,
    is_sqsz boolean not null,
    is_border boolean not null,
    is_autonomous_county boolean not null,
    contiguous_area varchar,
    deep_certainty varchar
);
comment on table counties is '129个县（市、区），一行一个；代码为2020-06-30口径';
comment on column counties.county_code is '县级代码；GB/T 2260（2020-06-30口径）；129行；旧码经别名表映射；密级L0';
comment on column counties.prefecture_code is '所属州市；=前4位+00；密级L0';
comment on column counties.name_zh is '截至日的全称；改过名的见县名表；密级L0';
comment on column counties.short_zh is '截至日的简称；密级L0';
comment on column counties.name_en is '英文名；密级L0';
comment on column counties.kind is '类型；改过名的照名称；密级L0';
comment on column counties.is_poverty_county is '截至日有效的、算作重点县的名单里有它；随程序的为国家级贫困县(88)；密级L0';
comment on column counties.poverty_batch_year is '退出批次年度；2017/2018/2019/2020=15/33/31/9；密级L0';
comment on column counties.exit_date is '批准退出日；密级L0';
comment on column counties.is_deep_poverty is '截至日有效的、算作最困难县的名单里有它；随程序的为深度贫困县(27)；名单确定性见deep_certainty；密级L0';
comment on column counties.is_sqsz is '所属州市在截至日有效的、算作倾斜州市的名单里；密级L0';
comment on column counties.is_border is '截至日有效的、算作边境县的名单里有它；25；密级L0';
comment on column counties.is_autonomous_county is '截至日有效的、算作自治县的名单里有它；29；密级L0';
comment on column counties.contiguous_area is '集中连片特困区；乌蒙山/石漠化/滇西边境/四省藏区(15/11/56/3)；密级L0';
comment on column counties.deep_certainty is '深度贫困县名单的确定性；名单为演示口径，待核';

-- Names of places are for every reader, whatever rows of them he may see: queries/views.sql takes them from here, as it
-- does over the files of an opened snapshot, where this schema holds every table.
create schema whole;
create view whole.prefectures as from main.prefectures;
create view whole.counties as from main.counties;

create table county_poverty_annual (
    region_code varchar not null,
    year smallint not null,
    poor_population integer check (poor_population >= 0),
    poor_rate decimal(6, 4) check (poor_rate between 0 and 1),
    certainty data_certainty not null,
    source_file varchar,
    source_row integer,
    primary key (region_code, year)
);
comment on table county_poverty_annual is '未脱贫建档立卡人口，一行一个地区一个年末';
comment on column county_poverty_annual.region_code is '地区代码；FK prefectures/counties；密级L0';
comment on column county_poverty_annual.year is '年末；2017–2020；密级L0';
comment on column county_poverty_annual.poor_population is '未脱贫建档立卡人口（人）；≥0；省合计2018=1810000、2019=442000；密级L0';
comment on column county_poverty_annual.poor_rate is '贫困发生率（比例）；0–1；密级L0';
comment on column county_poverty_annual.certainty is '确定性；密级L0';
comment on column county_poverty_annual.source_file is '来源文件；空=随程序提供（文献与演示），不是报来的';
comment on column county_poverty_annual.source_row is '来源行';

create table organizations (
    org_id varchar primary key check (regexp_full_match(org_id, '[OX][0-9]{6,}')),
    uscc varchar check (regexp_full_match(uscc, '[0-9A-HJ-NPQRTUWXY]{18}')),
    org_name varchar not null check (length(org_name) between 2 and 80),
    former_names varchar[] check (len(former_names) > 0),
    org_type org_type not null,
    reg_level reg_level not null,
    reg_authority_code varchar not null,
    prefecture_code varchar not null,
    county_code varchar,
    supervising_unit_code varchar not null,
    activity_field varchar,
    registered_date date not null,
    status varchar not null,
    deregistered_date date,
    party_cover_mode party_cover_mode,
    party_cover_date date,
    party_work_date date,
    branch_standardized_date date,
    party_member_count integer check (party_member_count >= 0),
    sync_registration boolean,
    sync_inspection boolean,
    sync_rating boolean,
    inspection_year smallint,
    inspection_result inspection_result,
    rating org_rating,
    rating_date date,
    charity_date date,
    public_fundraising_date date,
    tax_deduction_years smallint[],
    tax_deduction_level tax_level,
    publicity_occasion publicity_occasion,
    publicity_date date,
    staff_count integer check (staff_count >= 0),
    is_social_work_org boolean,
    is_yunnan boolean not null,
    is_seed_named boolean not null,
    source_file varchar not null,
    source_row integer not null
);
comment on table organizations is '社会组织在截至日的状态，一行一个组织';
comment on column organizations.org_id is '内部编号；密级L1';
comment on column organizations.uscc is '统一社会信用代码；GB 32100-2015：首位5(民政)；次位1社团/2民非/3基金会；3–8位登记机关区划；模31校验=警告级(存量代码有例外)；Excel科学计数法=错误；密级L0';
comment on column organizations.org_name is '名称；2–80字；同登记机关内唯一；密级L0';
comment on column organizations.former_names is '曾用名；此前各版快照中该编号用过的名称（含更正前的写法），先用的在前；发布时由底本带来，报表不填；空=没有；密级L0';
comment on column organizations.org_type is '类型；密级L0';
comment on column organizations.reg_level is '登记层级；密级L0';
comment on column organizations.reg_authority_code is '登记机关区划；100000/530000/州市/县；密级L0';
comment on column organizations.prefecture_code is '登记地州市；省级登记=530000；密级L0';
comment on column organizations.county_code is '登记地县；密级L0';
comment on column organizations.supervising_unit_code is '业务主管单位；含“直接登记”“已脱钩”；密级L0';
comment on column organizations.activity_field is '业务领域；民政统计14类(科技研究、生态环境、教育、卫生、社会服务、文化、体育、法律、工商业服务、宗教、农业及农村发展、职业及从业者组织、国际及其他涉外组织、其他)〔记忆〕；密级L0';
comment on column organizations.registered_date is '成立登记日；≤快照日；密级L0';
comment on column organizations.status is '状态；代码表 org_status；密级L0';
comment on column organizations.deregistered_date is '注销日；状态算作注销、撤销、吊销时必填，原件没有的空，不计入在册数；密级L0';
comment on column organizations.party_cover_mode is '党组织覆盖方式；空=不详（原件里没有），不计入覆盖率；密级L1';
comment on column organizations.party_cover_date is '覆盖日期；未覆盖则空；已覆盖而空=原件没有日期，不计入覆盖率；≤快照日；密级L1';
comment on column organizations.party_work_date is '党的工作覆盖日期；空=未覆盖；已有党组织者必填且≤party_cover_date；密级L1';
comment on column organizations.branch_standardized_date is '支部规范化达标日期；空=未达标；仅单独/联合/功能型适用；密级L1';
comment on column organizations.party_member_count is '党员数（人）；≥0；≤staff+会员；密级L1';
comment on column organizations.sync_registration is '三同步-登记；空=未填报，不计入三同步；密级L1';
comment on column organizations.sync_inspection is '三同步-年检；密级L1';
comment on column organizations.sync_rating is '三同步-评估；密级L1';
comment on column organizations.inspection_year is '年检年度；密级L0';
comment on column organizations.inspection_result is '年检结论；密级L0';
comment on column organizations.rating is '评估等级；空=不详（原件里没有）；密级L0';
comment on column organizations.rating_date is '评估日期；密级L0';
comment on column organizations.charity_date is '慈善组织认定日期；空=非慈善组织；密级L0';
comment on column organizations.public_fundraising_date is '公开募捐资格取得日期；非空 ⇒ charity_date非空；密级L0';
comment on column organizations.tax_deduction_years is '税前扣除资格年度（年）；2020年27号公告后有效期三年；密级L0';
comment on column organizations.tax_deduction_level is '资格层级；密级L0';
comment on column organizations.publicity_occasion is '政策宣传时机；密级L1';
comment on column organizations.publicity_date is '宣传日期；密级L1';
comment on column organizations.staff_count is '从业人员（人）；密级L0';
comment on column organizations.is_social_work_org is '社工服务机构；空=不详（原件里没有）；省级约280家(2019旁证)；密级L0';
comment on column organizations.is_yunnan is '省内登记；派生：reg_level∉{民政部,省外}；密级L0';
comment on column organizations.is_seed_named is '文献点名；点名组织代码仍为演示代码；密级L0';
comment on column organizations.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column organizations.source_row is '来源文件中的行号，自1起';

create table projects (
    project_id varchar primary key check (regexp_full_match(project_id, 'P[0-9]{5,}')),
    project_name varchar not null check (length(project_name) between 2 and 60),
    status varchar not null,
    lead_org_id varchar,
    partner_org_ids varchar[],
    supervising_unit_code varchar,
    sector varchar not null,
    programme_code varchar,
    aid_types varchar[],
    posted_date date not null,
    matched_date date,
    start_date date,
    planned_end_date date,
    actual_end_date date,
    need_amount_yuan decimal(16, 2) not null check (need_amount_yuan > 0),
    approved_yuan decimal(16, 2) check (approved_yuan >= 0),
    prefecture_code varchar not null,
    county_codes varchar[] not null check (len(county_codes) between 1 and 20),
    cross_province cross_province not null,
    resource_types varchar[],
    is_model_case boolean not null,
    source_file varchar not null,
    source_row integer not null
);
comment on table projects is '帮扶需求与项目在截至日的状态，一行一个；需求与项目以 status 区分';
comment on column projects.project_id is '项目编号；密级L1';
comment on column projects.project_name is '名称；2–60字；密级L1';
comment on column projects.status is '状态；代码表 project_status；密级L1';
comment on column projects.lead_org_id is '牵头组织；需求发布可空，其余必填；密级L1';
comment on column projects.partner_org_ids is '合作组织；密级L1';
comment on column projects.supervising_unit_code is '业务主管单位；密级L1';
comment on column projects.sector is '行业领域；代码表 sector；密级L1';
comment on column projects.programme_code is '品牌计划；密级L1';
comment on column projects.aid_types is '帮扶类型；扶贫济困/扶老/救孤/助学/救医/扶智/扶志/…；密级L1';
comment on column projects.posted_date is '需求发布日；密级L1';
comment on column projects.matched_date is '对接日；≥posted_date；密级L1';
comment on column projects.start_date is '开工日；≥posted_date；密级L1';
comment on column projects.planned_end_date is '计划完成日；>start_date；密级L1';
comment on column projects.actual_end_date is '实际完成日；已完成必填；≥start_date；密级L1';
comment on column projects.need_amount_yuan is '需求资金（元）；>0；>5000万元需复核(疑似元/万元错列)；密级L1';
comment on column projects.approved_yuan is '获批资金（元）；≥0；密级L1';
comment on column projects.prefecture_code is '主实施州市；=主实施县所属；密级L1';
comment on column projects.county_codes is '实施县(可多)；1–20个；Excel用“;”分隔；密级L1';
comment on column projects.cross_province is '省外合作方；密级L1';
comment on column projects.resource_types is '争取资源；项目/资金/技术/人才；密级L1';
comment on column projects.is_model_case is '典型案例；密级L1';
comment on column projects.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column projects.source_row is '来源文件中的行号，自1起';

create table project_locations (
    project_id varchar not null,
    county_code varchar not null,
    prefecture_code varchar not null,
    share decimal(6, 4) not null check (share > 0 and share <= 1),
    is_primary boolean not null,
    primary key (project_id, county_code)
);
comment on table project_locations is '项目实施地，一行一个项目一个县';
comment on column project_locations.project_id is '项目编号；密级L1';
comment on column project_locations.county_code is '县代码；密级L1';
comment on column project_locations.prefecture_code is '州市代码；=前4位+00；密级L1';
comment on column project_locations.share is '分摊比例（比例）；同项目合计=1；密级L1';
comment on column project_locations.is_primary is '主实施地；同项目恰1真；密级L1';

create table funds (
    fund_id varchar primary key check (regexp_full_match(fund_id, 'F[0-9]{6,}')),
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    event_date date not null,
    stage fund_stage not null,
    source varchar not null,
    form fund_form not null,
    amount_yuan decimal(16, 2) not null check (amount_yuan > 0),
    is_reversal boolean not null,
    valuation_basis valuation_basis,
    donor_type donor_type,
    donor_name varchar,
    org_id varchar,
    project_id varchar,
    programme_code varchar,
    prefecture_code varchar not null,
    county_code varchar,
    raise_region_code varchar,
    source_file varchar not null,
    source_row integer not null
);
comment on table funds is '资金与物资流水，一行一笔';
comment on column funds.fund_id is '流水号；密级L1';
comment on column funds.report_period is '报告期；与event_date同季(迟报标late)；密级L1';
comment on column funds.event_date is '发生日期；报告期内；不得为未来；密级L1';
comment on column funds.stage is '环节；密级L1';
comment on column funds.source is '资金来源；代码表 fund_source；密级L1';
comment on column funds.form is '形式；密级L1';
comment on column funds.amount_yuan is '金额(折价)（元）；>0；红冲用is_reversal；单笔>5000万元复核；疑似“万元”误填元：整数且<100且来源为企业 → 警告；密级L1';
comment on column funds.is_reversal is '红冲；密级L1';
comment on column funds.valuation_basis is '折价依据；密级L1';
comment on column funds.donor_type is '捐赠人类型；密级L1';
comment on column funds.donor_name is '捐赠人名称；个人一律不入库；密级L2';
comment on column funds.org_id is '接收/执行组织；密级L1';
comment on column funds.project_id is '项目；支出必填(缺=警告)；密级L1';
comment on column funds.programme_code is '品牌计划；密级L1';
comment on column funds.prefecture_code is '受益州市；530000=省本级未分解；密级L1';
comment on column funds.county_code is '受益县；与州市一致；密级L1';
comment on column funds.raise_region_code is '出资地；州市/省/境外；支持“出资地→受益地”；密级L1';
comment on column funds.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column funds.source_row is '来源文件中的行号，自1起';

create table beneficiaries (
    -- unique by a check: an index over millions of ids would cost more than all else
    record_id varchar not null,
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    service_date date not null,
    project_id varchar,
    org_id varchar,
    subject_type subject_type not null,
    subject_key varchar not null check (regexp_full_match(subject_key, '[0-9a-f]{16}')),
    headcount integer not null check (headcount between 1 and 20000),
    times smallint not null check (times >= 1),
    prefecture_code varchar not null,
    county_code varchar not null,
    poverty_category varchar not null,
    help_type varchar not null,
    sex_code varchar check (sex_code in ('0', '1', '2', '9')),
    age_band varchar check (age_band in ('0-6', '7-15', '16-59', '60+')),
    ethnic_code varchar check (regexp_full_match(ethnic_code, '[0-5][0-9]')),
    amount_yuan decimal(12, 2),
    source_file varchar not null,
    source_row integer not null
);
comment on table beneficiaries is '受益记录，一行一个对象在一个项目的一次受益；只存匿名键，任何页面都不读取本表';
comment on column beneficiaries.record_id is '记录号；密级L1';
comment on column beneficiaries.report_period is '报告期；密级L1';
comment on column beneficiaries.service_date is '服务日期；报告期内；密级L1';
comment on column beneficiaries.project_id is '项目；密级L1';
comment on column beneficiaries.org_id is '实施组织；密级L1';
comment on column beneficiaries.subject_type is '对象类型；密级L1';
comment on column beneficiaries.subject_key is '对象匿名键；HMAC-SHA256(省级密钥, 证件号/户编号/学校代码)前16位；同人同键；不得含原文；密级L2';
comment on column beneficiaries.headcount is '人数（人）；个人=1；家庭1–15；集体1–20000；密级L1';
comment on column beneficiaries.times is '次数（次）；默认1；密级L1';
comment on column beneficiaries.prefecture_code is '常住州市；密级L1';
comment on column beneficiaries.county_code is '常住县；与州市一致；密级L1';
comment on column beneficiaries.poverty_category is '类别；代码表 poverty_category；密级L2';
comment on column beneficiaries.help_type is '帮扶类型；代码表 help_type；密级L2';
comment on column beneficiaries.sex_code is '性别；GB/T 2261.1：0未知 1男 2女 9未说明；集体=0；密级L2';
comment on column beneficiaries.age_band is '年龄段；0-6/7-15/16-59/60+（不收出生日期）；密级L2';
comment on column beneficiaries.ethnic_code is '民族；GB/T 3304数字码01–56；集体可空；密级L2';
comment on column beneficiaries.amount_yuan is '到人金额（元）；小额信贷等；密级L2';
comment on column beneficiaries.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column beneficiaries.source_row is '来源文件中的行号，自1起';

create table activities (
    activity_id varchar primary key,
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    activity_date date not null,
    category activity_category not null,
    activity_type varchar not null,
    title varchar,
    org_id varchar,
    project_id varchar,
    policy_id varchar,
    prefecture_code varchar not null,
    county_code varchar,
    participants integer not null check (participants between 0 and 20000),
    party_members integer check (party_members between 0 and participants),
    local_participants integer check (local_participants between 0 and participants),
    minority_participants integer check (minority_participants between 0 and participants),
    volunteers integer check (volunteers between 0 and participants),
    partner_region_code varchar,
    source_file varchar not null,
    source_row integer not null
);
comment on table activities is '活动、培训、会议、协议、专家行动，一行一场';
comment on column activities.activity_id is '活动编号；密级L1';
comment on column activities.report_period is '报告期；密级L1';
comment on column activities.activity_date is '日期；密级L1';
comment on column activities.category is '大类；密级L1';
comment on column activities.activity_type is '小类；代码表 activity_type；密级L1';
comment on column activities.title is '标题；≤80字；密级L1';
comment on column activities.org_id is '主办组织；密级L1';
comment on column activities.project_id is '关联项目；密级L1';
comment on column activities.policy_id is '关联文件；密级L1';
comment on column activities.prefecture_code is '举办州市；密级L1';
comment on column activities.county_code is '举办县；密级L1';
comment on column activities.participants is '参加人数（人次）；0–20000；密级L1';
comment on column activities.party_members is '其中党员（人次）；≤participants；密级L1';
comment on column activities.local_participants is '其中本土社工（人次）；≤participants；密级L1';
comment on column activities.minority_participants is '其中少数民族骨干（人次）；≤participants；密级L1';
comment on column activities.volunteers is '其中志愿者（人次）；≤participants；密级L1';
comment on column activities.partner_region_code is '合作方地区；310000/440000/100000…；密级L1';
comment on column activities.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column activities.source_row is '来源文件中的行号，自1起';

create table policies (
    policy_id varchar primary key,
    title varchar not null,
    doc_no varchar,
    issuer varchar not null,
    co_issuers varchar[],
    level policy_level not null,
    policy_class policy_class not null,
    relation policy_relation not null,
    parent_policy_id varchar,
    prefecture_code varchar not null,
    issue_date date,
    known_date date,
    status varchar not null,
    provenance varchar not null,
    source_file varchar not null,
    source_row integer not null
);
comment on table policies is '政策文件库，一行一份';
comment on column policies.policy_id is '文件编号；密级L0';
comment on column policies.title is '标题；密级L0';
comment on column policies.doc_no is '文号；未知留空，不得编造；密级L0';
comment on column policies.issuer is '发文机关；密级L0';
comment on column policies.co_issuers is '联合机关；密级L0';
comment on column policies.level is '层级；密级L0';
comment on column policies.policy_class is '类别；密级L0';
comment on column policies.relation is '关系；密级L0';
comment on column policies.parent_policy_id is '上位文件；密级L0';
comment on column policies.prefecture_code is '适用地区；530000=全省；密级L0';
comment on column policies.issue_date is '发文日期；未知留空；密级L0';
comment on column policies.known_date is '计入的起始日；发布时算：发文日期，没有则文号或标题中的年份，再没有则最早的配套、落实文件，都没有则截至日；密级L0';
comment on column policies.status is '状态；代码表 policy_status；密级L0';
comment on column policies.provenance is '出处；文献/公开报道/演示；密级L0';
comment on column policies.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column policies.source_row is '来源文件中的行号，自1起';

create table reported_stats (
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    prefecture_code varchar not null,
    item_code stat_item not null,
    value decimal(16, 2) not null check (value >= 0),
    unit varchar not null,
    source_file varchar not null,
    source_row integer not null,
    primary key (report_period, prefecture_code, item_code)
);
comment on table reported_stats is '州市上报的存量统计数，一行一个报告期一个州市一项';
comment on column reported_stats.report_period is '报告期；密级L1';
comment on column reported_stats.prefecture_code is '州市；密级L1';
comment on column reported_stats.item_code is '指标项；密级L1';
comment on column reported_stats.value is '数值；≥0；环比±50%警告；密级L1';
comment on column reported_stats.unit is '单位；人/个；密级L1';
comment on column reported_stats.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column reported_stats.source_row is '来源文件中的行号，自1起';

create table targets (
    indicator_code varchar not null,
    year smallint not null,
    region_code varchar not null,
    target_value decimal(18, 4) not null check (target_value > 0),
    phasing target_phasing not null,
    q1_share decimal(5, 4),
    q2_share decimal(5, 4),
    q3_share decimal(5, 4),
    q4_share decimal(5, 4),
    basis varchar not null,
    source_file varchar,
    source_row integer,
    primary key (indicator_code, year, region_code)
);
comment on table targets is '年度目标，一行一个指标一年一个地区';
comment on column targets.indicator_code is '指标；FK indicators；密级L1';
comment on column targets.year is '年度；密级L1';
comment on column targets.region_code is '地区；530000或州市；密级L1';
comment on column targets.target_value is '目标值；>0；比率0–1；密级L1';
comment on column targets.phasing is '进度口径；时期=每期对本期各季之和，累计=自年初累计才评，时点=每期对同一目标；须与指标类型相符；密级L1';
comment on column targets.q1_share is '第1季度占全年目标的比例；四季合计为1；只在年末评的四季度为1；时点为空';
comment on column targets.q2_share is '第2季度占全年目标的比例；四季合计为1；只在年末评的四季度为1；时点为空';
comment on column targets.q3_share is '第3季度占全年目标的比例；四季合计为1；只在年末评的四季度为1；时点为空';
comment on column targets.q4_share is '第4季度占全年目标的比例；四季合计为1；只在年末评的四季度为1；时点为空';
comment on column targets.basis is '依据；演示/文件号；密级L1';
comment on column targets.source_file is '来源文件；空=随程序提供（文献与演示），不是报来的';
comment on column targets.source_row is '来源行';
create table programmes (
    programme_code varchar primary key,
    name_zh varchar not null,
    name_en varchar,
    sector varchar not null,
    supervising_unit varchar not null,
    seed_fact varchar,
    published varchar,
    source_file varchar,
    source_row integer
);
comment on table programmes is '品牌计划，一行一个；名称与出处来自文献';
comment on column programmes.programme_code is '品牌计划代码';
comment on column programmes.name_zh is '名称';
comment on column programmes.name_en is '英文名';
comment on column programmes.sector is '行业领域；可跨多个';
comment on column programmes.supervising_unit is '业务主管单位';
comment on column programmes.seed_fact is '文献要点编号';
comment on column programmes.published is '文献公布数';
comment on column programmes.source_file is '来源文件；空=随程序提供（文献与演示），不是报来的';
comment on column programmes.source_row is '来源行';

create table code_lists (
    list varchar,
    code varchar,
    label varchar not null,
    sort_order integer not null,
    source varchar not null,
    counts_as varchar,
    source_file varchar,
    source_row integer,
    primary key (list, code)
);
comment on table code_lists is '代码表，一行一个代码';
comment on column code_lists.list is '代码表名';
comment on column code_lists.code is '代码';
comment on column code_lists.label is '名称';
comment on column code_lists.sort_order is '顺序';
comment on column code_lists.source is '出处';
comment on column code_lists.counts_as is '指标里算作什么：对象类别的“帮扶人口”，帮扶方式、资金来源、项目状态、活动小类、组织状态、文件效力的随程序的词；空=只算它自己';
comment on column code_lists.source_file is '来源文件；空=随程序提供（文献与演示），不是报来的';
comment on column code_lists.source_row is '来源行';

create table stages (
    stage varchar primary key,
    first_quarter varchar not null check (regexp_full_match(first_quarter, '20[0-9]{2}Q[1-4]')),
    last_quarter varchar check (regexp_full_match(last_quarter, '20[0-9]{2}Q[1-4]')),
    title varchar not null,
    cause varchar not null,
    people varchar not null,
    households varchar not null,
    help varchar not null,
    pillar_1 varchar not null,
    pillar_2 varchar not null,
    pillar_3 varchar not null,
    pillar_4 varchar not null,
    basis varchar not null,
    source_file varchar,
    source_row integer,
    check (last_quarter >= first_quarter)
);
comment on table stages is '阶段，一行一个；各阶段的起止季度不重叠；快照用截至日所在阶段的用词';
comment on column stages.stage is '阶段名称';
comment on column stages.first_quarter is '起始季度';
comment on column stages.last_quarter is '截止季度；空=还没有结束';
comment on column stages.title is '看板名称';
comment on column stages.cause is '参与的工作；如脱贫攻坚、乡村振兴';
comment on column stages.people is '帮扶的人怎样称呼；如贫困人口、脱贫人口';
comment on column stages.households is '帮扶的户怎样称呼；如建档立卡户、脱贫户';
comment on column stages.help is '帮扶怎样称呼；如扶贫、帮扶';
comment on column stages.pillar_1 is '第一个支柱的名称';
comment on column stages.pillar_2 is '第二个支柱的名称';
comment on column stages.pillar_3 is '第三个支柱的名称';
comment on column stages.pillar_4 is '第四个支柱的名称';
comment on column stages.basis is '依据；文号或会议';
comment on column stages.source_file is '来源文件；空=随程序提供（文献与演示），不是报来的';
comment on column stages.source_row is '来源行';

create table place_traits (
    trait varchar,
    region_code varchar,
    counts_as varchar check (counts_as in ('重点县', '最困难县', '边境县', '自治县', '倾斜州市')),
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    basis varchar not null,
    source_file varchar,
    source_row integer,
    primary key (trait, region_code, valid_from)
);
comment on table place_traits is '地区名单，一行一个名单里的一个地区；快照以截至日有效的为准';
comment on column place_traits.trait is '名单名称；如国家乡村振兴重点帮扶县';
comment on column place_traits.region_code is '地区代码；州市或县；算作倾斜州市的只能是州市，算作别的只能是县';
comment on column place_traits.counts_as is '指标里算作：重点县、最困难县、边境县、自治县、倾斜州市；同一时候一项只由一个名单充当；空=只列出';
comment on column place_traits.valid_from is '起始日期';
comment on column place_traits.valid_to is '截止日期；含当日；空=还没有结束';
comment on column place_traits.basis is '依据；文号或公布的名单';
comment on column place_traits.source_file is '来源文件；空=随程序提供，不是报来的';
comment on column place_traits.source_row is '来源行';

create table county_names (
    region_code varchar,
    name_zh varchar,
    short_zh varchar,
    name_en varchar,
    other_code varchar check (regexp_full_match(other_code, '53[0-9]{4}')),
    valid_from date not null,
    basis varchar not null,
    source_file varchar,
    source_row integer,
    primary key (region_code, name_zh)
);
comment on table county_names is '县名，一行一个改过名的县的一个名称；快照用截至日已起用的最近一个';
comment on column county_names.region_code is '县代码；2020-06-30口径的，改名换代码也不变';
comment on column county_names.name_zh is '全称';
comment on column county_names.short_zh is '简称；空=同全称';
comment on column county_names.name_en is '英文名；空=同前一个';
comment on column county_names.other_code is '改名时换的区划代码；网址与报表里与县代码是同一个地方；空=没有换';
comment on column county_names.valid_from is '起始日期；到下一个名称起用的前一日止';
comment on column county_names.basis is '依据；文号或公告';
comment on column county_names.source_file is '来源文件；空=随程序提供，不是报来的';
comment on column county_names.source_row is '来源行';

create table pairings (
    region_code varchar,
    kind varchar check (kind in ('东西部协作', '社会组织结对帮扶', '其他')),
    partner varchar,
    valid_from date not null,
    valid_to date check (valid_to >= valid_from),
    basis varchar not null,
    source_file varchar,
    source_row integer,
    primary key (region_code, kind, partner, valid_from)
);
comment on table pairings is '结对，一行一个地区的一个结对方；按报告期末有效的显示';
comment on column pairings.region_code is '地区代码；州市或县';
comment on column pairings.kind is '结对类别；东西部协作、社会组织结对帮扶、其他';
comment on column pairings.partner is '结对方；地区或单位的名称';
comment on column pairings.valid_from is '起始日期';
comment on column pairings.valid_to is '截止日期；含当日；空=还没有结束';
comment on column pairings.basis is '依据；文号或名单；随程序的部分未逐一核实';
comment on column pairings.source_file is '来源文件；空=随程序提供，不是报来的';
comment on column pairings.source_row is '来源行';

create table office_figures (
    figure_code varchar primary key check (regexp_full_match(figure_code, 'GB-[A-Z0-9]{1,12}')),
    label varchar not null,
    published varchar not null,
    indicator_code varchar not null,
    period varchar not null check (regexp_full_match(period, '20[0-9]{2}(H[12]|Q[1-4])?')),
    region_code varchar not null,
    basis varchar not null,
    source_file varchar not null,
    source_row integer not null
);
comment on table office_figures is '单位登记的公布数，一行一个；发布时与本快照的指标值核对';
comment on column office_figures.figure_code is '编号；GB-加字母或数字';
comment on column office_figures.label is '名称；公布时怎样叫';
comment on column office_figures.published is '公布写法；如约4.4亿元、8000多万元、615万元、85.2%；单位同该指标';
comment on column office_figures.indicator_code is '指标代码';
comment on column office_figures.period is '所属时期；如2025、2025H1、2025Q3';
comment on column office_figures.region_code is '地区代码；530000为全省；统计人或户的指标只有全省';
comment on column office_figures.basis is '依据；公布的文件、会议或报道';
comment on column office_figures.source_file is '来源文件';
comment on column office_figures.source_row is '来源行';

create table indicator_spans (
    indicator_code varchar primary key,
    valid_from date,
    valid_to date check (valid_to >= valid_from),
    basis varchar not null,
    source_file varchar not null,
    source_row integer not null,
    check (valid_from is not null or valid_to is not null)
);
comment on table indicator_spans is '指标起止，一行一个有起止日期的指标；在它以外的报告期不适用，没有目标，不计分';
comment on column indicator_spans.indicator_code is '指标代码';
comment on column indicator_spans.valid_from is '起始日期；空=从最早的报告期起';
comment on column indicator_spans.valid_to is '截止日期；含当日；空=还没有结束';
comment on column indicator_spans.basis is '依据；文号或会议';
comment on column indicator_spans.source_file is '来源文件';
comment on column indicator_spans.source_row is '来源行';

create table snapshot_manifest (
    batch_id varchar primary key,
    table_name varchar not null,
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    prefecture_code varchar not null,
    revision tinyint not null check (revision >= 0),
    source_file varchar not null,
    source_sha256 varchar not null,
    rows_in integer not null,
    rows_ok integer not null,
    rows_warn integer not null,
    rows_reject integer not null,
    sum_amount_ok decimal(18, 2),
    declared_rows integer,
    declared_amount decimal(18, 2),
    received_at timestamp not null,
    due_date timestamp not null,
    is_synthetic boolean not null,
    covers_province boolean,
    check (rows_in = rows_ok + rows_warn + rows_reject)
);
comment on table snapshot_manifest is '收到的报表，一行一份；一个州市一个报告期一张表可分几部分报，一部分一行；没有行即未报送';
comment on column snapshot_manifest.batch_id is '批次';
comment on column snapshot_manifest.table_name is '表';
comment on column snapshot_manifest.report_period is '报告期';
comment on column snapshot_manifest.prefecture_code is '报送单位州市；530000为省本级';
comment on column snapshot_manifest.revision is '修订号；0为首报';
comment on column snapshot_manifest.source_file is '源文件名';
comment on column snapshot_manifest.source_sha256 is '源文件指纹';
comment on column snapshot_manifest.rows_in is '收到行数';
comment on column snapshot_manifest.rows_ok is '通过行数';
comment on column snapshot_manifest.rows_warn is '警告行数';
comment on column snapshot_manifest.rows_reject is '拒收行数';
comment on column snapshot_manifest.sum_amount_ok is '通过金额（元）；控制总数';
comment on column snapshot_manifest.declared_rows is '申报行数';
comment on column snapshot_manifest.declared_amount is '申报金额（元）';
comment on column snapshot_manifest.received_at is '收到时间';
comment on column snapshot_manifest.due_date is '截止时间';
comment on column snapshot_manifest.is_synthetic is '演示数据';
comment on column snapshot_manifest.covers_province is '全省台账：省里报的这一份包括各州市的全部，各州市都算已报；空=否';

create type issue_severity as enum ('错误', '警告', '提示');
create type issue_status as enum ('待处理', '已更正', '已豁免');

create table validation_rules (
    rule_id varchar primary key check (regexp_full_match(rule_id, 'DQ-[0-9]{2}')),
    applies_to varchar not null,
    severity issue_severity not null,
    rule_zh varchar not null,
    example varchar
);
comment on table validation_rules is '收表检查规则，一行一条';
comment on column validation_rules.rule_id is '规则编号';
comment on column validation_rules.applies_to is '适用的表；* 为全部';
comment on column validation_rules.severity is '级别；错误拒收，警告入库并标记，提示只说明';
comment on column validation_rules.rule_zh is '规则';
comment on column validation_rules.example is '例子';

create type return_status as enum ('全部接收', '部分接收', '整份拒收', '已撤回');

create table returns_received (
    batch_id varchar primary key,
    source_file varchar not null,
    source_sha256 varchar not null,
    table_name varchar,
    report_period varchar not null check (regexp_full_match(report_period, '20[0-9]{2}Q[1-4]')),
    prefecture_code varchar,
    status return_status not null,
    rows_in integer not null,
    rows_accepted integer not null,
    rows_refused integer not null,
    rows_dropped integer not null,
    warnings integer not null,
    received_at timestamp not null,
    has_feedback boolean not null,
    is_synthetic boolean not null,
    check (rows_in = rows_accepted + rows_refused + rows_dropped)
);
comment on table returns_received is '收到的每一份报表文件及其处理结果，一行一份，含整份拒收的';
comment on column returns_received.batch_id is '批次';
comment on column returns_received.source_file is '源文件名';
comment on column returns_received.source_sha256 is '源文件指纹';
comment on column returns_received.table_name is '表；空=认不出';
comment on column returns_received.report_period is '报告期';
comment on column returns_received.prefecture_code is '报送单位州市；530000为省本级；空=认不出';
comment on column returns_received.status is '处理结果；整份拒收的不入库，等于未报送';
comment on column returns_received.rows_in is '读到的行数；等于接收、拒收与剔除之和';
comment on column returns_received.rows_accepted is '接收行数';
comment on column returns_received.rows_refused is '拒收行数';
comment on column returns_received.rows_dropped is '剔除行数；合计、小计、填表人等，逐行说明';
comment on column returns_received.warnings is '警告数';
comment on column returns_received.received_at is '收到时间';
comment on column returns_received.has_feedback is '附反馈工作簿';
comment on column returns_received.is_synthetic is '演示数据';

create table quality_issues (
    issue_id varchar primary key,
    batch_id varchar not null,
    rule_id varchar not null,
    severity issue_severity not null,
    sheet varchar,
    row_no integer,
    column_name varchar,
    raw_value varchar,
    message_zh varchar not null,
    status issue_status not null
);
comment on table quality_issues is '收表时发现的问题，一行一个问题；个人信息一律打码';
comment on column quality_issues.issue_id is '问题号；批次加序号；密级L1';
comment on column quality_issues.batch_id is '批次；见 returns_received；密级L1';
comment on column quality_issues.rule_id is '规则编号；密级L1';
comment on column quality_issues.severity is '级别；错误即该行未入库，警告即已入库；密级L1';
comment on column quality_issues.sheet is '工作表；CSV为空；密级L1';
comment on column quality_issues.row_no is '来源文件中的行号；空=整列或整份报表；密级L1';
comment on column quality_issues.column_name is '列；密级L1';
comment on column quality_issues.raw_value is '原值，已打码；密级L2';
comment on column quality_issues.message_zh is '说明：哪里不对、怎样改；密级L1';
comment on column quality_issues.status is '处理；密级L1';

-- From here on: computed once, at publication, from the tables above.

create type region_level as enum ('province', 'prefecture', 'county', 'unallocated');
create type period_kind as enum ('year', 'half', 'quarter', 'months');

create table periods (
    period varchar primary key,
    kind period_kind not null,
    year smallint not null,
    start_date date not null,
    end_date date not null,
    last_date date not null,
    is_complete boolean not null,
    label varchar not null,
    base_period varchar,
    previous_period varchar,
    quarters integer not null,
    is_inspected boolean not null default false
);
comment on table periods is '快照内可选的报告期，一行一个；未满的报告期计至截至日';
comment on column periods.period is '报告期；2019、2019H1、2019Q3；2019M9只在截至日为次年9月30日时有';
comment on column periods.kind is '年、半年、季；months为1—9月，供次年1—9月作同比';
comment on column periods.year is '年度';
comment on column periods.start_date is '期初';
comment on column periods.end_date is '期末';
comment on column periods.last_date is '统计截止；期末与截至日中较早者';
comment on column periods.is_complete is '报告期已满';
comment on column periods.label is '中文名；未满的注明起止月份';
comment on column periods.base_period is '同比基期；上年同长度的报告期，没有则空';
comment on column periods.previous_period is '环比基期；仅报告期已满时有';
comment on column periods.quarters is '已过的季度数';
comment on column periods.is_inspected is '年检结果是否已知：台账只有每个组织最近一次年检，只有多数组织登记的那一年为真';

create table regions (
    level region_level,
    region_code varchar,
    prefecture_code varchar,
    name_zh varchar not null,
    short_zh varchar not null,
    sort_order integer not null,
    primary key (level, region_code)
);
comment on table regions is '统计地区，一行一个；unallocated 为上级中未分解到下级的部分';
comment on column regions.level is 'province 全省；prefecture 州市；county 县；unallocated 省本级或州市本级';
comment on column regions.region_code is '地区代码；unallocated 用其上级的代码';
comment on column regions.prefecture_code is '所属州市；全省与省本级为空';
comment on column regions.name_zh is '全称';
comment on column regions.short_zh is '简称；县不单用，与州市同写';
comment on column regions.sort_order is '省内惯用顺序；省本级在末';

create table indicators (
    indicator_code varchar primary key,
    pillar_code varchar not null check (pillar_code in ('P1', 'P2', 'P3', 'P4')),
    sort_order integer not null,
    name_zh varchar not null,
    short_zh varchar not null unique,
    name_en varchar not null,
    definition varchar not null,
    unit varchar not null,
    kind varchar not null,
    is_ratio boolean not null,
    is_additive boolean not null,
    counts_people boolean not null,
    is_scored boolean not null,
    frequency varchar not null,
    target_logic varchar not null,
    aggregation varchar not null,
    mechanism varchar not null,
    map_breaks double[] not null check (len(map_breaks) = 4),
    check_id varchar
);
comment on table indicators is '指标口径，一行一个；来自 queries/indicators/ 各文件的文件头';
comment on column indicators.indicator_code is '指标代码';
comment on column indicators.pillar_code is '支柱；P1党建引领 P2机制建设 P3业务指导 P4平台搭建';
comment on column indicators.sort_order is '顺序';
comment on column indicators.name_zh is '指标名称';
comment on column indicators.short_zh is '指标简称；用于表头';
comment on column indicators.name_en is '英文名';
comment on column indicators.definition is '口径';
comment on column indicators.unit is '单位';
comment on column indicators.kind is '类型；时点、时期、年度、累计 · 比率、计数、求和、去重';
comment on column indicators.is_ratio is '比率（分子÷分母）';
comment on column indicators.is_additive is '州市加省本级等于全省';
comment on column indicators.counts_people is '统计人或户；适用小数保护';
comment on column indicators.is_scored is '计分；否则为观察指标';
comment on column indicators.frequency is '频率';
comment on column indicators.target_logic is '目标';
comment on column indicators.aggregation is '汇总规则';
comment on column indicators.mechanism is '对应的机制与文献要点';
comment on column indicators.map_breaks is '地图分级界点（全年口径；时期指标按所计月数折算），固定不变';
comment on column indicators.check_id is '文献公布数核对编号';

create table indicator_values (
    indicator_code varchar,
    period varchar,
    level region_level,
    region_code varchar,
    prefecture_code varchar,
    num decimal(20, 4),
    den decimal(20, 4),
    value double,
    target_value double,
    target_to_date double,
    attainment double,
    status varchar not null check (
        status in ('达标', '接近', '滞后', '观察', '无目标', '本期不评', '未报送', '数据不全', '已隐去', '不适用')
    ),
    is_hidden boolean not null,
    quarters_due integer not null,
    quarters_reported integer not null,
    primary key (indicator_code, period, level, region_code)
);
comment on table indicator_values is '指标值，一行一个指标一个报告期一个地区；发布时计算，人数已作小数保护';
comment on column indicator_values.indicator_code is '指标代码';
comment on column indicator_values.period is '报告期';
comment on column indicator_values.level is '地区层级';
comment on column indicator_values.region_code is '地区代码';
comment on column indicator_values.prefecture_code is '所属州市；全省与省本级为空';
comment on column indicator_values.num is '分子；求和、计数类即指标值';
comment on column indicator_values.den is '分母；求和、计数类为1；空或0则无指标值';
comment on column indicator_values.value is '指标值；空=未报送、所读的表有一张未报、不适用或已隐去';
comment on column indicator_values.target_value is '年度目标；空=无目标';
comment on column indicator_values.target_to_date is '本期的目标；时期为本期各季之和，累计为自年初各季之和，时点为全年目标；空=无目标或本期不评';
comment on column indicator_values.attainment is '完成率；指标值÷本期目标，不封顶';
comment on column indicator_values.status is '状态；≥1达标，0.9–1接近，<0.9滞后；本期不评=有年度目标而本期没有';
comment on column indicator_values.is_hidden is '小数保护隐去';
comment on column indicator_values.quarters_due is '应报季度数；全省为各州市之和';
comment on column indicator_values.quarters_reported is '已报季度数；本指标所读的各表都已报的才算';

create table scores (
    pillar_code varchar check (pillar_code in ('P1', 'P2', 'P3', 'P4', 'ALL')),
    period varchar,
    level region_level,
    region_code varchar,
    prefecture_code varchar,
    indicators_scored integer not null,
    indicators_available integer not null,
    score double,
    score_geometric double,
    score_low double,
    score_high double,
    tier varchar not null check (tier in ('优', '良', '中', '需关注', '数据不足')),
    rank integer,
    rank_low integer,
    rank_high integer,
    primary key (pillar_code, period, level, region_code)
);
comment on table scores is '支柱得分与综合得分，一行一个支柱一个报告期一个地区；等权、封顶100、不插补';
comment on column scores.pillar_code is '支柱；ALL为综合';
comment on column scores.period is '报告期';
comment on column scores.level is '地区层级；全省与州市';
comment on column scores.region_code is '地区代码';
comment on column scores.prefecture_code is '所属州市；全省为空';
comment on column scores.indicators_scored is '计分指标数（有目标）';
comment on column scores.indicators_available is '其中有值的指标数；不足三分之二则不出分';
comment on column scores.score is '得分；完成率封顶1后的算术平均×100；综合为四支柱平均';
comment on column scores.score_geometric is '敏感性：几何平均';
comment on column scores.score_low is '敏感性：逐一剔除一项指标后的最低分';
comment on column scores.score_high is '敏感性：逐一剔除一项指标后的最高分';
comment on column scores.tier is '档次；≥95优，85–95良，75–85中，<75需关注';
comment on column scores.rank is '名次（16个州市内，并列同名次）；数据不全者不排';
comment on column scores.rank_low is '各种算法下最差名次';
comment on column scores.rank_high is '各种算法下最好名次';

create table people_counts (
    measure varchar check (measure in ('persons', 'person_times', 'households')),
    dimension varchar check (
        dimension in ('registered_poor', 'all', 'poverty_category', 'help_type', 'microcredit')
    ),
    member varchar,
    period varchar,
    level region_level,
    region_code varchar,
    prefecture_code varchar,
    value bigint check (value >= 0),
    is_hidden boolean not null,
    check (is_hidden = (value is null)),
    primary key (measure, dimension, member, period, level, region_code)
);
comment on table people_counts is '受益人数立方，一行一个口径一个报告期一个地区；小于10的数及可由减法推得的数已隐去';
comment on column people_counts.measure is 'persons 去重人数；person_times 人次；households 户数';
comment on column people_counts.dimension is '分组；registered_poor 建档立卡人口，all 全部对象';
comment on column people_counts.member is '组内成员；不分组时为“全部”';
comment on column people_counts.period is '报告期';
comment on column people_counts.level is '地区层级';
comment on column people_counts.region_code is '地区代码';
comment on column people_counts.prefecture_code is '所属州市；全省为空';
comment on column people_counts.value is '数值；空=已隐去';
comment on column people_counts.is_hidden is '小数保护隐去';

create table people_reached (
    kind varchar check (kind in ('project', 'programme')),
    code varchar,
    help_type varchar,
    -- smaller counts are not told, larger ones not exactly
    persons bigint check (persons >= 10 and persons % 10 = 0),
    is_hidden boolean not null,
    check (is_hidden = (persons is null)),
    primary key (kind, code, help_type)
);
comment on table people_reached is '项目与品牌计划惠及人数，一行一个项目或品牌计划一个帮扶类型；截至截至日，去重，按10取整，已作小数保护';
comment on column people_reached.kind is 'project 项目；programme 品牌计划';
comment on column people_reached.code is '项目编号或品牌计划代码';
comment on column people_reached.help_type is '帮扶类型；不分类型时为“全部”；类型之间不可加';
comment on column people_reached.persons is '去重人数（人）；家庭、集体按人口数计，同一对象取最大人数；按10取整；空=已隐去';
comment on column people_reached.is_hidden is '小数保护隐去：不足10，或涉及的人数立方格子有隐去的';

create table collectives (
    record_id varchar primary key,
    project_id varchar,
    org_id varchar,
    service_date date not null,
    prefecture_code varchar not null,
    county_code varchar not null,
    help_type varchar not null,
    headcount integer check (headcount >= 10 and headcount % 10 = 0),
    is_hidden boolean not null,
    source_file varchar not null,
    source_row integer not null,
    check (is_hidden = (headcount is null))
);
comment on table collectives is '集体受益记录（学校等，10人及以上），一行一个集体的一次受益；人数按10取整，已作小数保护';
comment on column collectives.record_id is '记录号';
comment on column collectives.project_id is '项目';
comment on column collectives.org_id is '实施组织';
comment on column collectives.service_date is '服务日期';
comment on column collectives.prefecture_code is '所在州市';
comment on column collectives.county_code is '所在县';
comment on column collectives.help_type is '帮扶类型';
comment on column collectives.headcount is '人数（人）；按10取整；空=已隐去';
comment on column collectives.is_hidden is '小数保护隐去：所在的人数立方格子（年度、县、帮扶类型）已隐去，或从涉及的格子（县与报告期，项目、品牌计划）中减去集体后只剩1—9人';
comment on column collectives.source_file is '来源文件名（报表、或演示数据生成器）';
comment on column collectives.source_row is '来源文件中的行号，自1起';

create table published_figures (
    figure_code varchar primary key,
    sort_order integer not null,
    label varchar not null,
    published varchar not null,
    qualifier varchar not null,
    unit varchar not null,
    seed_fact varchar,
    note varchar not null,
    actual double,
    computed varchar not null,
    holds boolean,
    indicator_code varchar,
    period varchar,
    region_code varchar
);
comment on table published_figures is '公布数核对，一行一个；文献的按 queries/figures/ 计算，单位登记的取指标值';
comment on column published_figures.figure_code is '核对编号';
comment on column published_figures.sort_order is '顺序';
comment on column published_figures.label is '名称';
comment on column published_figures.published is '公布写法';
comment on column published_figures.qualifier is '限定词；约、近、多，空为准确数';
comment on column published_figures.unit is '单位';
comment on column published_figures.seed_fact is '文献要点编号；空=单位登记的公布数';
comment on column published_figures.note is '口径说明；单位登记的为其依据';
comment on column published_figures.actual is '计算值；空=截至日早于该数所属时期，或本快照没有这个值';
comment on column published_figures.computed is '按公布写法表述的计算值；没有值的为指标的状态';
comment on column published_figures.holds is '与公布数一致；空=尚不能核对';
comment on column published_figures.indicator_code is '单位登记的：指标代码；文献的为空';
comment on column published_figures.period is '单位登记的：所属时期；文献的为空';
comment on column published_figures.region_code is '单位登记的：地区代码；文献的为空';

create table search_keys (
    code varchar primary key,
    words varchar not null
);
comment on table search_keys is '搜索用词，一行一个组织、项目、文件、品牌计划、州市或县';
comment on column search_keys.code is '代码';
comment on column search_keys.words is '名称、简称、代码与拼音首字母，小写，以空格分开';
