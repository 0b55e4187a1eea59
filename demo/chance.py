"""Reproducible random numbers, exact splitting of totals, and keys and codes made from counters."""

import zlib
from collections.abc import Sequence

import numpy as np

SEED = 20200730  # the day the source article appeared
DIGITS = np.frombuffer(b"0123456789", dtype=np.uint8)
HEX_PAIRS = np.array([f"{value:02x}" for value in range(256)], dtype="S2")


def stream(name: str) -> np.random.Generator:
    """The random generator of this name; it gives the same numbers in every run, independently of other generators."""
    return np.random.Generator(np.random.PCG64([SEED, zlib.crc32(name.encode())]))


def split(total: int, weights: np.ndarray) -> np.ndarray:
    """Integers that add up to the total, in proportion to the weights (largest remainder, first wins a tie)."""
    weights = np.asarray(weights, dtype=np.float64)
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    missing = int(total - parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:missing]] += 1
    return parts


def split_positive(total: int, weights: np.ndarray) -> np.ndarray:
    """As split(), every part at least 1."""
    assert total >= len(weights), f"{total} cannot be split into {len(weights)} positive parts"
    return split(total - len(weights), weights) + 1


def heaped(total: int, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As split_positive(), but most parts are round numbers, as in real records; a few parts take up the difference."""
    exact = split_positive(total, weights)
    tens = 10 ** np.floor(np.log10(exact)).astype(np.int64)
    luck = rng.random(len(exact))
    grain = np.select([luck < 0.3, luck < 0.62, luck < 0.8, luck < 0.92], [tens // 2, tens // 10, 10_000, 100], 1)
    parts = np.maximum(np.round(exact / np.maximum(grain, 1)) * grain, np.maximum(grain, 1)).astype(np.int64)
    rest = total - int(parts.sum())
    order = np.lexsort((-exact, luck < 0.92))
    held = np.cumsum(parts[order])
    able = (held >= 2 * abs(rest)) & (held + rest > np.arange(len(held)))
    takes = order[: int(np.argmax(able)) + 1] if able.any() else order
    parts[takes] = split_positive(int(parts[takes].sum()) + rest, exact[takes])
    return parts


def ranks(groups: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random place within its group for every element, evenly spread over 0..1 (so that quotas hold)."""
    order = np.lexsort((rng.random(len(groups)), groups))
    starts, sizes = _runs(groups[order])
    place = np.empty(len(groups))
    place[order] = (np.arange(len(groups)) - np.repeat(starts, sizes) + 0.5) / np.repeat(sizes, sizes)
    return place


def positions(groups: np.ndarray) -> np.ndarray:
    """0, 1, 2 ... within each run of equal neighbours."""
    starts, sizes = _runs(groups)
    return np.arange(len(groups)) - np.repeat(starts, sizes)


def pick(rng: np.random.Generator, shares: Sequence[float] | np.ndarray, size: int) -> np.ndarray:
    """Indices 0..k-1, drawn with these shares."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right").clip(max=len(edges) - 1)


def within(rng: np.random.Generator, first: np.ndarray | int, last: np.ndarray | int, size: int) -> np.ndarray:
    """Days drawn evenly from first to last, both included; last wins where it is before first."""
    first, last = np.broadcast_to(first, size), np.broadcast_to(last, size)
    drawn = first + np.floor(rng.random(size) * (last - first + 1)).astype(np.int64)
    return np.where(last < first, last, drawn)


def hashed_keys(counters: np.ndarray) -> np.ndarray:
    """16 hex characters a counter (splitmix64), in place of the HMAC of an identity number; dtype S16."""
    with np.errstate(over="ignore"):
        value = counters.astype(np.uint64) + np.uint64(SEED)
        value = (value + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        value = value ^ (value >> np.uint64(31))
    pairs = HEX_PAIRS[value.astype(">u8").view(np.uint8).reshape(-1, 8)]
    return np.ascontiguousarray(pairs).view("S16").ravel()


def numbered(prefix: str, numbers: np.ndarray, width: int) -> np.ndarray:
    """Identifiers such as F000123; dtype S."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    text = np.empty((len(numbers), 1 + width), dtype=np.uint8)
    text[:, 0] = ord(prefix)
    text[:, 1:] = DIGITS[numbers[:, None] // powers % 10]
    return text.view(f"S{1 + width}").ravel()


def _runs(sorted_groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(start, size) of every run of equal neighbours."""
    if not len(sorted_groups):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
    return starts, np.diff(np.r_[starts, len(sorted_groups)])
