"""What the figures say, in sentences: chosen by rule from the data, never a cause.

A finding is a list of sentences, a sentence a list of parts: text, or a Figure that knows its evidence. The screen
makes links of the figures, plain() makes the text that is read out, printed and written into files.
"""

from yunnan.drawing.findings.page_findings import of_county, of_pillar, of_place, of_province
from yunnan.drawing.findings.rankings import places_only
from yunnan.drawing.findings.sentences import Figure, Finding, Sentence, plain

__all__ = ["Figure", "Finding", "Sentence", "of_county", "of_pillar", "of_place", "of_province", "places_only", "plain"]
