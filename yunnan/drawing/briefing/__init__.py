"""A briefing of the province, a pillar or a prefecture, as Word document or slides; and the slides of an agenda."""
