"""A cache of a function's results up to a number of bytes; the least recently used are dropped first."""

import functools
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

import pandas as pd

Answer = TypeVar("Answer")
OF_FRAME, OF_COLUMN = 10_000, 4_000  # bytes besides the values, measured: 20 rows of 5 columns take 30 kB
SHARE = 8  # a result larger than room / SHARE is not kept, as it would push out all others


def of_frame(frame: pd.DataFrame) -> int:
    """The bytes that a frame takes in memory."""
    return OF_FRAME + OF_COLUMN * len(frame.columns) + int(frame.memory_usage(deep=True).sum())


class Kept(Generic[Answer]):
    """A function with a cache of its results, by its positional arguments.

    room: bytes of all results kept. weigh: the bytes of one result. copy: makes what a caller gets from what is kept.
    """

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
        answer = self.make(*key)  # outside the lock: two callers may both compute it, but neither waits for the other
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
    """A decorator that keeps the frames a function returns, up to so many bytes in all.

    Each caller gets a copy, because pandas holds a reference to every view ever taken of a frame.
    """
    return lambda make: Kept(make, room, of_frame, pd.DataFrame.copy)


def made_once(room: int) -> Callable[[Callable[..., Answer]], Kept[Answer]]:
    """A decorator that keeps what a function of hashable arguments returns, up to so many pickled bytes in all.

    What it returns is shared by all callers, who must not change it; it may depend on its arguments alone.
    """
    return lambda make: Kept(make, room, lambda answer: len(pickle.dumps(answer)), lambda answer: answer)
