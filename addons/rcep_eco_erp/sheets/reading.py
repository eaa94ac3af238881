"""The cells of a sheet, from CSV or from JSON: one shape for both, and a clear refusal of all else."""

import csv
import io
import json
from decimal import Decimal, InvalidOperation

from .problem import SheetError

MOST_LINES = 5000
MOST_DIGITS = 15  # of a JSON number, before its point and behind it
LONGEST_BODY = 8 * 1024 * 1024  # bytes
CHARSETS = {"utf-8": "utf-8-sig", "utf8": "utf-8-sig", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def of_csv(content, columns, charset="utf-8"):
    """[(line number, {column: text})] of a table whose first line names its columns; empty lines are none.

    :param bytes content:
    :param columns: names that are known
    :raises SheetError: where it is no such table
    """
    if content.startswith(WORKBOOKS):
        raise SheetError("workbook")
    reader = csv.reader(io.StringIO(_decoded(content, charset), newline=""), strict=True)
    head, found, above = None, [], 0
    try:
        for read in reader:
            line, above = above + 1, reader.line_num  # a cell may hold line breaks
            cells = [cell.strip() for cell in read]
            if head is None:
                head = _head(cells, columns)
            elif any(cells):
                if len(cells) > len(head):
                    raise SheetError("cells_many", line=line, cells=len(cells), columns=len(head))
                found.append((line, dict(zip(head, cells, strict=False))))
                _check_many(found)
    except csv.Error as error:
        raise SheetError("no_csv", line=reader.line_num) from error
    if not found:
        raise SheetError("empty")
    return found


def of_json(content, columns):
    """The same of ``{"lines": [{column: text or number}, …]}``; lines are counted from one."""
    sent = parsed(content)
    if not isinstance(sent, dict) or sent.keys() != {"lines"} or not isinstance(sent["lines"], list):
        raise SheetError("no_lines")
    _check_many(sent["lines"])
    if not sent["lines"]:
        raise SheetError("empty")
    found = []
    for line, cells in enumerate(sent["lines"], start=1):
        if not isinstance(cells, dict):
            raise SheetError("no_object", line=line)
        _check_known(cells, columns, line)
        found.append((line, {column: as_text(column, value, line) for column, value in cells.items()}))
    return found


def parsed(content):
    """What JSON says, with its numbers as they are written; of two members of one name nobody knows which counts.

    :raises SheetError: where it is none
    """
    try:
        return json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise SheetError("no_json") from error


def of_file(content, columns):
    """As :func:`of_csv`, of a person's file: in UTF-8, else what a Chinese spreadsheet writes. A person looks at it."""
    try:
        return of_csv(content, columns)
    except SheetError as error:
        if error.problem.code != "charset":
            raise
    return of_csv(content, columns, "gb18030")


def _decoded(content, charset):
    codec = CHARSETS.get(charset.lower())
    if not codec:
        raise SheetError("charset_unknown", charset=charset[:40], known="utf-8, gb18030")
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise SheetError("charset", charset=charset) from error


def _head(names, columns):
    while names and not names[-1]:
        names.pop()
    _check_known(names, columns, 1)
    if twice := {name for name in names if names.count(name) > 1}:
        raise SheetError("column_twice", line=1, column=min(twice))
    return names


def _check_known(names, columns, line):
    """A column that nobody knows may be a misspelt one that counts."""
    for name in names:
        if name not in columns:
            raise SheetError("column_unknown", line=line, column=name[:40], known=", ".join(columns))


def _check_many(lines):
    if len(lines) > MOST_LINES:
        raise SheetError("many", most=MOST_LINES)


def as_text(column, value, line):
    """A text or a number of JSON as a cell.

    :raises SheetError: where it is neither
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise SheetError("no_cell", line=line, column=column)
    if not _is_writable(Decimal(value)):
        raise SheetError("no_cell", line=line, column=column)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _is_writable(number):
    """Whether its digits may be written out: 1e-999999999 has more than a machine holds."""
    return number.adjusted() < MOST_DIGITS and number.as_tuple().exponent >= -MOST_DIGITS


def _once(pairs):
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(_text):
    raise ValueError("no number")
