-- Number and sum of the fund rows behind a figure; always one row.
-- param stages       varchar[], empty for every stage
-- param sources      varchar[], empty for every source
-- param forms        varchar[], empty for every form
-- param programmes   varchar[], empty for every programme
-- param prefectures  varchar[], empty for every prefecture
-- param start_date   date
-- param end_date     date
-- return fund_rows BIGINT
-- return amount_yuan DOUBLE
-- return projects BIGINT
select
    count(*) as fund_rows,
    coalesce(sum(net_yuan(amount_yuan, is_reversal)), 0)::double as amount_yuan,
    count(distinct project_id) as projects
from chosen_funds($stages, $sources, $forms, $programmes, $prefectures, $start_date, $end_date)
