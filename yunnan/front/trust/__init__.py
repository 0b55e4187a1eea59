"""Bodies of the pages under 可信."""
