"""A briefing of the province, a pillar or a prefecture, as Word document or slides; and the slides of an agenda."""

from yunnan.briefing.asked import MEETING, SCOPES, Brief, CannotBrief, Meeting, asked, meeting
from yunnan.briefing.made import KINDS, made

__all__ = ["KINDS", "MEETING", "SCOPES", "Brief", "CannotBrief", "Meeting", "asked", "made", "meeting"]
