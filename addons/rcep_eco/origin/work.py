"""Art. 3.2 and 3.6, production in a Party and minimal operations: where a good was produced.

Text: RCEP Agreement, Chapter 3, Articles 3.2 and 3.6.

Every gate of Art. 3.2 asks for production *in a Party*. Processes stand in the order of the work. What leaves the place
where it was made and is worked on elsewhere is another product there: its origin is not that of its materials.
"""

from functools import lru_cache
from typing import NamedTuple

from .case import MINIMAL_OPERATIONS
from .trace import Need, Step


class Work(NamedTuple):
    """What the stated work says of a good.

    :param stated: whether any is; where none is, more than minimal work in the exporting Party is presumed
    :param outside: the State outside the Parties that did the last work that made the good, or None
    :param places: the Parties of work that is more than minimal, each once, in order
    :param earlier: places of such work from which the good, unfinished, went on to another
    """

    stated: bool = False
    outside: str | None = None
    places: tuple = ()
    earlier: tuple = ()

    @property
    def sufficient(self):
        """Whether work in the Parties was more than minimal."""
        return bool(self.places) or not self.stated

    def elsewhere(self, home):
        """The one Party in which all such work was done, where that is not ``home``; else None."""
        return self.places[0] if len(self.places) == 1 and self.places[0] != home else None

    def intermediates(self):
        """What would tell whether a good that was worked on in several places originates."""
        return tuple(Need("intermediate", place) for place in self.earlier)


PRESUMED = Work()


def of(processes, parties, minimal=frozenset(MINIMAL_OPERATIONS)):
    """The :class:`Work` that processes tell.

    :param processes: :class:`.case.Process` records, in the order of the work
    :param frozenset parties: codes of the Parties
    :param frozenset minimal: the kinds of work that are not enough under the agreement
    """
    return _of(processes, parties, minimal) if processes else PRESUMED


@lru_cache(maxsize=4096)
def _of(processes, parties, minimal):
    making = [process.party for process in processes if process.kind not in minimal]
    if making:
        last = making[-1]
        earlier = tuple(dict.fromkeys(place for place in making if place != last))
        places = tuple(dict.fromkeys(place for place in making if place in parties))
        return Work(True, None if last in parties else last, places, earlier)
    inside = any(process.party in parties for process in processes)
    return Work(True, None if inside else processes[-1].party)


def steps(work, processes, parties):
    """Tell what the determination saw of the work."""
    if not work.stated:
        yield Step("3.6", "work_presumed", {}, None, interpretation=True)
        return
    if work.outside:
        yield Step("3.2", "work_outside", {"state": work.outside}, False)
        return
    kinds = sorted({process.kind for process in processes if process.party in parties})
    code = "work_sufficient" if work.sufficient else "work_minimal"
    yield Step("3.6", code, {"kinds": ", ".join(kinds)}, work.sufficient)
    for place in work.earlier:
        yield Step("3.2", "work_in_several_places", {"state": place}, None)
