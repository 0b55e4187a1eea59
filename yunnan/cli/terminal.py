"""What the command line prints to, and how it stops."""

import io
import sys
from typing import NoReturn

import typer
from rich.console import Console

for stream in (sys.stdout, sys.stderr):  # names of files are bytes: one that is no text of ours is no end of the work
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
out = Console()
err = Console(stderr=True)


def say(sentence: str) -> None:
    """Print a sentence as it is, however long."""
    out.print(sentence, highlight=False, markup=False, soft_wrap=True)


def stop(sentence: str) -> NoReturn:
    """Print a sentence where errors go and leave with code 1."""
    err.print(sentence, highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)
