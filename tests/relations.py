"""Tables of counts and what must hold between their cells."""

from yunnan.publication.witnesses import Relations


def hold(values, known: Relations) -> bool:
    """Whether a table is true to all relations: written apart from the code under test."""
    for i, parent in enumerate(known.parents):
        if values[parent] != values[known.children[known.indptr[i] : known.indptr[i + 1]]].sum():
            return False
    for i, whole in enumerate(known.covers):
        if values[whole] > values[known.cover_parts[known.cover_indptr[i] : known.cover_indptr[i + 1]]].sum():
            return False
    return bool((values[known.larger] >= values[known.smaller]).all())
