"""Synthetic unified social credit codes (GB 32100-2015): valid check digits, a body no real code has (YND...)."""

import numpy as np

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = np.array([pow(3, place, 31) for place in range(17)])
BODY_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])  # GB 11714
BODY_CHECK = "0123456789X"
LETTERS = np.array(list(ALPHABET))
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def codes(kinds: list[int], authorities: list[str], numbers: np.ndarray) -> list[str]:
    """One code an organization, from the kind digit (1 2 3 9), the registration authority and a counter."""
    heads = np.array([list(f"5{kind}{code}") for kind, code in zip(kinds, authorities, strict=True)])
    tail = LETTERS[numbers[:, None] // 31 ** np.arange(4, -1, -1) % 31]
    body = np.hstack([np.tile(list("YND"), (len(numbers), 1)), tail])
    whole = np.hstack([heads, body, body_check(body)[:, None]])
    return ["".join(letters) for letters in np.hstack([whole, check(whole)[:, None]])]


def body_check(body: np.ndarray) -> np.ndarray:
    """The ninth character of an organization code from its first eight (n x 8 letters)."""
    worth = np.vectorize(lambda letter: int(letter, 36), otypes=[np.int64])(body)
    return np.array(list(BODY_CHECK))[(11 - worth @ BODY_WEIGHTS % 11) % 11]


def check(letters: np.ndarray) -> np.ndarray:
    """The eighteenth character from the first seventeen (n x 17 letters)."""
    worth = np.vectorize(VALUES.__getitem__, otypes=[np.int64])(letters)
    return LETTERS[(31 - worth @ WEIGHTS % 31) % 31]
