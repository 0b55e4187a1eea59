-- How many documents a place works by at the end of the period, in one row.
-- Null without a register of documents.
-- In force: those of the province and above apart from those of the place itself. On tax: 税 in the title.
-- facts S030 S033 S035 S042 S044
-- param period  report period, '2019'
-- param place   region code; 530000 is the province
-- return documents_above BIGINT
-- return documents_local BIGINT
-- return documents_drafted BIGINT
-- return documents_on_tax BIGINT
with documents as (
    select
        level,
        title,
        meaning('policy_status', status) as state
    from documents_of($place, last_day_of($period))
)

select
    if(has_documents(), count(*) filter (state = '现行' and level in ('中央', '国家部委', '省级')), null)
        as documents_above,
    if(has_documents(), count(*) filter (state = '现行' and level in ('州市级', '县级')), null) as documents_local,
    if(has_documents(), count(*) filter (state = '研制中'), null) as documents_drafted,
    if(has_documents(), count(*) filter (state = '现行' and contains(title, '税')), null) as documents_on_tax
from documents
order by all
