"""Tables that users hand in, as CSV (UTF-8, GB 18030) or XLSX: rows with their line numbers, or one clear error."""

import csv
import io
import zipfile
import zlib

import openpyxl

from .. import origin

MOST_ROWS = 50_000
MOST_COLUMNS = 200  # that are looked at
LONGEST_CELL = 2000  # characters
UNPACKED = 64 * 1024 * 1024  # bytes of an XLSX without its compression: some kilobytes may unpack to gigabytes
XLSX_START = b"PK"
# What openpyxl and the parsers below it raise for a file that is none; errors of XML are errors of syntax.
NO_XLSX = (
    zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, TypeError, IndexError, OSError, EOFError,
    RuntimeError,
)  # fmt: skip


def read(content, columns):
    """The rows of a table whose first line names its columns.

    :param bytes content: of the file
    :param dict columns: {name: whether it must be there}
    :return: [(line number, {name: text})], without empty lines
    :raises OriginError: where the file is no table of these columns
    """
    lines = _of_xlsx(content) if content.startswith(XLSX_START) else _of_csv(content)
    if not lines:
        raise origin.OriginError("The file is empty.")
    head = [_text(cell) for cell in lines[0]]
    missing = [name for name, required in columns.items() if required and name not in head]
    if missing:
        raise origin.OriginError(f"The first line must name the columns; {', '.join(missing)} is missing.")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        row = {name: _text(cell) for name, cell in zip(head, line, strict=False) if name in columns}
        if any(len(text) > LONGEST_CELL for text in row.values()):
            raise origin.OriginError(f"Line {number} holds a text of more than {LONGEST_CELL} characters.")
        if any(row.values()):
            rows.append((number, {name: row.get(name, "") for name in columns}))
    if len(rows) > MOST_ROWS:
        raise origin.OriginError(f"The file has more than {MOST_ROWS} lines.")
    return rows


def _of_csv(content):
    try:
        return _bounded(
            [cell or None for cell in line[:MOST_COLUMNS]]
            for line in csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
        )
    except (UnicodeDecodeError, csv.Error) as error:
        raise origin.OriginError(f"The file is neither XLSX nor CSV in UTF-8: {error}.") from error


def _decoded(content):
    """The text of a file; what is no UTF-8 is what a Chinese spreadsheet writes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _of_xlsx(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:  # which never gives more of a part than it announces
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > UNPACKED:
            raise origin.OriginError(f"The file unpacks to more than {UNPACKED >> 20} MB: save less in it.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return _bounded(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True))
    except origin.OriginError:
        raise
    except NO_XLSX as error:
        raise origin.OriginError(f"The file cannot be read as XLSX: {error}.") from error


def _bounded(rows):
    """The rows as a list; below the last that is taken only empty ones may follow."""
    lines = []
    for row in rows:
        if len(lines) <= MOST_ROWS:
            lines.append(row)
        elif any(cell is not None for cell in row):
            raise origin.OriginError(f"The file has more than {MOST_ROWS} lines.")
    return lines


def _text(cell):
    """A cell as text; a code that the spreadsheet took for a number keeps its digits."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
