"""A case of RCEP as one of another agreement: the same good and work, with what originates there and nothing else.

What originates under one agreement need not under another. So of RCEP's evidence nothing is taken over: a material
originates where its supplier declares it for this agreement, and is of undetermined origin otherwise.
"""

import datetime

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.cases import case_builder


def case_of(dossier, fetch, declared, importer=None):
    """The case of a dossier as another agreement has it.

    :param dossier: JSON, of a good that is decided by what it is made of
    :param fetch: function of a hash that gives the dossier of an own part
    :param declared: {id of a product: code of the Party in which it originates under the agreement}
    :param importer: code of the importing Party
    :return: :class:`origin.Case`, whole
    """
    date = datetime.date.fromisoformat(dossier["case"]["date"])
    return as_under(case_builder.opened(origin.read_case(dossier["case"], today=date), fetch), declared, importer)


def as_under(case, declared, importer=None):
    """A whole case of RCEP as another agreement has it; parameters as of :func:`case_of`."""
    good = origin.record(origin.Good, {**vars(case.good), "in_importer_appendix": None})
    values = {"good": good, "materials": _materials(case.materials, declared), "importing_party": importer}
    return origin.record(origin.Case, {**vars(case), **values, "conditions": None})


def products_in(dossier, fetch):
    """Ids of the products that are materials of a dossier, however deep."""
    date = datetime.date.fromisoformat(dossier["case"]["date"])
    return ids_in(case_builder.opened(origin.read_case(dossier["case"], today=date), fetch))


def ids_in(case):
    """Ids of the products that are materials of a whole case."""
    return set(_ids(case.materials))


def _ids(materials):
    for material in materials:
        if material.self_produced is not None:
            yield from _ids(material.self_produced.materials)
        found = case_builder.product_id_of(material.ref)
        if found:
            yield found


def _materials(materials, declared):
    return tuple(_material(each, declared) for each in materials)


def _material(material, declared):
    own = material.self_produced
    if own is not None:
        inside = origin.record(origin.SelfProduced, {**vars(own), "materials": _materials(own.materials, declared)})
        return origin.record(origin.Material, {**vars(material), "self_produced": inside, "originating": None})
    party = declared.get(case_builder.product_id_of(material.ref))
    changes = {"originating": True, "origin": party} if party else {"originating": None}
    return origin.record(origin.Material, {**vars(material), **changes})
