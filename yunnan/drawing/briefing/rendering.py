"""A briefing as a file's bytes. What writes documents and draws pictures is loaded when the first one is made."""

from datetime import date

from yunnan.drawing.briefing.request import Brief, Meeting

# And what a browser is told.
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def made(brief: Brief | Meeting, kind: str, dated: date) -> bytes:
    """The briefing as .docx or .pptx; dated is the day of writing."""
    from yunnan.drawing.briefing import slide_deck, word_document

    if isinstance(brief, Meeting):
        return slide_deck.document(slide_deck.of_agenda(brief.agenda, brief.seen))
    return word_document.document(brief, dated) if kind == "docx" else slide_deck.document(slide_deck.of(brief))
