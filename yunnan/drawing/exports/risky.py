"""A pattern for text that a spreadsheet program would run as a formula or change when it opens a cell."""

import re

# Matches a formula's first character, in any width and after any blanks; digits that are too many for a number, begin
# with zero or have an E among them; and a leading apostrophe, so that removing one apostrophe always gives the text
# back. Keep the same rule in queries/views.sql (is_risky), by which whole files are written.
RISKY = re.compile(
    r"[\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff ]*"
    r"[=+\-@\t\r\n\0\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]"
    r"|'|0[0-9]+\Z|[0-9]{12,}\Z|[0-9]+[Ee][0-9]+\Z"
)
