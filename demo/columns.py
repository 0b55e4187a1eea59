"""Arrow columns out of numpy arrays, without a Python loop over the rows."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

NEVER = 2**30  # a date that does not come, in days since 1970: later than any as-of date, null in a column


def labels(codes: np.ndarray, words: Sequence[str]) -> pa.Array:
    """Words by code, dictionary-encoded; a code below zero is null."""
    kind = np.int8 if len(words) < 128 else np.int16 if len(words) < 32_768 else np.int32
    indices = pa.array(codes.astype(kind), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def texts(fixed: np.ndarray) -> pa.Array:
    """Strings from a numpy array of equally long bytes (dtype S)."""
    width = fixed.dtype.itemsize
    offsets = np.arange(len(fixed) + 1, dtype=np.int64) * width
    if offsets[-1] < 2**31:
        buffers = [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(np.ascontiguousarray(fixed))]
        return pa.Array.from_buffers(pa.string(), len(fixed), buffers)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(fixed))]
    return pa.Array.from_buffers(pa.large_string(), len(fixed), buffers)


def days(dates: np.ndarray) -> pa.Array:
    """Dates from days since 1970; NEVER is null."""
    return pa.array(dates.astype(np.int32), mask=dates >= NEVER).cast(pa.date32())


def numbers(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    """Whole numbers of this type; below zero is null."""
    return pa.array(values, mask=values < 0).cast(kind)


def flags(values: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Booleans; null where not known."""
    return pa.array(values.astype(bool), mask=None if valid is None else ~valid)


def money(cents: np.ndarray, precision: int = 16) -> pa.Array:
    """Yuan with two decimals from whole 分; below zero is null."""
    wide = np.empty((len(cents), 2), dtype=np.int64)
    wide[:, 0], wide[:, 1] = cents, 0
    validity = np.packbits(cents >= 0, bitorder="little")
    buffers = [pa.py_buffer(validity), pa.py_buffer(wide)]
    return pa.Array.from_buffers(pa.decimal128(precision, 2), len(cents), buffers)
