"""The command line as somebody types it."""

import re

from click.testing import Result
from typer.testing import CliRunner

from yunnan.cli.main import app

CHINESE = re.compile("[一-鿿]")


def run(*words_typed: str, columns: str = "200") -> Result:
    """As if typed after `python -m yunnan`, on a terminal of so many columns."""
    return CliRunner(env={"COLUMNS": columns}).invoke(app, words_typed)


def assert_refused(result: Result, *parts: str) -> None:
    """Exit code 1 and one Chinese sentence that says these things; nothing on stdout, no traceback."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert CHINESE.search(sentence)
    for part in parts:
        assert part in sentence
