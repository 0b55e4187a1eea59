"""Bodies of the pages under 全省."""
