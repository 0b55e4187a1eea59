"""Bodies of the pages under 明细."""
