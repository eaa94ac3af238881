"""What a page's template reads, by its expressions: fields and methods of records, and values that it is given."""

import ast
import builtins
import re

from lxml import etree

CALLED = re.compile(r"\{\{(.+?)\}\}|#\{(.+?)\}")
# Of a loop, of the frame of each page, or of Odoo's own pages.
OF_QWEB = re.compile(r".+_(index|first|last|size|value|odd|even|parity)|request|html_data|json|datetime|hasattr|env")
OF_RECORDSETS = {"filtered", "mapped", "sorted", "grouped", "filtered_domain"}


def read_by(env, template, records):
    """Return ``{"model.field", "model.method()", "value"}`` of a template and of those that it calls.

    :param dict records: ``{name in the template: model}``; a name that is none of them is a value
    """
    reader = _Reader(env, dict(records))
    reader.template(template)
    return reader.found


class _Reader:
    def __init__(self, env, names):
        self.env, self.names, self.found, self.seen, self.own = env, names, set(), set(), set()

    def template(self, template):
        if template in self.seen or not template.startswith("rcep"):
            return
        self.seen.add(template)
        arch = re.sub(r"^<\?xml.*?\?>", "", self.env.ref(template).arch)
        for element in etree.fromstring(arch).iter(etree.Element):
            self._element(element)

    def _element(self, element):
        for name, text in element.attrib.items():
            if name == "t-call":
                for values in element.findall("t[@t-set]"):  # what is set in a call is for what is called
                    self._element(values)
                for called in re.findall(r"rcep\w+\.\w+", text):
                    self.template(called)
            elif name.startswith("t-attf-") or name == "t-valuef":
                for found in CALLED.findall(text):
                    self._expression(next(filter(None, found)))
            elif name == "t-foreach":
                found = self._expression(text)
                self.names[element.get("t-as")] = found or self.names.get(element.get("t-as"))
                self.own.add(element.get("t-as"))
            elif name == "t-set":
                self.own.add(text)
                if element.get("t-value"):
                    self.names[text] = self._expression(element.get("t-value"))
            elif name in ("t-out", "t-esc", "t-field", "t-if", "t-elif") or (
                name.startswith("t-att") and name != "t-attributes"
            ):
                self._expression(text)

    def _expression(self, text):
        return self._type(ast.parse(text.strip(), mode="eval").body)

    def _type(self, node):
        """The model of what an expression gives, or None; what it reads on the way is found."""
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Lambda):
            return self._type(node.body)
        if isinstance(node, ast.Subscript):
            self._type(node.slice)
            return self._type(node.value)
        types = [self._type(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        return next(filter(None, types), None) if isinstance(node, (ast.BoolOp, ast.IfExp)) else None

    def _name(self, name):
        model = self.names.get(name)
        if not model and name not in self.own and not hasattr(builtins, name) and not OF_QWEB.fullmatch(name):
            self.found.add(name)
        return model

    def _attribute(self, node):
        model = self._type(node.value)
        if not model:
            return None
        field = self.env[model]._fields.get(node.attr)
        if field is not None:
            self.found.add(f"{model}.{node.attr}")
            return field.comodel_name if field.relational else None
        return None

    def _path(self, model, path):
        for name in path.split("."):
            self.found.add(f"{model}.{name}")
            model = self.env[model]._fields[name].comodel_name if self.env[model]._fields[name].relational else None
        return model

    def _call(self, node):
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if isinstance(node.func, ast.Attribute):
            model, name = self._type(node.func.value), node.func.attr
            if model and name in OF_RECORDSETS:
                for argument in arguments:
                    if isinstance(argument, ast.Lambda):
                        self.names |= {each.arg: model for each in argument.args.args}
                        self.own |= {each.arg for each in argument.args.args}
                    elif isinstance(argument, ast.Constant):
                        model = self._path(model, argument.value)
                for argument in arguments:
                    self._type(argument)
                return model
            if model:
                self.found.add(f"{model}.{name}()")
        else:
            self._type(node.func)
        for argument in arguments:
            self._type(argument)
        return None
