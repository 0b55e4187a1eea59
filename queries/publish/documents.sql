-- Fills known_date of policies: the day from which a document is counted. Its own date; else the first of January of
-- the year in its number or title; else the first such day of what carries it out; else the as-of date.
-- param asof  the as-of date
update policies
set known_date = coalesce(d.known_date, $asof::date)
from (
    with recursive own as (
        select
            policy_id,
            parent_policy_id,
            coalesce(
                issue_date,
                make_date(
                    try_cast(
                        coalesce(
                            nullif(regexp_extract(doc_no, '[〔\[（(](20[0-9]{2})[〕\]）)]', 1), ''),
                            nullif(regexp_extract(title, '(20[0-9]{2})(年|[-—–至])', 1), '')
                        ) as integer
                    ),
                    1,
                    1
                )
            ) as day
        from policies
    ),

    below as (
        select policy_id, parent_policy_id, day
        from own
        where day is not null
        union
        select p.policy_id, p.parent_policy_id, b.day
        from own as p
        inner join below as b on p.policy_id = b.parent_policy_id
    )

    select
        o.policy_id,
        coalesce(any_value(o.day), min(b.day)) as known_date
    from own as o
    left join below as b using (policy_id)
    group by o.policy_id
) as d
where policies.policy_id = d.policy_id
