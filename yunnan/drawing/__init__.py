"""A table in; a figure, a sentence, a picture or a file out. Nothing here asks the database or draws a widget."""
