"""A page of one sentence, where no page of the dashboard can or may be shown."""

from html import escape

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

OUTCOME = "yunnan.outcome"  # in the scope: what the log of access is told of the answer
PAGE = (
    '<!doctype html><html lang="zh-CN" translate="no"><meta charset="utf-8"><title>{title}</title>'
    '<body style="font-family:sans-serif;margin:3rem;line-height:1.8"><h1>{title}</h1><p>{sentence}。</p>{then}'
)


class Refusal(HTMLResponse):
    """The answer, which leaves its sentence for the log."""

    sentence = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.get(OUTCOME, {}).update(event="refused", why=self.sentence, status=self.status_code)
        await super().__call__(scope, receive, send)


def refusal(status: int, title: str, sentence: str, then: str = "") -> HTMLResponse:
    """The answer: what did not happen, why and what to do; then is HTML that follows, such as a way on."""
    answer = Refusal(PAGE.format(title=escape(title), sentence=escape(sentence), then=then), status_code=status)
    answer.sentence = sentence
    return answer
