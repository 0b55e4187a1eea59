"""A page of one sentence, where no page of the dashboard can or may be shown."""

from html import escape

from starlette.responses import HTMLResponse

PAGE = (
    '<!doctype html><html lang="zh-CN" translate="no"><meta charset="utf-8"><title>{title}</title>'
    '<body style="font-family:sans-serif;margin:3rem;line-height:1.8"><h1>{title}</h1><p>{sentence}。</p>{then}'
)


def refusal(status: int, title: str, sentence: str, then: str = "") -> HTMLResponse:
    """The answer: what did not happen, why and what to do; then is HTML that follows, such as a way on."""
    return HTMLResponse(PAGE.format(title=escape(title), sentence=escape(sentence), then=then), status_code=status)
