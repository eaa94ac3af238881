"""The feed of changes for programs of others: what it tells of which records, and where a reader stands in it."""

from . import cursor, facts
