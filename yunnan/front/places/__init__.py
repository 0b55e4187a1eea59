"""Bodies of the pages under 地区与项目."""
