"""Tables turned into charts, sentences, pictures and files. Nothing here draws a widget."""
