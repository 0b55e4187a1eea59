"""Tables and views -> files. Pure: a table in, bytes out."""
