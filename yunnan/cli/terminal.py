"""What the command line prints to, and how it stops."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

for stream in (sys.stdout, sys.stderr):  # names of files are bytes: one that is no text of ours is no end of the work
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
out = Console()
err = Console(stderr=True)
WIDEST = 100_000  # columns of a table that is printed
UNSURE = "已发布，但未能确认写盘：断电可能丢失，请检查磁盘"


def say(sentence: str) -> None:
    """Print a sentence as it is, however long."""
    out.print(sentence, highlight=False, markup=False, soft_wrap=True)


def tabulate(table: Table) -> None:
    """Print a table, a row a line and no value cut: its lines run on where the terminal or the pipe is narrower."""
    console = Console(width=WIDEST, markup=False, highlight=False, emoji=False)
    console.width = max(Measurement.get(console, console.options, table).maximum, out.width)
    console.print(table)


def stop(sentence: str) -> NoReturn:
    """Print a sentence where errors go and leave with code 1."""
    err.print(sentence, highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1)


def discreet(text: str, what: str) -> str:
    """The text, which is to be kept. Stops with a sentence that does not repeat it where a person's number is in it.

    what: the name of the option.
    """
    from yunnan.ingest.personal import kind_of_number  # what it loads only commands with texts need

    if kind := kind_of_number(text):
        stop(f"{what} 里有{kind}，没有做，也没有保存；请删去号码再运行")
    return text


@contextmanager
def progress(name: str, done: str = "已发布") -> Iterator[Callable[[str], None]]:
    """A line that turns while something is being made, and the way to say which step it is at."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err) as bar:
        task = bar.add_task(name)
        yield lambda step: bar.update(task, description=f"{name} {step}")
        bar.update(task, description=f"{name} {done}", total=1, completed=1)
