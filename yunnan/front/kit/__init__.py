"""Pieces that pages of several sections share. They draw what they are given."""
