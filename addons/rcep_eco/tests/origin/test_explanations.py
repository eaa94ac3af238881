"""Whatever the engine says, people can read: each step and each need has its sentence, and the facts for it."""

import ast
import itertools
import pathlib
import re

from odoo.tests import TransactionCase, tagged

from ... import origin
from ...models.origin.product import ROLES
from ...texts import explanations

ENGINE = pathlib.Path(origin.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _texts_in(node):
    """The texts that an expression may be: a text, or either branch of a choice."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _texts_in(node.body) | _texts_in(node.orelse)
    return set()


def _sentence(kind, position):
    """The texts that stand at a position of all calls of a class, in all of the engine's files."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in ENGINE.glob("*.py"))
    calls = (node for node in itertools.chain.from_iterable(map(ast.walk, trees)) if isinstance(node, ast.Call))
    named = [call for call in calls if getattr(call.func, "id", "") == kind]
    return set().union(*(_texts_in(call.args[position]) for call in named))


def _constants():
    """All texts that stand anywhere in the engine: a code may be handed on before it is said."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in ENGINE.glob("*.py"))
    nodes = itertools.chain.from_iterable(map(ast.walk, trees))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@tagged("post_install", "-at_install")
class TestSentences(TransactionCase):
    def test_every_kind_of_work_has_its_words(self):
        self.assertEqual(set(explanations.WORK), set(origin.case.PROCESS_KINDS))
        self.assertEqual(set(explanations.DEDUCTIONS), set(origin.case.DEDUCTIONS))
        step = origin.trace.Step("3.6", "work_minimal", {"kinds": "marking, packaging"}, False)
        self.assertIn("(Marking, labelling, Packaging for transport or sale)", explanations.of_step(self.env, step))

    def test_each_step_of_the_engine_has_a_sentence_and_no_sentence_is_left_over(self):
        by_role = {role for role, _label in ROLES} - {"material"}  # a material's role is its step's code
        self.assertLessEqual(_sentence("Step", 1) | by_role, set(explanations.STEPS))
        self.assertLessEqual(set(explanations.STEPS), _constants())

    def test_each_need_of_the_engine_has_words(self):
        self.assertLessEqual(_sentence("Need", 0) | {"value", "weight"}, set(explanations.NEEDS))
        self.assertEqual(set(origin.trace.EFFORT), set(explanations.NEEDS))

    def test_each_criterion_and_verdict_of_the_engine_has_a_name(self):
        self.assertEqual({code for code, _label in explanations.CRITERIA}, set(origin.determination.RECOMMENDED))
        words = {origin.verdict.ORIGINATING, origin.verdict.NOT_ORIGINATING, origin.verdict.UNRESOLVED}
        self.assertEqual(set(explanations.VERDICTS), words)

    def test_a_step_is_reported_with_its_facts(self):
        step = origin.trace.Step("Annex 3A", "rule", {"hs": "940511", "row": "94", "rule": "CTH OR RVC40"})
        result = explanations.of_step(self.env, step)
        self.assertEqual(result, "The rule for 940511 (row 94) is: CTH OR RVC40.")

    def test_a_fact_that_is_not_known_is_called_so(self):
        step = origin.trace.Step(
            "3.5.4", "material_foreign", {"material": "Chip", "hs": None, "origin": "", "value": None}
        )
        self.assertEqual(
            explanations.of_step(self.env, step),
            "Chip (HS not known) is non-originating, at not known.",
        )

    def test_what_is_missing_is_one_sentence(self):
        needs = (origin.trace.Need("value", "Chip"), origin.trace.Need("condition", "insects"))
        result = explanations.of_needs(self.env, needs)
        self.assertEqual(result, "What is missing: the value of Chip; an answer to: Is the good made of insects?.")
        self.assertEqual(explanations.of_needs(self.env, ()), "")

    def test_markup_in_a_name_stays_text(self):
        step = origin.trace.Step("3.12", "transport_packing", {"material": "<script>box</script>"}, None)
        verdict = origin.verdict.Verdict("originating", rule="CTH", trace=(step,))
        result = explanations.explanation(self.env, verdict)
        self.assertIn("&lt;script&gt;box", result)
        self.assertNotIn("<script>", result)

    def test_an_annex_is_named_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "rcep_eco")])._update_translations("zh_CN")
        chinese = self.env(context={"lang": "zh_CN"})
        self.assertEqual(explanations.of_article(chinese, "Annex 3A"), "附件 3A")
        self.assertEqual(explanations.of_article(chinese, "3.5.4"), "3.5.4")
