-- Run once when the tables exist: at publication, and again over the parquet files of an opened snapshot.
-- There the contract's enums have become varchar, so a code is compared as text in both places.

-- Whether the reader sees all 16: only then does a place have a rank among them, or a median of its peers.
create macro sees_all() as (
    (
        select count(*) from prefectures
    ) = (
        select count(*) from whole.prefectures
    )
);

-- The definition cards as they are read, with the days of which an indicator speaks.
create view indicator_cards as
select
    i.indicator_code,
    i.pillar_code,
    i.name_zh as indicator_name,
    i.name_en,
    i.definition,
    i.unit,
    i.kind,
    i.is_scored,
    i.is_additive,
    i.counts_people,
    i.frequency,
    i.target_logic,
    i.aggregation,
    i.mechanism,
    s.valid_from,
    s.valid_to,
    s.basis as valid_basis,
    i.is_ratio,
    i.sort_order
from indicators as i
left join indicator_spans as s using (indicator_code);

-- The rank of a place as it is told: none where it is alone or all are equal, for then a rank says nothing.
create macro rank_told(rank_counted, least_of_all, most_of_all) as (
    if(most_of_all > least_of_all, rank_counted, null)
);

-- The scores with the rank and the band that are told. The rank that is kept also says whether a score is of whole
-- returns; who does not see all keeps it, for whether all are equal is not to be seen from some.
create view scores_told as
select
    s.* exclude (rank_low, rank_high),
    if(
        sees_all(),
        rank_told(
            s.rank,
            min(round(s.score, 6)) filter (s.rank is not null) over own,
            max(round(s.score, 6)) filter (s.rank is not null) over own
        ),
        s.rank
    ) as place_rank,
    if(
        sees_all(), rank_told(s.rank_low, min(s.rank_high) over own, max(s.rank_low) over own), s.rank_low
    ) as rank_low,
    if(
        sees_all(), rank_told(s.rank_high, min(s.rank_high) over own, max(s.rank_low) over own), s.rank_high
    ) as rank_high
from scores as s
window own as (partition by s.period, s.pillar_code, s.level);

-- Whether a value may be set beside another one: both are there, and all returns due have come for each.
create macro is_comparable(value, due, reported, base_value, base_due, base_reported) as coalesce(
    value is not null and base_value is not null and due = reported and base_due = base_reported, false
);

-- The tier of a score in words: where nothing has a target, nothing is scored, and that is not a lack of data.
create macro tier_told(indicators_scored, tier) as if(indicators_scored = 0, '无目标', tier);

-- The status of a score beside those of the indicators, which know no tiers.
create macro score_status(indicators_scored, rank) as (
    case when indicators_scored = 0 then '无目标' when rank is null then '数据不全' else '观察' end
);

-- Part of a whole, 0 to 1; null when there is no whole.
create macro rate(part, whole) as (part / nullif(whole, 0))::double;

-- What a word of an office's list counts as in the indicators; null for most, which count as nothing else. An argument
-- is read within the macro, so its columns have names that nothing else has.
create macro counts_as(of_list, word) as (
    select c.counting_as
    from (
        select
            list as counting_list,
            code as counting_word,
            counts_as as counting_as
        from code_lists
    ) as c
    where c.counting_list = of_list and c.counting_word = word::varchar
);

-- What a word of an office's list means in the indicators: what it counts as, else itself.
create macro meaning(of_list, word) as coalesce(counts_as(of_list, word), word::varchar);

-- The words of an office's list that mean one of these.
create macro words_meaning(of_list, meanings) as coalesce((
    select list(m.code) from code_lists as m
    where m.list = of_list and list_contains(meanings, coalesce(m.counts_as, m.code))
), []);

-- Whether an organization is on the books at the end of a day. One that left on a day nobody has written is on none.
create macro on_books(status, registered_date, deregistered_date, as_of) as (
    registered_date <= as_of
    and if(
        deregistered_date is null,
        not list_contains(words_meaning('org_status', ['注销', '撤销', '吊销']), status::varchar),
        deregistered_date > as_of
    )
);

-- Whether it can be told for any day if the Party covers an organization: it does not, or since a day. An original that
-- has no such column, or a way of coverage without a date, leaves it unknown: out of numerator and denominator.
create macro coverage_known(party_cover_mode, party_cover_date) as (
    coalesce(party_cover_mode::varchar = '未覆盖', false) or party_cover_date is not null
);

-- The same of the Party's work, which has a date of its own.
create macro work_known(party_cover_mode, party_cover_date, party_work_date) as (
    coverage_known(party_cover_mode, party_cover_date) or party_work_date is not null
);

-- Yunnan's organizations on the books at the end of a day: the denominator of every coverage rate.
-- A later snapshot still knows those deregistered since, so an earlier day keeps its own denominator.
create macro act_orgs(as_of) as table
    select *
    from organizations
    where
        is_yunnan
        and on_books(status, registered_date, deregistered_date, as_of);

-- A project under way at the end of a day; a need without a start is not one.
create macro running(start_date, actual_end_date, as_of) as (
    coalesce(start_date <= as_of, false)
    and (actual_end_date is null or actual_end_date > as_of)
);

-- A 红冲 row keeps its amount positive and is taken off what it corrects.
create macro net_yuan(amount_yuan, is_reversal) as if(is_reversal, -amount_yuan, amount_yuan);

-- The persons whom a stage is for, such as 建档立卡 ones, whether or not they have left poverty since. A list that was
-- received before contract 7, and is published since, still has the former word.
create macro registered_poor(poverty_category) as coalesce(
    counts_as('poverty_category', poverty_category) in ('帮扶人口', '建档立卡'), false
);

-- What the stage of the snapshot's last day calls the persons it is for; of no registered stage the general word.
create macro people_named() as coalesce(
    (
        select if(named_s.stage = '脱贫攻坚' and named_s.people = '贫困人口', '建档立卡人口', named_s.people)
        from stages as named_s
        where (
            select year(max(named_p.last_date)) || 'Q' || quarter(max(named_p.last_date))
            from periods as named_p
        ) between named_s.first_quarter and coalesce(named_s.last_quarter, '9999')
    ),
    '帮扶对象'
);

-- Whether a kind of help is a small loan to a household.
create macro is_microcredit(help_type) as coalesce(counts_as('help_type', help_type) = '小额信贷', false);

-- One row per project and county, with that county's prefecture: a project of three counties is three rows.
create view projects_by_county as
select p.* exclude (prefecture_code), l.prefecture_code, l.county_code, l.share, l.is_primary
from projects as p
inner join project_locations as l using (project_id);

-- Size class of a prefecture by residents of the 2020 census: the rule by which peers are found.
create macro population_class(residents) as (
    case
        when residents >= 4000000 then '大（400万人以上）'
        when residents >= 2000000 then '中（200万—400万人）'
        else '小（200万人以下）'
    end
);

-- Whether prefectures that money is to favour are registered: where none are, a share of them is no zero.
create macro has_tilted() as coalesce((
    select bool_or(tilted_p.is_sqsz) from whole.prefectures as tilted_p
), false);

-- What makes prefectures peers, one row per prefecture and trait: its size class, and each rule it meets.
create view peer_traits as
select prefecture_code, 'size' as peer_group, population_class(pop_census_2020) as trait
from prefectures
union all
select prefecture_code, 'sqsz', '三区三州'
from prefectures
where is_sqsz
union all
select distinct prefecture_code, 'border', '有边境县'
from counties
where is_border
union all
select distinct prefecture_code, 'deep', '有深度贫困县'
from counties
where is_deep_poverty;

-- The peer groups as one prefecture sees them: its own size class, and all that meet each of the other rules.
create macro peers_of(place) as table
    select t.*
    from peer_traits as t
    where
        t.peer_group != 'size'
        or t.trait in (
            select own.trait from peer_traits as own
            where own.peer_group = 'size' and own.prefecture_code = place
        );

-- Whether a row belongs to a place: the province has every row, a prefecture and a county their own.
create macro in_place(place, prefecture_code, county_code) as (
    coalesce(place in ('530000', prefecture_code, county_code), false)
);

-- First and last counted day of a report period; a period still running ends on the as-of date.
create macro first_day(wanted) as (
    select asked_p.start_date from periods as asked_p
    where asked_p.period = wanted
);
create macro last_day_of(wanted) as (
    select asked_p.last_date from periods as asked_p
    where asked_p.period = wanted
);

-- A row's place in words, the county always with its prefecture: '怒江州福贡县', '怒江州', '省本级'.
create macro place_named(prefecture, county) as (
    case
        when prefecture = '530000' then '省本级'
        else coalesce(
            (
                select named_p.short_zh || right(named_p.name_zh, 1)
                from whole.prefectures as named_p
                where named_p.prefecture_code = prefecture
            ),
            prefecture
        )
    end
    || coalesce(
        (
            select named_c.short_zh
            from whole.counties as named_c
            where named_c.county_code = county
        ),
        ''
    )
);

-- Where an organization is registered, in words; those of other provinces and of the whole country have no place here.
create macro home_named(prefecture, county) as (
    case
        when starts_with(prefecture, '53') then place_named(prefecture, county)
        when prefecture = '100000' then '全国'
        else '省外'
    end
);

-- The places one level down: of the province the 16 and 省本级, of a prefecture its counties and its own level, of a
-- county itself. is_rest marks what the parent has not allocated: show it only where it has something.
create macro parts_of(place) as table
    select region_code, short_zh as region_name, sort_order, level::varchar = 'unallocated' as is_rest
    from regions
    where
        (place = '530000' and level::varchar = 'prefecture')
        or (place = '530000' and level::varchar = 'unallocated' and region_code = '530000')
        or (place != '530000' and region_code = place and level::varchar in ('county', 'unallocated'))
        or (level::varchar = 'county' and prefecture_code = place);

-- Which of these places a row belongs to.
create macro part_code(place, prefecture, county) as (
    if(place = '530000', prefecture, coalesce(county, prefecture))
);

-- What a target of this phasing means in a period: the year's end (年末), the same in every period (每期), counted since
-- January (自年初), the period's own quarters (本期), or nothing but the year as it adds up since January (全年).
create macro target_basis(phasing, kind, start_date) as (
    case
        when phasing::varchar = '时点' then if(starts_with(kind, '时期'), '每期', '年末')
        when month(start_date) = 1 and phasing is not null then '自年初'
        when phasing::varchar = '时期' then '本期'
        when phasing::varchar = '累计' then '全年'
    end
);

-- A filter left empty means everything.
create macro chosen(options, value) as (len(options) = 0 or list_contains(options, value::varchar));

-- The fund rows behind a figure: every filter empty or met, dates inclusive.
create macro chosen_funds(stages, sources, forms, programmes, prefectures, start_date, end_date) as table
    select *
    from funds
    where
        chosen(stages::varchar[], stage)
        and chosen(sources::varchar[], source)
        and chosen(forms::varchar[], form)
        and chosen(programmes::varchar[], programme_code)
        and chosen(prefectures::varchar[], prefecture_code)
        and event_date between start_date::date and end_date::date;

-- For the rows behind a figure, queries/rows/: a county is counted at a finer grain than what lies above it.
create macro is_county(place) as (right(place, 2) != '00');

-- The projects a place counts: the province and a prefecture each project once, at its main county; a county every
-- project that reaches it, with its share of the money.
create macro projects_of(place) as table
    select
        p.*,
        l.county_code,
        if(is_county(place), l.share, 1)::double as counted_share
    from projects as p
    left join project_locations as l
        on p.project_id = l.project_id and if(is_county(place), l.county_code = place, l.is_primary)
    where if(is_county(place), l.county_code = place, place in ('530000', p.prefecture_code));

-- The fund rows a place counts, each under the name of its project, or else of the organization that received it.
create macro funds_of(place) as table
    select
        f.*,
        coalesce(f.project_id, f.org_id, f.fund_id) as item_id,
        coalesce(p.project_name, o.org_name, f.fund_id) as item,
        concat_ws(
            ' ', f.stage, f.event_date, f.source, f.form, f.fund_id, if(f.is_reversal, '红冲冲减', null)
        ) as detail,
        place_named(f.prefecture_code, f.county_code) as place_name,
        net_yuan(f.amount_yuan, f.is_reversal)::double as counted_yuan
    from funds as f
    left join projects as p using (project_id)
    left join organizations as o on f.org_id = o.org_id
    where in_place(place, f.prefecture_code, f.county_code);

-- Names of places as a list shows them: '怒江州', '怒江州福贡县', '省本级'.
create view place_names as
select
    prefecture_code as region_code,
    short_zh || right(name_zh, 1) as place_name
from whole.prefectures
union all
select
    c.county_code,
    p.short_zh || right(p.name_zh, 1) || c.short_zh
from whole.counties as c
inner join whole.prefectures as p using (prefecture_code)
union all
select
    '530000',
    '省本级';

-- Whether a thing with several counties lies in a place: a county's first four digits are its prefecture's.
create macro lies_in(place, prefecture, codes) as (
    place in ('530000', prefecture)
    or list_bool_or(
        list_transform(codes, lambda c: starts_with(c, if(right(place, 2) = '00', left(place, 4), place)))
    )
);

-- The words of a search; a pasted list may be divided by commas or line ends.
create macro words_of(search) as list_filter(
    regexp_split_to_array(lower(search), '[\s,，、;；]+'), lambda w: w != ''
);

-- Whether a search is a list of several codes of things, P00001 O000002, as pasted from a column.
create macro is_codes(search) as (
    len(words_of(search)) > 1
    and list_bool_and(list_transform(words_of(search), lambda w: regexp_full_match(w, '[poxfb][0-9]{5,}')))
);

-- Whether every word of a search stands in a line of names, codes and initials, or of several codes any; nothing asked matches nothing.
create macro has_words(line, search) as (
    len(words_of(search)) > 0
    and if(
        is_codes(search),
        list_bool_or(list_transform(words_of(search), lambda w: contains(line, w))),
        list_bool_and(list_transform(words_of(search), lambda w: contains(line, w)))
    )
);

-- Text as a CSV cell that no spreadsheet runs or mangles: an apostrophe before what begins like a formula (in any width),
-- before digits that are long, led by zero or have an E among them, and before an apostrophe. Taking one leading
-- apostrophe off gives the text back.
create macro is_risky(t) as regexp_matches(
    t,
    '^([\x{00A0}\x{2000}-\x{200D}\x{202F}\x{205F}\x{2060}\x{3000}\x{FEFF} ]*[=+\-@\t\r\n\x00'
    || '\x{207A}\x{207C}\x{208A}\x{208C}\x{2A75}\x{2A76}\x{FB29}'
    || '\x{FE62}\x{FE63}\x{FE66}\x{FE6B}\x{FF0B}\x{FF0D}\x{FF1D}\x{FF20}]'
    || '|''|0[0-9]+$|[0-9]{12,}$|[0-9]+[Ee][0-9]+$)'
);
-- What begins with a letter or a Chinese character is none of these; to see that costs far less than the expression.
create macro is_plain(t) as (
    (unicode(t) between 19968 and 40959 or unicode(t) between 65 and 122) and not contains(t, '"')
);
create macro csv_text(t) as (
    case
        when t is null then ''
        when is_plain(t) then concat('"', t, '"')
        else concat('"', if(is_risky(t), '''', ''), replace(t, '"', '""'), '"')
    end
);

-- What is kept by prefecture only: a county has that of its prefecture.
create macro of_prefecture(place, prefecture_code) as (
    place = '530000' or left(place, 4) = left(prefecture_code, 4)
);

-- The documents a place works by at the end of a day: those of the whole province and its prefecture's own. One whose
-- date of issue is unknown counts from its known_date; a draft has none.
create macro documents_of(place, as_of) as table
    select *
    from policies
    where
        (known_date <= as_of or meaning('policy_status', status) = '研制中')
        and (prefecture_code = '530000' or of_prefecture(place, prefecture_code));

-- The provincial documents which every prefecture is to follow up by one of its own.
create macro key_documents() as table
    select unnest(['L002', 'L003', 'L004', 'L005']) as policy_id;

-- Whom a place is paired with on a day, of one kind; null where no pair is registered.
create macro paired_with(place, of_kind, on_day) as (
    select string_agg(paired_p.partner, '、' order by paired_p.valid_from, paired_p.partner)
    from pairings as paired_p
    where
        paired_p.region_code = place and paired_p.kind = of_kind
        and on_day between paired_p.valid_from and coalesce(paired_p.valid_to, on_day)
);

-- Which prefecture has followed up which document by the end of a day, with the first day it did.
create macro follow_ups(as_of) as table
    select
        prefecture_code,
        parent_policy_id as policy_id,
        count(*) as documents,
        min(issue_date) as issue_date
    from policies
    where
        relation::varchar = '配套'
        and level::varchar = '州市级'
        and meaning('policy_status', status) = '现行'
        and known_date <= as_of
    group by prefecture_code, parent_policy_id;

-- The years up to a day, one row per year: its first and last counted day, and a label that says where it is cut short.
create macro years_until(as_of) as table
    select
        y.year,
        y.start_date,
        least(y.last_date, as_of) as last_date,
        if(as_of >= y.last_date, y.label, y.year || '年（1—' || month(as_of) || '月）') as label
    from periods as y
    where y.kind::varchar = 'year' and y.start_date <= as_of;

-- A programme's projects that have begun by a day and reach a place: one that crosses a border counts on both sides.
create macro programme_projects(programme, place, as_of) as table
    select *
    from projects
    where
        programme_code = programme
        and start_date <= as_of
        and lies_in(place, prefecture_code, county_codes);

-- A programme's money in a place from the beginning to a day: what stands under its own code, reversals taken off.
create macro programme_funds(programme, place, as_of) as table
    select *, net_yuan(amount_yuan, is_reversal) as net
    from funds
    where
        programme_code = programme
        and event_date <= as_of
        and in_place(place, prefecture_code, county_code);

-- The sectors of the office's list in its order, one row each; the article has ten.
create macro sectors() as table
    select
        code as sector,
        row_number() over (order by sort_order, code) as nr
    from code_lists
    where list = 'sector';

-- Yunnan's organizations, one row per organization and coverage, with the day it began; null while it has not, no row
-- where it is unknown. 实体覆盖
-- leaves out 选派党建指导员: an instructor is not a Party organization.
create macro kinds_of_coverage() as table
    select
        unnest(['组织覆盖率', '工作覆盖率', '实体覆盖率']) as coverage,
        unnest([1, 2, 3]) as nr;

create view coverages as
select
    o.org_id,
    o.prefecture_code,
    o.county_code,
    o.status,
    o.registered_date,
    o.deregistered_date,
    k.coverage,
    k.nr,
    case
        when k.nr = 2 then o.party_work_date
        when k.nr = 1 or o.party_cover_mode::varchar != '选派党建指导员' then o.party_cover_date
    end as covered_date
from organizations as o
cross join kinds_of_coverage() as k
where
    o.is_yunnan
    and if(
        k.nr = 2,
        work_known(o.party_cover_mode, o.party_cover_date, o.party_work_date),
        coverage_known(o.party_cover_mode, o.party_cover_date)
    );

-- Whether an inspection is of the year of a day, and that year's inspections are known. Who was not inspected carries no
-- year, and was not in the year the register is of.
create macro inspected(of_year, result, as_of) as (
    coalesce(of_year, if(result = '未参检', year(as_of), null)) is not distinct from year(as_of)
    and year(as_of) in (
        select p.year from periods as p
        where p.is_inspected
    )
);

-- Whether an indicator counts the inspections of a period: of all, P1-04 alone has a value without them as well.
create macro counts_inspections(indicator, wanted) as (
    indicator = 'P1-04'
    and coalesce((
        select counted_p.is_inspected from periods as counted_p
        where counted_p.period = wanted
    ), false)
);

-- Whether an indicator counts the same things in two periods.
create macro is_alike(indicator, one, other) as (
    counts_inspections(indicator, one) = counts_inspections(indicator, other)
);

-- Matters of the 三同步 due from one day to another, one row per organization and matter, as P1-04 counts them; is_in_step
-- is null where that was not filled in.
create macro sync_matters(start_date, end_date) as table
    select
        *,
        '登记同步' as matter,
        '登记 ' || registered_date as happened,
        sync_registration as is_in_step
    from act_orgs(end_date)
    where registered_date >= start_date
    union all
    select
        *,
        '年检同步',
        concat_ws(' ', '年检', inspection_year || '年度', inspection_result),
        sync_inspection
    from act_orgs(end_date)
    where
        inspection_result in ('合格', '基本合格', '不合格')
        and inspected(inspection_year, inspection_result, end_date)
    union all
    select *, '评估同步', concat_ws(' ', '评估', rating, rating_date), sync_rating
    from act_orgs(end_date)
    where rating != '未评估' and rating_date <= end_date;

-- Which optional columns a prefecture's register has filled in at all: a date that no organization of it has is a column
-- left empty, which is unknown and not a no. What few have, a small place may truly lack: that is asked of the province.
create view columns_filled as
select
    prefecture_code,
    count(branch_standardized_date) > 0 as has_standardized,
    count(publicity_date) > 0 as has_publicity,
    count(charity_date) > 0 as has_charity,
    count(public_fundraising_date) > 0 as has_fundraising,
    count(tax_deduction_years) > 0 as has_tax
from organizations
where is_yunnan
group by prefecture_code;

-- Policy publicity of every organization on the books: its occasion, 未宣传, or 数据不全 where no organization of its
-- prefecture has a date, for there the column was left empty.
create macro publicity_told(as_of) as table
    select
        o.prefecture_code,
        o.county_code,
        case
            when not f.has_publicity then '数据不全'
            when o.publicity_date <= as_of then o.publicity_occasion::varchar
            else '未宣传'
        end as publicity_occasion
    from act_orgs(as_of) as o
    inner join columns_filled as f using (prefecture_code);

-- Whether the register of documents was kept: where there is none at all, what was issued is unknown.
create macro has_documents() as (
    (
        select count(*) from policies
    ) > 0
);

-- Counts of organizations that nobody in the province has filled in: there even the province's numerator is not there.
create macro is_unfilled(indicator) as (
    select coalesce(bool_or(v.num is null and v.den > 0), false)
    from indicator_values as v
    where v.indicator_code = indicator and v.level::varchar = 'province'
);

-- Every need posted by a day, one row each: money up to that day, what of the need it meets, and how far it has come:
-- 1 posted, 2 matched, 3 begun or granted, 4 has received money, 5 completed. Nobody is on a step without those before.
create macro needs(as_of) as table
    with money as (
        select
            project_id,
            sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '获批') as approved_yuan,
            sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '到账') as received_yuan,
            sum(net_yuan(amount_yuan, is_reversal)) filter (stage = '支出') as spent_yuan
        from funds
        where event_date <= as_of
        group by project_id
    )

    select
        p.project_id,
        p.prefecture_code,
        p.need_amount_yuan,
        coalesce(m.approved_yuan, 0) as approved_yuan,
        coalesce(m.received_yuan, 0) as received_yuan,
        coalesce(m.spent_yuan, 0) as spent_yuan,
        least(coalesce(m.received_yuan, 0), p.need_amount_yuan) as met_yuan,
        case
            when p.lead_org_id is null then 1
            when coalesce(coalesce(p.matched_date, p.start_date) > as_of, true) then 1
            when coalesce(p.start_date > as_of, true) and coalesce(m.approved_yuan, 0) <= 0 then 2
            when coalesce(m.received_yuan, 0) <= 0 then 3
            when coalesce(p.actual_end_date > as_of, true) then 4
            when meaning('project_status', p.status) != '已完成' then 4
            else 5
        end as step_reached
    from projects as p
    left join money as m using (project_id)
    where p.posted_date <= as_of;

-- The meanings of events that bring supply and demand together, in the order of the article: indicator P4-07 counts them.
create macro exchange_types() as table
    select
        unnest(['推进会', '典型案例交流', '供需对接会', '跨省交流', '协议签署']) as activity_type,
        unnest([1, 2, 3, 4, 5]) as nr;

-- Approved money of the two channels of civil affairs: 中央财政 and 福彩公益金.
create macro civil_grants() as table
    select *, net_yuan(amount_yuan, is_reversal) as net
    from funds
    where stage = '获批' and meaning('fund_source', source) in ('中央财政', '福彩公益金');

-- The six kinds of return that every prefecture sends for each quarter.
create macro kinds_of_return() as table
    select
        unnest(
            ['organizations', 'projects', 'funds', 'beneficiaries', 'activities', 'reported_stats']
        ) as table_name,
        unnest(['组织', '项目', '资金', '受益', '活动', '统计']) as return_name,
        unnest([1, 2, 3, 4, 5, 6]) as nr;

-- What else comes as a file: the registers of the office, due at no time.
create macro kinds_of_file() as table
    select table_name, return_name, nr from kinds_of_return()
    union all
    select
        unnest(
            [
                'policies', 'targets', 'programmes', 'county_poverty_annual', 'code_lists', 'stages',
                'office_figures', 'place_traits', 'pairings', 'county_names', 'indicator_spans'
            ]
        ),
        unnest(['政策文件', '年度目标', '品牌计划', '贫困人口', '代码表', '阶段', '公布数', '地区名单', '结对', '县名', '指标起止']),
        unnest([7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);

-- The returns of the six kinds that count, without the office's registers.
create view quarterly_returns as
from snapshot_manifest
where table_name in (select k.table_name from kinds_of_return() as k);

-- Whether a kind of return has come, one row per prefecture, finished quarter and kind; the kind '*' is any of them.
-- Organizations and projects are states: a later return tells of the earlier quarters too.
create view returns_come as
with finished as (
    select period, start_date, end_date
    from periods
    where kind::varchar = 'quarter' and is_complete
),

-- A list of the whole province is a return of each prefecture.
sent as (
    select prefecture_code, table_name, report_period
    from quarterly_returns
    union
    select p.prefecture_code, q.table_name, q.report_period
    from quarterly_returns as q
    cross join prefectures as p
    where q.covers_province
),

come as (
    select prefecture_code, table_name, report_period as period
    from sent
    union
    select m.prefecture_code, m.table_name, f.period
    from sent as m
    inner join finished as f on m.report_period > f.period
    where m.table_name in ('organizations', 'projects')
    union
    select prefecture_code, '*', report_period
    from sent
),

kinds as (
    select table_name from kinds_of_return()
    union all
    select '*'
)

select
    p.prefecture_code,
    f.period,
    f.start_date,
    f.end_date,
    k.table_name,
    c.period is not null as has_come
from prefectures as p
cross join finished as f
cross join kinds as k
left join come as c
    on p.prefecture_code = c.prefecture_code and f.period = c.period and k.table_name = c.table_name;

-- Quarters for which a place has sent in a kind of return: the province those of anyone, a county those of its prefecture.
create macro reported_quarters(place, return_kind) as table
    select distinct r.period
    from returns_come as r
    where r.has_come and r.table_name = return_kind and of_prefecture(place, r.prefecture_code);

-- Places that have sent in no return of a kind for a period: what is counted there is unknown, not zero. is_rest as in parts_of.
create macro unreported(wanted, return_kind) as table
    with come as (
        select r.prefecture_code, r.has_come
        from returns_come as r
        where
            r.table_name = return_kind
            and r.start_date >= first_day(wanted) and r.end_date <= last_day_of(wanted)
    ),

    places as (
        select prefecture_code as unit_code, bool_or(has_come) as has_come
        from come
        group by prefecture_code
        union all
        -- as it was published: who may see one prefecture knows of that one's returns alone
        select region_code, status != '未报送'
        from indicator_values
        where
            level::varchar = 'province' and period = wanted
            and indicator_code = case return_kind
                when 'funds' then 'P1-08' when 'organizations' then 'P1-01' when 'activities' then 'P2-09'
            end
    )

    select
        r.region_code,
        r.level::varchar = 'unallocated' as is_rest
    from regions as r
    inner join places as p
        on p.unit_code = if(r.level::varchar = 'province', r.region_code, r.prefecture_code)
    where not p.has_come;

-- Every issue found in a file, one row per issue, with what the file is: its sender decides who may see it.
create view all_issues as
select
    q.issue_id,
    q.batch_id,
    q.rule_id,
    q.severity::varchar as severity,
    q.sheet,
    q.row_no,
    q.column_name,
    q.message_zh,
    q.status::varchar as status,
    q.status::varchar = '待处理' as is_open,
    r.table_name,
    r.report_period,
    r.prefecture_code,
    r.source_file
from quality_issues as q
inner join returns_received as r using (batch_id);

-- Whether a return is about so few people that the number of its rows would tell how many there are at most.
create macro tells_of_few(kind, accepted) as (kind::varchar = 'beneficiaries' and accepted between 1 and 9);

-- How many rows of a table are there under each file, and on how many of its lines.
create macro held_by_file(kind) as table
    select kind as table_name, source_file, count(*) as rows_held, count(distinct source_row) as lines_held
    from query_table(kind)
    group by source_file;

-- What a return has to agree with, one row per return that counts: its own control totals (an amount only where no row was
-- refused: what a refused row held is unknown), and for tables of events the rows that are there under its file, each with a line of its own. Organizations and projects are states that a newer
-- return replaces, and beneficiaries are never opened: of those the file's fingerprint is asked for alone.
create view returns_checked as
with sent as (
    select
        *,
        tells_of_few(table_name, rows_ok + rows_warn) as is_few
    from snapshot_manifest
),

held as (
    from held_by_file('funds')
    union all
    from held_by_file('activities')
    union all
    from held_by_file('reported_stats')
)

select
    m.* exclude (is_few, rows_in, declared_rows, rows_ok, rows_warn, rows_reject),
    if(m.is_few, null, m.rows_in) as rows_in,
    if(m.is_few, null, m.declared_rows) as declared_rows,
    if(m.is_few, null, m.rows_warn) as rows_warn,
    if(m.is_few, null, m.rows_reject) as rows_reject,
    if(m.is_few, null, m.rows_ok + m.rows_warn) as accepted_rows,
    coalesce(m.declared_rows = m.rows_in, true)
    and (m.rows_reject > 0 or coalesce(m.declared_amount = m.sum_amount_ok, true)) as is_agreed,
    regexp_full_match(m.source_sha256, '[0-9a-f]{64}')
    and (
        m.table_name not in ('funds', 'activities', 'reported_stats')
        or (
            coalesce(h.rows_held, 0) = m.rows_ok + m.rows_warn
            and coalesce(h.lines_held, 0) = m.rows_ok + m.rows_warn
        )
    ) as is_traced
from sent as m
left join held as h using (table_name, source_file);

-- The same by the place that it counts for, one row per return and place: a list of the whole province is one of each
-- prefecture, of which the list's own counts of rows say nothing.
create view returns_for_places as
select * from returns_checked
union all by name
select
    c.* exclude (rows_in, rows_warn, rows_reject, accepted_rows, declared_rows)
    replace (p.prefecture_code as prefecture_code)
from returns_checked as c
cross join prefectures as p
where c.covers_province;

-- What the office settled about its returns, one row: data.due_dates puts in what the snapshot's manifest says. Returns of
-- quarters before first_due are not due (null: all are); the others so long after the end of their quarter.
create schema if not exists office;
-- Returns come from the senders (null: from all); what another place sends is taken in, and is due at no time.
create or replace table office.deadline (
    first_due varchar, days_after integer, minutes_after integer, senders varchar[]
);
insert into office.deadline values (null, 10, 1080, null);

create macro falls_due(quarter) as coalesce(quarter >= (select first_due from office.deadline), true);

create macro is_sender(place) as coalesce(list_contains((select senders from office.deadline), place), true);

create macro is_owed(place, quarter) as (falls_due(quarter) and is_sender(place));

-- What is said of a return that is not owed.
create macro unowed_status(quarter, has_come) as (
    case when not has_come then '不应报' when falls_due(quarter) then '另报' else '补报' end
);

-- What is said of a place, here a region, that has sent nothing; a county has the returns of its prefecture.
create macro unsent_status(region_code) as (
    if(region_code = '530000' or is_sender(left(region_code, 4) || '00'), '未报送', '不适用')
);

create macro usual_due_date(last_day) as (
    select last_day::timestamp + to_days(days_after) + to_minutes(minutes_after) from office.deadline
);

-- Whether a return is history that was entered later and not one that came late: more than a year after its due date.
create macro is_backfill(received, due) as coalesce(received > due + interval 1 year, false);

-- One row per prefecture, finished quarter and kind of return: when it is due and when it came.
create view returns_awaited as
with dates as (
    select report_period, max(due_date) as due_date
    from quarterly_returns
    group by report_period
),

got as (
    select
        table_name,
        prefecture_code,
        report_period,
        max(received_at) as received_at,
        max(due_date) as due_date,
        sum(rows_in) as rows_in,
        sum(accepted_rows) as rows_accepted,
        bool_and(is_agreed) as is_agreed,
        bool_and(is_traced) as is_traced
    from returns_for_places
    group by table_name, prefecture_code, report_period
)

select
    p.prefecture_code,
    p.short_zh || right(p.name_zh, 1) as prefecture_name,
    p.order_prov,
    q.period,
    q.label as period_label,
    q.start_date,
    q.last_date,
    k.table_name,
    k.return_name,
    k.nr,
    g.received_at,
    g.rows_in,
    g.rows_accepted,
    g.is_agreed,
    g.is_traced,
    coalesce(
        g.due_date, d.due_date, usual_due_date(q.last_date)
    ) as due_date
from prefectures as p
cross join periods as q
cross join kinds_of_return() as k
left join dates as d on q.period = d.report_period
left join got as g
    on
        p.prefecture_code = g.prefecture_code and q.period = g.report_period
        and k.table_name = g.table_name
where q.kind::varchar = 'quarter' and q.is_complete;

-- What was due, one row per prefecture, finished quarter and kind of return: when it was due and came, whole days late.
-- What has not come is late from its due date to on_day, the day the snapshot was published; before it is due it is not.
-- Of quarters before the first that is due what came is 补报, of a place that owes no returns 另报, what did not come
-- 不应报; days late are null, which is 不适用.
create macro returns_due(on_day) as table
    select
        *,
        case
            when not is_owed(prefecture_code, period) then unowed_status(period, received_at is not null)
            when received_at is null and due_date >= on_day::timestamp then '未到期'
            when received_at is null then '未收到'
            when is_backfill(received_at, due_date) then '补录'
            when received_at > due_date then '迟报'
            else '按时'
        end as report_status,
        if(
            is_owed(prefecture_code, period),
            greatest(
                ceil(date_diff('second', due_date, coalesce(received_at, on_day::timestamp)) / 86400.0), 0
            )::bigint * (not is_backfill(received_at, due_date))::integer,
            null
        ) as days_late
    from returns_awaited;

-- One of the four lights in words: lit, not lit, not yet due, or nothing there to be judged.
create macro light(is_lit, is_due, is_there) as (
    case when not is_due then '未到期' when not is_there then '无从判断' when is_lit then '达到' else '未达' end
);

-- The same where it applies at all.
create macro light_where(applies, is_lit, is_due, is_there) as (
    if(applies, light(is_lit, is_due, is_there), '不适用')
);
