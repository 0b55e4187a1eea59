"""Publication is all or nothing, whatever happens to it: hundreds of trials, made in a process of their own."""

import json
import subprocess
import sys

import pytest

from tests import staged
from yunnan import settings


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    """What the trials saw: how many of which kind, what was wrong, how often beside them a snapshot was read."""
    data = tmp_path_factory.mktemp("faults")
    staged.thin(data)
    staged.stage(data, "funds", [staged.fund(900001)], issues=1)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", str(data)], cwd=settings.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(600)  # three hundred publications
def test_at_least_three_hundred_times_it_was_disturbed(seen):
    assert sum(seen["trials"].values()) >= 300, seen["trials"]
    assert seen["trials"]["kill at an operation"] == seen["operations"] > 100
    kinds = {"error at an operation", "limit of file size", "kill at a moment", "kill of a whole publication",
             "publishers at once"}  # fmt: skip
    assert kinds <= set(seen["trials"])


def test_the_old_or_the_new_snapshot_was_there_whole_the_next_publication_succeeded_and_no_row_was_lost(seen):
    assert seen["faults"] == []


def test_readers_beside_it_never_saw_a_torn_snapshot(seen):
    assert seen["reads"] > 100
    assert seen["torn"] == []
