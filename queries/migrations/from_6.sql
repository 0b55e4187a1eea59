-- Contract 6 to 7: published figures are a register; sources, states and kinds of activity are lists; one word is another
-- former holds the tables of the snapshot; the words that ship come again with what they count as
update former.code_lists
set counts_as = '帮扶人口'
where list = 'poverty_category' and counts_as = '建档立卡';
