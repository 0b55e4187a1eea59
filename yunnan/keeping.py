"""Answers kept for whoever asks the same again: no more of them than so many bytes, the least used forgotten first."""

import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import pandas as pd

OF_FRAME, OF_COLUMN = 10_000, 4_000  # bytes beside the values: 20 rows of 5 columns take 30 kB, as measured
SHARE = 8  # an answer larger than this part of the room is not kept: it would push out all others


class Kept:
    """A function that makes frames, and the frames it has made."""

    def __init__(self, make: Callable[..., pd.DataFrame], room: int) -> None:
        functools.update_wrapper(self, make)
        self.make, self.room, self.used = make, room, 0
        self.frames: OrderedDict[Hashable, tuple[pd.DataFrame, int]] = OrderedDict()
        self.lock = Lock()

    def __call__(self, *asked: Hashable) -> pd.DataFrame:
        with self.lock:
            if asked in self.frames:
                self.frames.move_to_end(asked)
                return self.frames[asked][0].copy()  # pandas keeps a note of every view ever taken of a frame
        frame = self.make(*asked)  # two who ask at once both wait for the database, and one answer is kept
        self._keep(asked, frame, OF_FRAME + OF_COLUMN * len(frame.columns) + int(frame.memory_usage(deep=True).sum()))
        return frame

    def _keep(self, asked: Hashable, frame: pd.DataFrame, size: int) -> None:
        with self.lock:
            if size > self.room // SHARE or asked in self.frames:
                return
            self.frames[asked] = frame.copy(), size
            self.used += size
            while self.used > self.room:
                self.used -= self.frames.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.frames.clear()
            self.used = 0


def kept(room: int) -> Callable[[Callable[..., pd.DataFrame]], Kept]:
    """A decorator: keeps answers of the function up to so many bytes in all."""
    return functools.partial(Kept, room=room)
