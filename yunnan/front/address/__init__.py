"""Choices kept in the URL: the frame's as-of date, period and place, and the choices of single pages.

The URL decides. A widget is set from it before it is drawn and writes to it when it is changed; what Streamlit's menu
drops from the URL on a page switch is put back from the session, where it stands under kept_<name>. A value that does
not exist is replaced by the default, with a warning on the page.
"""
