"""Bodies of the pages under 四个突出."""
