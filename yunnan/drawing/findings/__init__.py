"""What the figures say, in sentences: chosen by rule from the data, never a cause.

A finding is a list of sentences, a sentence a list of parts: text, or a Figure that knows its evidence. The screen
makes links of the figures, plain() makes the text that is read out, printed and written into files.
"""
