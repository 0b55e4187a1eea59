"""A briefing of the province, a pillar or a prefecture, gathered from one snapshot: a Word document or slides."""

from yunnan.briefing.asked import SCOPES, Brief, CannotBrief, asked
from yunnan.briefing.made import KINDS, made

__all__ = ["KINDS", "SCOPES", "Brief", "CannotBrief", "asked", "made"]
