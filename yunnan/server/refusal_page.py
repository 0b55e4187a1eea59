"""A page with one sentence, for when no page of the dashboard can or may be shown."""

from html import escape

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

OUTCOME = "yunnan.outcome"  # key in the ASGI scope: a dict of fields about the answer for the log of access
PAGE = (
    '<!doctype html><html lang="zh-CN" translate="no"><meta charset="utf-8"><title>{title}</title>'
    '<body style="font-family:sans-serif;margin:3rem;line-height:1.8"><h1>{title}</h1><p>{sentence}。</p>{then}'
)


class Refusal(HTMLResponse):
    """The answer; when sent, it puts its sentence and status into scope[OUTCOME] for the log of access."""

    sentence = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.get(OUTCOME, {}).update(event="refused", why=self.sentence, status=self.status_code)
        await super().__call__(scope, receive, send)


def refusal(status: int, title: str, sentence: str, then: str = "") -> HTMLResponse:
    """The answer: title says what did not happen, sentence why and what to do; then is HTML below, such as a link."""
    answer = Refusal(PAGE.format(title=escape(title), sentence=escape(sentence), then=then), status_code=status)
    answer.sentence = sentence
    return answer
