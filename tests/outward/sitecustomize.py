"""Python starts with this where PYTHONPATH names this folder: each name looked up and each address called is a line."""

import os
import sys

CALLS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.connect"}
LINES = os.open(os.environ["OUTWARD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event: str, given: tuple) -> None:
    if event in CALLS:
        os.write(LINES, f"{event} {given[-1] if event == 'socket.connect' else given[0]}\n".encode())


sys.addaudithook(note)
