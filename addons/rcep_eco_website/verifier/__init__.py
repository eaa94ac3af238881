"""The page that checks a code on the reader's own device: its words, and its one file for offices without a network."""

from . import page, words

__all__ = ["page", "words"]
