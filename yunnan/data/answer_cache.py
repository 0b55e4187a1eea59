"""Answers kept by the question's key, up to a number of bytes; the least recently used are dropped first."""

import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import pandas as pd

Answer = TypeVar("Answer")
OF_FRAME, OF_COLUMN = 10_000, 4_000  # bytes beside the values: 20 rows of 5 columns take 30 kB, as measured
SHARE = 8  # an answer larger than this part of the room is not kept: it would push out all others


def of_frame(frame: pd.DataFrame) -> int:
    """Bytes that a frame takes."""
    return OF_FRAME + OF_COLUMN * len(frame.columns) + int(frame.memory_usage(deep=True).sum())


class Kept(Generic[Answer]):
    """A function, and the answers it has given: weigh says how many bytes one takes, copy what is handed out of it."""

    def __init__(
        self,
        make: Callable[..., Answer],
        room: int,
        weigh: Callable[[Answer], int],
        copy: Callable[[Answer], Answer],
    ) -> None:
        functools.update_wrapper(self, make)
        self.make, self.room, self.weigh, self.copy, self.used = make, room, weigh, copy, 0
        self.answers: OrderedDict[Hashable, tuple[Answer, int]] = OrderedDict()
        self.lock = Lock()

    def __call__(self, *key: Hashable) -> Answer:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
                return self.copy(self.answers[key][0])
        answer = self.make(*key)  # outside the lock: two callers may both compute it, none waits for another
        self._keep(key, answer, self.weigh(answer))
        return answer

    def _keep(self, key: Hashable, answer: Answer, size: int) -> None:
        with self.lock:
            if size > self.room // SHARE or key in self.answers:
                return
            self.answers[key] = self.copy(answer), size
            self.used += size
            while self.used > self.room:
                self.used -= self.answers.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.answers.clear()
            self.used = 0


def kept(room: int) -> Callable[[Callable[..., pd.DataFrame]], Kept[pd.DataFrame]]:
    """A decorator: keeps frames of the function up to so many bytes in all.

    Each asker has a copy: pandas keeps a note of every view ever taken of a frame.
    """
    return lambda make: Kept(make, room, of_frame, pd.DataFrame.copy)
