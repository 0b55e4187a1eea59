"""Returns in: what a prefecture's office sends becomes staged rows, and a workbook that says what was refused and why.

    commands, watch      files -> batches, one sentence each                    (command line)
    guard -> worker      a slim process that forks one child per file: bounded memory and time
    desk                 one file from beginning to end
    sections             one file -> its returns: several quarters, or several tables
    remarks              what is to be remarked on a sheet, whatever its rows say
    template             the form an office fills in
    kinds                which table a file holds: registers are read first, what they bring may be cited
    files                what kind of file; bombs, locks, macros refused by name
    text, sheets         bytes -> sheets of raw cells, by their physical rows
    marks, biff, formats what a workbook says beside its values: errors, formulas, hidden rows, number formats
    headers, tables      where the table stands, what each column is, what is title, total, footer
    units                one unit for a column of money, by header, notes, cells and their formats, or a reason why not
    reading, cells, places    raw cells -> the contract's values, or a reason
    rules, totals        what one row, and all rows together, must keep (DQ-01 ...)
    personal             names, numbers of persons: found, refused, masked
    batch, feedback, report   what is written: data/staging, the workbook, the JSON
    forms                the columns, words and headers that are understood, read from data/reference
    known                what the newest snapshot knows: organizations, projects, sums before

What is not certain is refused, never guessed; what was changed in reading is listed.
"""
