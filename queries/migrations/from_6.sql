-- Contract 6 to 7: figures, lists of places and pairs are registers; sources, states and kinds of activity are code lists
-- former holds the tables of the snapshot; contracts 3 and 4 had no counts_as; the words that ship come again
alter table former.code_lists add column if not exists counts_as varchar;

update former.code_lists
set counts_as = '帮扶人口'
where list = 'poverty_category' and counts_as = '建档立卡';
