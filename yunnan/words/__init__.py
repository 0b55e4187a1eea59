"""How things are written: amounts, columns, names of places, and what the disk complains of."""
