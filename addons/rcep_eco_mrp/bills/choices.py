"""What a customer chooses without its being a variant: lines of a bill that hang on values of such attributes.

Where the choice is known it decides, as in Odoo; else every choice is decided, and a line never vanishes.
"""

import itertools
from collections import defaultdict

MOST = 64  # choices of one product that are decided one by one


class Choices:
    """The values that make no variant among those on which some lines, operations and by-products hang.

    :param values: lists of ids of values, ``product.template.attribute.value``
    :param chosen: ids of the values that were chosen
    """

    def __init__(self, env, values, chosen=()):
        self.env, self.chosen = env, frozenset(chosen)
        every = env["product.template.attribute.value"].browse(sorted({each for ids in values for each in ids}))
        self._free = frozenset(every.filtered(lambda value: value.attribute_id.create_variant == "no_variant").ids)
        self._lines = defaultdict(dict)  # by product: {number of a line: values on which it hangs}
        self._values = defaultdict(set)  # by product: values on which anything of it hangs
        self._now = {}  # by product: the choice under which its bill is looked at

    # --- what hangs on a choice --------------------------------------------------------------------------
    def free(self, ids):
        """Of some values those that make no variant."""
        return self._free.intersection(ids) if self._free else ()

    def without_free(self, ids):
        """The others, as records."""
        return self.env["product.template.attribute.value"].browse([each for each in ids if each not in self._free])

    def note(self, product_id, number, ids):
        """A line (by its number), operation or by-product of a product hangs on these values."""
        free = self.free(ids)
        if free:
            self._values[product_id] |= free
            if number is not None:
                self._lines[product_id][number] = free

    def concern(self, product_id):
        return product_id in self._values

    def lines_of(self, product_id):
        return self._lines[product_id]

    def holds(self, product_id, free):
        """Whether what hangs on some values is there under the choice that is looked at; Odoo's rule: any of them."""
        now = self._now.get(product_id)
        return not free or now is None or bool(now & free)

    # --- every choice ------------------------------------------------------------------------------------
    def each(self, product_id):
        """Yield the words of each choice, and look at the product's bill as under it meanwhile."""
        attributes = self._attributes(product_id)
        for values in itertools.product(*attributes.values()):
            self._now[product_id] = frozenset(value.id for value in values) if attributes else None
            yield ", ".join(value.display_name for value in values)
        self._now.pop(product_id, None)

    def is_open(self, product_id):
        """Whether more than one choice is left."""
        return any(len(values) > 1 for values in self._attributes(product_id).values())

    def are_too_many(self, product_id):
        count = 1
        for values in self._attributes(product_id).values():
            count *= len(values)
        return count > MOST

    def question(self, product_id):
        """The words of the question that is open: each attribute with its values."""
        asked = [
            f"{attribute.name} ({' / '.join(value.name for value in values)})"
            for attribute, values in self._attributes(product_id).items()
            if len(values) > 1
        ]
        return "; ".join(asked)

    def _attributes(self, product_id):
        """{attribute: values that may be chosen}, of those on which anything of the product hangs."""
        if product_id not in self._values:
            return {}
        dependent = self.env["product.template.attribute.value"].browse(sorted(self._values[product_id]))
        found = {}
        for attribute_line in dependent.attribute_line_id.sorted("id"):
            values = attribute_line.product_template_value_ids.filtered("ptav_active")
            chosen = values.filtered(lambda value: value.id in self.chosen)
            found[attribute_line.attribute_id] = chosen or values
        return found
