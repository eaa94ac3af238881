"""Minimal operations and processes (Art. 3.6), which override every other provision of the chapter."""

from .case import MINIMAL_OPERATIONS
from .trace import Step


def more_than_minimal(processes, parties):
    """Whether the work done in some Parties was more than minimal; presumed where no work is recorded.

    :param processes: :class:`.case.Process` records
    :param parties: the codes of those Parties
    """
    if not processes:
        return True
    return any(process.kind not in MINIMAL_OPERATIONS for process in processes if process.party in parties)


def step(processes, parties):
    """Tell what :func:`more_than_minimal` looked at."""
    if not processes:
        return Step("3.6", "work_presumed", {}, None, interpretation=True)
    kinds = sorted({process.kind for process in processes if process.party in parties})
    sufficient = more_than_minimal(processes, parties)
    return Step("3.6", "work_sufficient" if sufficient else "work_minimal", {"kinds": ", ".join(kinds)}, sufficient)
