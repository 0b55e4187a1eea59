"""A briefing as the bytes of a file. The slow libraries for documents and pictures load when the first one is made."""

from datetime import date

from yunnan.drawing.briefing.request import Brief, Meeting

# Ending of the file's name -> its media type.
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def rendered(brief: Brief | Meeting, kind: str, dated: date) -> bytes:
    """The bytes of the file; kind is a key of KINDS, dated the day that stands below a document's text.

    A meeting's agenda is always made into slides.
    """
    from yunnan.drawing.briefing import slide_deck, word_document

    if isinstance(brief, Meeting):
        return slide_deck.document(slide_deck.deck_of_agenda(brief.agenda, brief.seen))
    if kind == "docx":
        return word_document.document(brief, dated)
    return slide_deck.document(slide_deck.deck_of_brief(brief))
