"""Minimal operations and processes (Art. 3.6), which override every other provision of the chapter."""

from .case import MINIMAL_OPERATIONS
from .trace import Step


def more_than_minimal(processes, is_party):
    """Whether the work done in the Parties was more than minimal.

    :param processes: :class:`.case.Process` records; none means that nothing is known
    :param is_party: function of a country code
    :return: (True | False, step); sufficient work is presumed where nothing is known
    """
    if not processes:
        return True, Step("3.6", "work_presumed", {}, None, interpretation=True)
    inside = [process for process in processes if is_party(process.party)]
    sufficient = any(process.kind not in MINIMAL_OPERATIONS for process in inside)
    facts = {"kinds": ", ".join(sorted({process.kind for process in inside}))}
    return sufficient, Step("3.6", "work_sufficient" if sufficient else "work_minimal", facts, sufficient)
