"""Production reports as an MES hands them in: read and checked, in plain Python. One form within, several outside."""

from . import b2mml, canonical, epcis, problem, reading, sheet

__all__ = ["b2mml", "canonical", "epcis", "problem", "reading", "sheet"]
