"""A briefing of the province, a pillar or a prefecture, as Word document or slides; and the slides of an agenda."""

from yunnan.drawing.briefing.rendering import KINDS, made
from yunnan.drawing.briefing.request import MEETING, SCOPES, Brief, CannotBrief, Meeting, asked, meeting

__all__ = ["KINDS", "MEETING", "SCOPES", "Brief", "CannotBrief", "Meeting", "asked", "made", "meeting"]
