"""An answer of the app held back until it is complete, so that its body can be rewritten."""

from abc import ABC, abstractmethod

from starlette.types import Message, Send


class HeldAnswer(ABC):
    """A send() that holds back the answers it is for until they are complete, and passes all others on at once.

    A subclass says which (is_held) and what is sent in their place (rewrite).
    """

    def __init__(self, send: Send) -> None:
        self.send = send
        self.start: Message | None = None
        self.body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self.is_held(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body.append(message.get("body", b""))
            if not message.get("more_body", False):
                body = await self.rewrite(self.start, b"".join(self.body))
                await self.send(self.start)
                await self.send({"type": "http.response.body", "body": body})

    @abstractmethod
    def is_held(self, start: Message) -> bool:
        """Whether the answer that begins so is held back."""

    @abstractmethod
    async def rewrite(self, start: Message, body: bytes) -> bytes:
        """The body to be sent; the headers in start are changed to fit it."""
