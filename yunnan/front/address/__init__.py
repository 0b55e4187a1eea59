"""Choices kept in the URL: the frame's as-of date, period and place, and the choices of single pages.

The URL is the truth. A widget is set from it before it is drawn and writes to it when it is changed; what the menu
drops from the URL on a page switch is put back from the session. A value that does not exist is said and replaced.
"""
