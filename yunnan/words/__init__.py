"""How values are written in Chinese: amounts, columns, names of places, errors of the disk."""
