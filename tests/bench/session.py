"""A reader without a browser: Streamlit's websocket, on which a browser asks for a page and gets its elements."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE = 300  # seconds for one message
KEPT_FOR = 2  # runs for which a browser keeps a large message that it need not be sent again
ENDS = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}  # after any other a run follows


class Answer(NamedTuple):
    """A page as the server sent it: milliseconds until the last message, bytes, whether there was no exception."""

    ms: float
    size: int
    is_good: bool


class Session:
    """One reader's session on an open websocket."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.runs = 0
        self.kept: dict[str, int] = {}  # hash of a large message -> the run that last used it

    async def page(self, path: str, query: str = "") -> Answer:
        """The answer to a request for this page; path: '' for the front page."""
        self.runs += 1
        self.kept = {key: run for key, run in self.kept.items() if self.runs - run <= KEPT_FOR}
        request = BackMsg()
        request.rerun_script.page_name, request.rerun_script.query_string = path, query
        request.rerun_script.cached_message_hashes.extend(self.kept)
        start, size, is_good = time.perf_counter(), 0, True
        await self.socket.send(request.SerializeToString())
        while True:
            data = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            message = ForwardMsg.FromString(data)
            size += len(data)
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                self.kept[message.ref_hash] = self.runs
            elif message.metadata.cacheable:
                self.kept[message.hash] = self.runs
            is_good &= message.delta.new_element.WhichOneof("type") != "exception"
            if kind == "script_finished" and message.script_finished in ENDS:
                return Answer((time.perf_counter() - start) * 1000, size, is_good)


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Session]:
    """A new reader's session with the server of this machine on this port."""
    address, origin = f"ws://127.0.0.1:{port}/_stcore/stream", f"http://127.0.0.1:{port}"
    async with websockets.connect(
        address, subprotocols=["streamlit"], max_size=None, origin=origin, open_timeout=PATIENCE
    ) as socket:
        yield Session(socket)
