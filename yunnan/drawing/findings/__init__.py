"""Findings: sentences that describe the figures of a page, chosen from the data by rule; they never name a cause.

A finding is a list of sentences, a sentence a list of parts: text, or a Figure, which names the page that proves it.
The screen makes a link of each Figure; plain() makes the text that is printed and written into files.
"""
