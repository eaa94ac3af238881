"""A folder into which an MES writes files of reports, and the folders below it into which they go.

A file is claimed before it is read: renamed into ``taking``, where the MES does not write, so that another of its name
that comes meanwhile is another file. What is in ``taking`` was claimed by a run that ended early; it is read again.
"""

from __future__ import annotations

import datetime as dt
import pathlib
import secrets

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.link.folder_access import IN

TAKING, DONE, REFUSED = "taking", "done", "refused"
BELOW = (TAKING, DONE, REFUSED)
SETTLED = dt.timedelta(seconds=30)  # a file that is younger may still be written
LONGEST = 16 * 1024 * 1024  # bytes of a file, as of a body by HTTP
UNFINISHED = (".part", ".tmp", ".temp", ".filepart", ".crdownload", link.folder_access.WRITING)
STEM, SUFFIX = 50, 10  # characters that are kept of a name: with what is added it fits any disk


class ReportTray(link.folder_access.Place):
    """The folder of one plant.

    :param root: where the MES writes
    """

    def __init__(self, root: str):
        super().__init__(link.local_files.LocalFiles(), root, {part: part for part in BELOW})

    def folder(self, part: str) -> str:
        return self._root if part == IN else super().folder(part)

    def prepare(self) -> None:
        """Have the folders below it there.

        :raises NotSent: where that cannot be
        """
        next(self.entries(IN), None)  # a folder that is gone is not made anew
        for part in BELOW:
            with self._writing(part):
                pathlib.Path(self.folder(part)).mkdir(exist_ok=True)

    def claimed(self) -> list[str]:
        """Names in ``taking`` of what an earlier run did not bring to its end."""
        return sorted(entry.name for entry in self.entries(TAKING))

    def settled(self) -> list[str]:
        """Names of the files that are written to the end, the oldest first."""
        now = dt.datetime.now(dt.timezone.utc)
        whole = [each for each in self.entries(IN) if not _is_unfinished(each.name) and now - each.changed > SETTLED]
        return [entry.name for entry in sorted(whole, key=lambda each: (each.changed, each.name))]

    def claim(self, name: str) -> str | None:
        """Have a file in ``taking``.

        :return: its name there; None where somebody else took it
        """
        mine = f"{secrets.token_hex(4)}-{_cut(name)}"
        return mine if self._bring(IN, name, TAKING, mine) else None

    def content(self, claimed: str) -> bytes | None:
        """What a claimed file holds; None where it is longer than what is read.

        :raises Away: it cannot be read now
        """
        content = self.fetch(TAKING, claimed, LONGEST)
        return content if len(content) <= LONGEST else None

    def shelve(self, claimed: str, content: bytes | None, why: str = "") -> None:
        """Put a claimed file to the others that were taken in, or refused with a text beside it that says why.

        Its name bears the beginning of its fingerprint: another of the same name lies beside it.
        """
        name = pathlib.PurePath(claimed.partition("-")[2])
        mark = claimed.partition("-")[0] if content is None else link.canonical.digest(content)[:12]
        kept = f"{name.stem}.{mark}{name.suffix}"
        if why:
            self.put(REFUSED, f"{kept}.txt", f"{why}\n".encode())
        self._bring(TAKING, claimed, REFUSED if why else DONE, kept)

    def _bring(self, part, name, to_part, to_name):
        before, after = self._path(part, name), self._path(to_part, to_name)
        with self._writing(to_part):
            try:
                self._files.rename(before, after)
            except FileNotFoundError:
                if self._files.is_folder(self.folder(part)) and self._files.is_folder(self.folder(to_part)):
                    return False
                raise
        return True


def _is_unfinished(name):
    """Whether it is a name of files that are still written, or of none that an MES hands in.

    >>> [_is_unfinished(each) for each in ("r.json", ".r.json", "r.json.part", "r.TMP", "~$r.xlsx")]
    [False, True, True, True, True]
    """
    return name.startswith((".", "~")) or name.lower().endswith(UNFINISHED)


def _cut(name):
    """A name that is short enough to be added to.

    >>> len(_cut("r" * 200 + ".json"))
    55
    """
    path = pathlib.PurePath(name)
    return f"{path.stem[:STEM]}{path.suffix[:SUFFIX]}"
