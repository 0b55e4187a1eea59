-- Run once when two snapshots are opened together, after views.sql: what changed from the older one to the newer.
-- The newer snapshot's tables have their own names; the older one's stand in the schema older.

-- The last day that each of them knows of.
create macro older_day() as (
    select max(asof_p.last_date) from older.periods as asof_p
);
create macro newer_day() as (
    select max(asof_p.last_date) from periods as asof_p
);

-- Whether a difference between two counts of people would give a few of them away.
create macro has_few(moved) as coalesce(round(abs(moved)) between 1 and 9, false);

-- The rows of each table that may be opened, of either snapshot: 'funds' of the newer, 'older.funds' of the older.
-- content is what counts as changed (where a row came from does not), cells are all of its columns.
create macro rows_of_funds(table_read) as table
    select
        fund_id as item_id,
        event_date,
        prefecture_code,
        county_code,
        source_file,
        source_row,
        concat_ws(
            ' ', stage, event_date, source, form, amount_yuan || '元', if(is_reversal, '红冲', null)
        ) as told,
        row(*columns(f.* exclude (source_file, source_row))) as content,
        f as cells
    from query_table(table_read) as f;

create macro rows_of_activities(table_read) as table
    select
        activity_id as item_id,
        activity_date as event_date,
        prefecture_code,
        county_code,
        source_file,
        source_row,
        concat_ws(' ', activity_date, activity_type, title) as told,
        row(*columns(a.* exclude (source_file, source_row))) as content,
        a as cells
    from query_table(table_read) as a;

create macro rows_of_reported_stats(table_read) as table
    select
        concat_ws(' ', report_period, prefecture_code, item_code) as item_id,
        last_day(make_date(left(report_period, 4)::integer, 3 * right(report_period, 1)::integer, 1))
            as event_date,
        prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', report_period, item_code, value || unit) as told,
        row(*columns(s.* exclude (source_file, source_row))) as content,
        s as cells
    from query_table(table_read) as s;

create macro rows_of_projects(table_read) as table
    select
        project_id as item_id,
        null::date as event_date,
        prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', project_name, status) as told,
        row(*columns(p.* exclude (source_file, source_row))) as content,
        p as cells
    from query_table(table_read) as p;

create macro rows_of_organizations(table_read) as table
    select
        org_id as item_id,
        null::date as event_date,
        prefecture_code,
        county_code,
        source_file,
        source_row,
        concat_ws(' ', org_name, status) as told,
        row(*columns(o.* exclude (source_file, source_row))) as content,
        o as cells
    from query_table(table_read) as o;

create macro rows_of_policies(table_read) as table
    select
        policy_id as item_id,
        null::date as event_date,
        prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', title, status) as told,
        row(*columns(l.* exclude (known_date, source_file, source_row))) as content,
        l as cells
    from query_table(table_read) as l;

create macro rows_of_targets(table_read) as table
    select
        concat_ws(' ', indicator_code, year, region_code) as item_id,
        null::date as event_date,
        region_code as prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', indicator_code, year || '年', target_value) as told,
        row(*columns(t.* exclude (source_file, source_row))) as content,
        t as cells
    from query_table(table_read) as t;

create macro rows_of_programmes(table_read) as table
    select
        programme_code as item_id,
        null::date as event_date,
        '530000' as prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        name_zh as told,
        row(*columns(g.* exclude (source_file, source_row))) as content,
        g as cells
    from query_table(table_read) as g;

create macro rows_of_county_poverty_annual(table_read) as table
    select
        concat_ws(' ', region_code, year) as item_id,
        null::date as event_date,
        if(region_code = '530000', '530000', left(region_code, 4) || '00') as prefecture_code,
        if(region_code like '53__00', null, region_code) as county_code,
        source_file,
        source_row,
        concat_ws(' ', year || '年末', poor_population || '人') as told,
        row(*columns(y.* exclude (source_file, source_row))) as content,
        y as cells
    from query_table(table_read) as y;

create macro rows_of_code_lists(table_read) as table
    select
        concat_ws(' ', list, code) as item_id,
        null::date as event_date,
        '530000' as prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', label, counts_as) as told,
        row(*columns(c.* exclude (source_file, source_row))) as content,
        c as cells
    from query_table(table_read) as c;

create macro rows_of_stages(table_read) as table
    select
        stage as item_id,
        null::date as event_date,
        '530000' as prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', first_quarter, last_quarter, title) as told,
        row(*columns(e.* exclude (source_file, source_row))) as content,
        e as cells
    from query_table(table_read) as e;

create macro rows_of_place_traits(table_read) as table
    select
        concat_ws(' ', trait, region_code, valid_from) as item_id,
        null::date as event_date,
        if(region_code = '530000', '530000', left(region_code, 4) || '00') as prefecture_code,
        if(region_code like '53__00', null, region_code) as county_code,
        source_file,
        source_row,
        concat_ws(' ', counts_as, valid_from, valid_to) as told,
        row(*columns(r.* exclude (source_file, source_row))) as content,
        r as cells
    from query_table(table_read) as r;

create macro rows_of_county_names(table_read) as table
    select
        concat_ws(' ', region_code, name_zh) as item_id,
        null::date as event_date,
        if(region_code = '530000', '530000', left(region_code, 4) || '00') as prefecture_code,
        if(region_code like '53__00', null, region_code) as county_code,
        source_file,
        source_row,
        concat_ws(' ', name_zh, other_code, valid_from) as told,
        row(*columns(m.* exclude (source_file, source_row))) as content,
        m as cells
    from query_table(table_read) as m;

create macro rows_of_pairings(table_read) as table
    select
        concat_ws(' ', region_code, kind, partner, valid_from) as item_id,
        null::date as event_date,
        if(region_code = '530000', '530000', left(region_code, 4) || '00') as prefecture_code,
        if(region_code like '53__00', null, region_code) as county_code,
        source_file,
        source_row,
        concat_ws(' ', kind, partner, valid_from, valid_to) as told,
        row(*columns(b.* exclude (source_file, source_row))) as content,
        b as cells
    from query_table(table_read) as b;

create macro rows_of_office_figures(table_read) as table
    select
        figure_code as item_id,
        null::date as event_date,
        if(region_code = '530000', '530000', left(region_code, 4) || '00') as prefecture_code,
        if(region_code like '53__00', null, region_code) as county_code,
        source_file,
        source_row,
        concat_ws(' ', label, published) as told,
        row(*columns(d.* exclude (source_file, source_row))) as content,
        d as cells
    from query_table(table_read) as d;

create macro rows_of_indicator_spans(table_read) as table
    select
        indicator_code as item_id,
        null::date as event_date,
        '530000' as prefecture_code,
        null::varchar as county_code,
        source_file,
        source_row,
        concat_ws(' ', valid_from || '起', valid_to || '止') as told,
        row(*columns(v.* exclude (source_file, source_row))) as content,
        v as cells
    from query_table(table_read) as v;

create view funds_now as from rows_of_funds('funds');
create view funds_then as from rows_of_funds('older.funds');
create view activities_now as from rows_of_activities('activities');
create view activities_then as from rows_of_activities('older.activities');
create view reported_stats_now as from rows_of_reported_stats('reported_stats');
create view reported_stats_then as from rows_of_reported_stats('older.reported_stats');
create view projects_now as from rows_of_projects('projects');
create view projects_then as from rows_of_projects('older.projects');
create view organizations_now as from rows_of_organizations('organizations');
create view organizations_then as from rows_of_organizations('older.organizations');
create view policies_now as from rows_of_policies('policies');
create view policies_then as from rows_of_policies('older.policies');
create view targets_now as from rows_of_targets('targets');
create view targets_then as from rows_of_targets('older.targets');
create view programmes_now as from rows_of_programmes('programmes');
create view programmes_then as from rows_of_programmes('older.programmes');
create view county_poverty_annual_now as from rows_of_county_poverty_annual('county_poverty_annual');
create view county_poverty_annual_then as from rows_of_county_poverty_annual('older.county_poverty_annual');
create view code_lists_now as from rows_of_code_lists('code_lists');
create view code_lists_then as from rows_of_code_lists('older.code_lists');
create view stages_now as from rows_of_stages('stages');
create view stages_then as from rows_of_stages('older.stages');
create view place_traits_now as from rows_of_place_traits('place_traits');
create view place_traits_then as from rows_of_place_traits('older.place_traits');
create view county_names_now as from rows_of_county_names('county_names');
create view county_names_then as from rows_of_county_names('older.county_names');
create view pairings_now as from rows_of_pairings('pairings');
create view pairings_then as from rows_of_pairings('older.pairings');
create view office_figures_now as from rows_of_office_figures('office_figures');
create view office_figures_then as from rows_of_office_figures('older.office_figures');
create view indicator_spans_now as from rows_of_indicator_spans('indicator_spans');
create view indicator_spans_then as from rows_of_indicator_spans('older.indicator_spans');

-- How many rows one table has in either.
create macro sizes_of(kind) as table
    select
        kind as table_name,
        (select count(*) from query_table(kind || '_then')) as rows_then,
        (select count(*) from query_table(kind || '_now')) as rows_now;

-- Rows of one table that are new, gone or have another content than before.
create macro changed_of(kind) as table
    select
        kind as table_name,
        coalesce(n.item_id, o.item_id) as item_id,
        n.event_date,
        n.item_id is not null as is_now,
        o.item_id is not null as was_then,
        n.prefecture_code as new_prefecture,
        n.county_code as new_county,
        n.source_file as new_file,
        n.source_row as new_row,
        n.told as new_told,
        o.prefecture_code as old_prefecture,
        o.county_code as old_county,
        o.source_file as old_file,
        o.source_row as old_row,
        o.told as old_told
    from query_table(kind || '_now') as n
    full outer join query_table(kind || '_then') as o using (item_id)
    where n.content is distinct from o.content;

-- The same of all tables, one row per row, with why. Events are reported once; organizations and projects are states, which
-- a later day has another content for. A person is in none of them.
create table changed as
with found as (
    from changed_of('funds')
    union all
    from changed_of('activities')
    union all
    from changed_of('reported_stats')
    union all
    from changed_of('projects')
    union all
    from changed_of('organizations')
    union all
    from changed_of('policies')
    union all
    from changed_of('targets')
    union all
    from changed_of('programmes')
    union all
    from changed_of('county_poverty_annual')
    union all
    from changed_of('code_lists')
    union all
    from changed_of('stages')
    union all
    from changed_of('place_traits')
    union all
    from changed_of('county_names')
    union all
    from changed_of('pairings')
    union all
    from changed_of('office_figures')
    union all
    from changed_of('indicator_spans')
),

-- The return that brought a row, where the newer snapshot knows it, and whether the older one had any of that sender,
-- table and quarter.
brought as (
    select
        m.table_name,
        m.source_file,
        bool_or(b.batch_id is not null) as was_reported
    from snapshot_manifest as m
    left join older.snapshot_manifest as b using (table_name, prefecture_code, report_period)
    group by m.table_name, m.source_file
)

select
    f.*,
    case
        when
            f.table_name not in ('funds', 'activities', 'reported_stats', 'projects', 'organizations')
            and f.is_now and (not f.was_then or newer_day() > older_day())
            then '更新'
        when not f.was_then and f.event_date > older_day() then '新发生'
        when not f.was_then and not b.was_reported then '新报季度'
        when not f.was_then then '补报'
        when not f.is_now then '撤回'
        when f.table_name in ('projects', 'organizations') and newer_day() > older_day() then '更新'
        else '更正'
    end as cause
from found as f
left join brought as b on f.table_name = b.table_name and f.new_file = b.source_file;

-- What was corrected or updated in the rows of one table that both have, one row per row and column, as text. Only what
-- differs is kept: whole rows of both as text took 60 MB. Donors' names are left out.
create macro touched_of(kind) as table
    with both_sides as (
        select
            item_id,
            to_json(n.cells) as new_cells,
            to_json(o.cells) as old_cells,
            unnest(
                list_zip(
                    json_keys(new_cells),
                    json_extract_string(old_cells, '$.*'),
                    json_extract_string(new_cells, '$.*')
                )
            ) as cell
        from query_table(kind || '_now') as n
        inner join query_table(kind || '_then') as o using (item_id)
        where n.content is distinct from o.content
    )

    select
        kind as table_name,
        item_id,
        cell[1] as column_name,
        cell[2] as old_content,
        cell[3] as new_content
    from both_sides
    where
        column_name not in ('donor_name', 'known_date', 'source_file', 'source_row')
        and old_content is distinct from new_content;

create table touched as
from touched_of('funds')
union all
from touched_of('activities')
union all
from touched_of('reported_stats')
union all
from touched_of('projects')
union all
from touched_of('organizations')
union all
from touched_of('policies')
union all
from touched_of('targets')
union all
from touched_of('programmes')
union all
from touched_of('county_poverty_annual')
union all
from touched_of('code_lists')
union all
from touched_of('stages')
union all
from touched_of('place_traits')
union all
from touched_of('county_names')
union all
from touched_of('pairings')
union all
from touched_of('office_figures')
union all
from touched_of('indicator_spans');

-- What a word meant by the older snapshot's lists.
create macro meaning_then(of_list, word) as coalesce(
    (
        select c.counting_as
        from (
            select
                list as counting_list,
                code as counting_word,
                counts_as as counting_as
            from older.code_lists
        ) as c
        where c.counting_list = of_list and c.counting_word = word
    ),
    word
);

-- What a changed event adds to or takes from an indicator that sums events, one row per indicator, event and side: the new
-- row under its place and day, the old one with the opposite sign under its own. Tested to make up the whole change.
-- Which events an indicator sums is said on its card (events) and stands in the table event_sums.
create table legs as
with money as (
    select
        'new' as side, fund_id as item_id, stage, meaning('fund_source', source) as source, event_date,
        prefecture_code, county_code, net_yuan(amount_yuan, is_reversal) as counted
    from funds
    union all
    select
        'old', fund_id, stage, meaning_then('fund_source', source), event_date, prefecture_code, county_code,
        -net_yuan(amount_yuan, is_reversal)
    from older.funds
),

events as (
    select
        'new' as side, activity_id as item_id, meaning('activity_type', activity_type) as activity_type,
        activity_date as event_date, prefecture_code, county_code, participants, 1 as counted
    from activities
    union all
    select
        'old', activity_id, meaning_then('activity_type', activity_type), activity_date, prefecture_code,
        county_code, -participants, -1
    from older.activities
),

counted as (
    select
        s.indicator_code, s.table_name, m.side, m.item_id, m.event_date, m.prefecture_code, m.county_code,
        m.counted
    from event_sums as s
    inner join money as m
        on
            s.table_name = 'funds' and s.stage = m.stage::varchar
            and coalesce(s.source, m.source::varchar) is not distinct from m.source::varchar
    union all
    select
        s.indicator_code, s.table_name, e.side, e.item_id, e.event_date, e.prefecture_code, e.county_code,
        if(s.sums = 'participants', e.participants, e.counted)
    from event_sums as s
    inner join events as e
        on s.table_name = 'activities' and e.activity_type::varchar in string_split(s.activity_types, ',')
)

select
    c.indicator_code,
    c.table_name,
    c.side,
    c.item_id,
    c.event_date,
    c.prefecture_code,
    c.county_code,
    coalesce(c.counted, 0)::decimal(20, 4) as counted,
    g.cause,
    g.cause in ('新发生', '新报季度') as is_real,
    if(c.side = 'new', g.new_file, g.old_file) as source_file
from counted as c
inner join changed as g using (table_name, item_id);

-- An indicator's change in a report period at every region, one row per indicator and region. By events (逐条): real is what
-- happened after the older snapshot's day or came from a return it did not have, revised is all else. By recomputing (重算):
-- revised is the newer snapshot's value for the days the older one counted, less the older one's; real is the rest. A state
-- is compared with its last day in the older snapshot; a period that had not begun there was nothing.
-- Counts of people are told for the province alone, and only while no part of the change is 1 to 9.
create macro splits(wanted) as table
    with own as (
        select * from periods
        where period = wanted
    ),

    before as (
        select b.* from older.periods as b
        where b.period = wanted
    ),

    days as (
        select
            o.start_date,
            o.last_date,
            coalesce((select b.last_date from before as b), older_day()) as then_date,
            exists(select 1 from before) as had_begun,
            coalesce(
                (select b.period from before as b),
                (
                    select p.period from older.periods as p
                    where p.last_date = older_day()
                    order by p.start_date asc, p.end_date desc
                    limit 1
                )
            ) as then_period,
            (
                select p.period from periods as p
                where p.start_date = o.start_date and p.last_date = (select b.last_date from before as b)
                order by p.end_date
                limit 1
            ) as same_days,
            (
                select p.period from periods as p
                where p.last_date = coalesce((select b.last_date from before as b), older_day())
                order by p.start_date = o.start_date desc, p.start_date asc, p.end_date asc
                limit 1
            ) as same_end
        from own as o
    ),

    asked as (
        select
            i.indicator_code,
            i.counts_people,
            i.is_ratio,
            starts_with(i.kind, '时期') as is_flow,
            i.indicator_code in (select s.indicator_code from event_sums as s) as is_by_event,
            d.*,
            not starts_with(i.kind, '时期') or d.had_begun as has_then,
            if(starts_with(i.kind, '时期'), d.same_days, d.same_end) as twin_period
        from indicators as i
        cross join days as d
    ),

    placed as (
        select
            l.indicator_code,
            case grouping_id(l.prefecture_code, l.county_code)
                when 3 then 'province'
                when 1 then if(l.prefecture_code = '530000', 'unallocated', 'prefecture')
                else if(l.county_code is null, 'unallocated', 'county')
            end as level,
            case grouping_id(l.prefecture_code, l.county_code)
                when 3 then '530000'
                when 1 then l.prefecture_code
                else coalesce(l.county_code, l.prefecture_code)
            end as region_code,
            grouping_id(l.prefecture_code, l.county_code) = 0
            and l.prefecture_code = '530000' as is_twice,
            coalesce(sum(l.counted) filter (l.is_real), 0) as real_sum,
            coalesce(sum(l.counted) filter (not l.is_real), 0) as revised_sum
        from legs as l
        cross join days as d
        where l.event_date between d.start_date and d.last_date
        group by
            grouping sets (
                (l.indicator_code, l.prefecture_code, l.county_code),
                (l.indicator_code, l.prefecture_code),
                (l.indicator_code)
            )
    ),

    valued as (
        select
            a.*,
            n.level::varchar as level,
            n.region_code,
            n.prefecture_code,
            n.status as new_status,
            o.status as old_status,
            n.value as new_value,
            if(a.has_then, o.value, if(a.is_ratio, null, 0)) as old_value,
            t.value as twin_value,
            coalesce(p.real_sum, 0)::double as real_sum,
            coalesce(p.revised_sum, 0)::double as revised_sum,
            o.quarters_reported < t.quarters_reported as has_later_returns
        from asked as a
        inner join indicator_values as n on a.indicator_code = n.indicator_code and n.period = wanted
        left join older.indicator_values as o
            on
                a.indicator_code = o.indicator_code and a.then_period = o.period
                and n.level::varchar = o.level::varchar and n.region_code = o.region_code
        left join indicator_values as t
            on
                a.indicator_code = t.indicator_code and a.twin_period = t.period
                and n.level = t.level and n.region_code = t.region_code
        left join placed as p
            on
                a.indicator_code = p.indicator_code and n.level::varchar = p.level
                and n.region_code = p.region_code and not p.is_twice
    ),

    split as (
        select
            *,
            case
                when new_value is null or old_value is null then null
                when is_by_event then real_sum
                when not has_then then new_value
                else new_value - twin_value
            end as real_part,
            case
                when new_value is null or old_value is null then null
                when is_by_event then revised_sum
                when not has_then then 0
                else twin_value - old_value
            end as revised_part
        from valued
    ),

    -- Whoever sees a part of the rows only cannot split what is counted of all of them.
    whole as (
        select
            * exclude (real_part, revised_part),
            abs(real_part + revised_part - (new_value - old_value)) < 0.005 as is_whole,
            if(is_whole, real_part, null) as real_part,
            if(is_whole, revised_part, null) as revised_part
        from split
    ),

    guarded as (
        select
            *,
            counts_people and (
                level != 'province'
                or '已隐去' in (new_status, coalesce(old_status, ''))
                or has_few(new_value - old_value)
                or has_few(real_part)
                or has_few(revised_part)
            ) as is_protected
        from whole
    )

    select
        indicator_code,
        level,
        region_code,
        prefecture_code,
        is_by_event,
        if(has_then, then_period, null) as old_period,
        if(is_protected, null, old_value) as old_value,
        new_value,
        if(is_protected, null, new_value - old_value) as change,
        if(is_protected, null, real_part) as real_change,
        if(is_protected, null, revised_part) as revised_change,
        case
            when is_protected then '小数保护'
            when new_value is null then new_status
            when old_value is null then if(has_then, '较早快照' || coalesce(old_status, '不适用'), '较早快照没有本期')
            when real_part is null then '无法拆分'
            when coalesce(has_later_returns, false) and not is_by_event then '修订含原缺报季度补到的数'
            else ''
        end as split_note
    from guarded;
