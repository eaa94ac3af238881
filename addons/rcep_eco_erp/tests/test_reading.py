"""Cells are read or refused; nothing is guessed."""

import json
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..sheets import SheetError, cells, lines, reading
from ..sheets.lines import Column

COLUMNS = {
    "code": Column(cells.text, needed=True),
    "price": Column(cells.number),
    "from": Column(cells.day),
    "sold": Column(cells.yes_or_no),
}


@tagged("post_install", "-at_install")
class TestReading(BaseCase):
    def codes(self, row):
        _lines, problems = lines.read([(2, {"code": "A", **row})], COLUMNS, ("code",))
        return [(each.column, each.code) for each in problems]

    def refused(self, read, *told):
        with self.assertRaises(SheetError) as caught:
            read(*told)
        return caught.exception.problem.code

    def test_what_a_cell_may_not_hold(self):
        for row, column, code in (
            ({"price": "1,5"}, "price", "comma"),
            ({"price": "1.234,50"}, "price", "comma"),
            ({"price": "1,234.50"}, "price", "comma"),
            ({"price": "ten"}, "price", "no_number"),
            ({"price": "１２"}, "price", "no_number"),
            ({"price": "1e3"}, "price", "no_number"),
            ({"price": "1_000"}, "price", "no_number"),
            ({"price": "-1"}, "price", "formula"),
            ({"price": "9" * 13}, "price", "no_number"),
            ({"code": "=1+1"}, "code", "formula"),
            ({"code": "@SUM(A1)"}, "code", "formula"),
            ({"code": "+A1"}, "code", "formula"),
            ({"code": "A\x00B"}, "code", "unprintable"),
            ({"code": "A\nB"}, "code", "unprintable"),
            ({"code": "A" * 201}, "code", "long"),
            ({"code": ""}, "code", "missing"),
            ({"from": "11/12/2026"}, "from", "no_day"),
            ({"from": "2026-02-30"}, "from", "no_day"),
            ({"from": "20261120"}, "from", "no_day"),
            ({"sold": "1"}, "sold", "not_among"),
        ):
            with self.subTest(row):
                self.assertEqual(self.codes(row), [(column, code)])

    def test_two_lines_of_one_key_are_an_error_of_the_second(self):
        _lines, problems = lines.read([(2, {"code": "A"}), (3, {"code": "A"})], COLUMNS, ("code",))
        self.assertEqual([(each.line, each.code, each.facts["other"]) for each in problems], [(3, "twice", 2)])

    def test_csv_and_json_are_one(self):
        told = reading.of_csv(b"code,price\r\nA,1.50\r\n\r\nB,\r\n", COLUMNS)
        self.assertEqual(told, [(2, {"code": "A", "price": "1.50"}), (4, {"code": "B", "price": ""})])
        same = reading.of_json(b'{"lines": [{"code": "A", "price": 1.50}, {"code": "B", "price": null}]}', COLUMNS)
        self.assertEqual([row for _line, row in same], [row for _line, row in told])
        found, _problems = lines.read(told, COLUMNS, ("code",))
        self.assertEqual(found[0].values, {"code": "A", "price": Decimal("1.50")})

    def test_a_line_is_counted_as_the_file_has_it(self):
        told = reading.of_csv(b'code,price\n"A\nB",1\nC,2\n', COLUMNS)
        self.assertEqual([line for line, _row in told], [2, 4])

    def test_encodings_are_named_or_refused(self):
        chinese = "code\n电机\n"
        for charset, content in (("utf-8", chinese.encode("utf-8-sig")), ("gbk", chinese.encode("gbk"))):
            self.assertEqual(reading.of_csv(content, COLUMNS, charset), [(2, {"code": "电机"})])
            self.assertEqual(reading.of_file(content, COLUMNS), [(2, {"code": "电机"})])
        self.assertEqual(self.refused(reading.of_csv, chinese.encode("gbk"), COLUMNS), "charset")
        self.assertEqual(self.refused(reading.of_csv, b"code\nA\n", COLUMNS, "latin-1"), "charset_unknown")
        self.assertEqual(self.refused(reading.of_file, b"code\n\xff\xff\n", COLUMNS), "charset")
        self.assertEqual(self.refused(reading.of_csv, chinese.encode("utf-16"), COLUMNS), "charset")

    def test_what_is_no_sheet(self):
        for content, code in (
            (b"PK\x03\x04...", "workbook"),
            (b"", "empty"),
            (b"code,price\r\n", "empty"),
            (b"code,colour\r\nA,red\r\n", "column_unknown"),
            (b"code;price\r\nA;1\r\n", "column_unknown"),
            (b"code,code\r\nA,B\r\n", "column_twice"),
            (b"code\r\nA,1\r\n", "cells_many"),
            (b'code\r\n"A\r\n', "no_csv"),
            (b"code\n" + b"A\n" * 5001, "many"),
        ):
            with self.subTest(content[:20]):
                self.assertEqual(self.refused(reading.of_csv, content, COLUMNS), code)

    def test_what_is_no_json(self):
        for content, code in (
            (b"{", "no_json"),
            (b"\xff", "no_json"),
            (b'{"lines": [{"code": "A", "code": "B"}]}', "no_json"),
            (b'{"lines": [{"price": NaN}]}', "no_json"),
            (b"[" * 100000, "no_json"),
            (b"[]", "no_lines"),
            (b'{"lines": [], "kind": "items"}', "no_lines"),
            (b'{"lines": []}', "empty"),
            (b'{"lines": [1]}', "no_object"),
            (b'{"lines": [{"colour": "red"}]}', "column_unknown"),
            (b'{"lines": [{"code": true}]}', "no_cell"),
            (b'{"lines": [{"code": ["A"]}]}', "no_cell"),
            (b'{"lines": [{"price": 1e99999}]}', "no_cell"),
            (b'{"lines": [{"price": 1e9999999}]}', "no_cell"),
            (b'{"lines": [{"price": 1e-99999999999}]}', "no_cell"),
            (b'{"lines": [{"price": 1e9999999999999999999999}]}', "no_json"),
            (b'{"lines": [{"price": 1e-9999999999999999999999}]}', "no_json"),
            (json.dumps({"lines": [{}] * 5001}).encode(), "many"),
        ):
            with self.subTest(content[:30]):
                self.assertEqual(self.refused(reading.of_json, content, COLUMNS), code)
