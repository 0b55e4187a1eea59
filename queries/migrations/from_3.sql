-- Contract 3 to 4: what counts things once has a target since January or at the year's end
-- former holds the tables of the snapshot; no other column that was published has another meaning in contract 4
update former.targets
set phasing = '累计', q1_share = 0, q2_share = 0, q3_share = 0, q4_share = 1
where indicator_code in ('P1-06', 'P1-07') and phasing = '时点';

update former.targets
set phasing = '累计'
where indicator_code = 'P1-09' and phasing = '时期';
