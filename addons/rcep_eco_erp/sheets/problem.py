"""What is wrong with a sheet: line, column, a code and its facts; ``texts`` has the sentence."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong.

    :param line: as the sender counts it; 0 where it is the whole sheet
    :param column: empty where it is the whole line
    """

    line: int
    column: str
    code: str
    facts: dict = {}


class SheetError(Exception):
    """A sheet that cannot be read at all.

    :ivar problem: :class:`Problem`
    """

    def __init__(self, code, line=0, **facts):
        self.problem = Problem(line, "", code, facts)
        super().__init__(f"{code} {facts}" if facts else code)


class CellError(Exception):
    """A cell that does not hold what its column takes."""

    def __init__(self, code, **facts):
        self.code, self.facts = code, facts
        super().__init__(f"{code} {facts}" if facts else code)
