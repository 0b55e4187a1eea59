-- Run once when the tables exist: at publication, and again over the parquet files of an opened snapshot.
-- There the contract's enums have become varchar, so a code is compared as text in both places.

-- Part of a whole, 0 to 1; null when there is no whole.
create macro rate(part, whole) as (part / nullif(whole, 0))::double;

-- Yunnan's organizations on the books at the end of a day: the denominator of every coverage rate.
-- A later snapshot still knows those deregistered since, so an earlier day keeps its own denominator.
create macro act_orgs(as_of) as table
    select *
    from organizations
    where
        is_yunnan
        and registered_date <= as_of
        and (deregistered_date is null or deregistered_date > as_of);

-- A project under way at the end of a day; a need without a start is not one.
create macro running(start_date, actual_end_date, as_of) as (
    coalesce(start_date <= as_of, false)
    and (actual_end_date is null or actual_end_date > as_of)
);

-- A 红冲 row keeps its amount positive and is taken off what it corrects.
create macro net_yuan(amount_yuan, is_reversal) as if(is_reversal, -amount_yuan, amount_yuan);

-- 建档立卡 persons, whether or not they have left poverty since.
create macro registered_poor(poverty_category) as starts_with(poverty_category::varchar, '建档立卡');

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
