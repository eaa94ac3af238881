"""One good by each way: verdict, rate and duty of every agreement beside MFN; the cheapest proven way, and the next."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from ..agreement.decided_under import Answer as Verdict
from ..rates.rate_lookup import MFN, UNKNOWN, Answer

FAILS = "not_originating"
# How a way stands, from what may be relied on to what may not.
PROVEN, TO_CHECK, OPEN, NO_GAIN, COSTS_MORE, CLOSED, NO_RATE = (
    "proven", "to_check", "open", "no_gain", "costs_more", "closed", "no_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A way into the importing Party.

    :param agreement: rcep.agreement; empty for no certificate at all
    :param duty: in money; None where the rate or the value is not known, which is not zero
    :param saving: against MFN; None where either is not known; negative where a certificate costs money
    """

    agreement: object
    verdict: Verdict
    rate: Answer
    duty: Decimal | None
    saving: Decimal | None
    standing: str


@dataclass
class Compared:
    """A good with its ways, that without a certificate first."""

    good: object
    code: str
    warning: str = ""
    ways: list = field(default_factory=list)

    @property
    def mfn(self):
        return self.ways[0]

    @property
    def needs_no_certificate(self):
        """Whether the duty is zero for everybody, for certain."""
        return self.mfn.rate.is_certain and not self.mfn.rate.rate

    @property
    def best(self):
        """The proven way with the lowest rate; where two are alike that without a certificate. None: none is proven."""
        proven = [way for way in self.ways if way.standing == PROVEN]
        return min(proven, key=lambda way: way.rate.rate, default=None)

    @property
    def next(self):
        """The cheaper way of which something is missing; None where there is none."""
        lower = [way for way in self.ways if way.standing in (TO_CHECK, OPEN) and way.rate.rate is not None
                 and (not self.best or way.rate.rate < self.best.rate.rate)]  # fmt: skip
        return min(lower, key=lambda way: way.rate.rate, default=None)

    @property
    def saving(self):
        """What the best way saves for certain; None where that is not known."""
        return self.best.saving if self.best and self.mfn.standing == PROVEN else None


def compare(env, goods):
    """Each good by each way, with one look-up of rates for all.

    :param goods: [:class:`.duty_goods.Good`] of one company, Party and day
    :return: [:class:`Compared`]
    """
    if not goods:
        return []
    first = goods[0]
    agreements = list(env["rcep.agreement"].search([]))
    products = env["product.product"].union(*(good.product for good in goods))
    national = env["rcep.national.code"]._of(products, first.party, first.date)
    codes = {product: national[product].code if product in national else product._rcep_hs6() or ""
             for product in products}  # fmt: skip
    exporter = first.company.country_id
    keys = [(first.party, agreement, codes[product], exporter) for agreement in (MFN, *agreements)
            for product in products]  # fmt: skip
    rates = env["rcep.rate"]._rates(keys, first.date)
    verdicts = {agreement: agreement._verdict_under(goods) for agreement in agreements}
    result = []
    for index, good in enumerate(goods):
        code = codes[good.product]
        one = Compared(good, code, _code_warning(env, good, code))
        mfn = rates[first.party, MFN, code, exporter]
        one.ways.append(_without(env, good, mfn))
        one.ways += [
            _way(agreement, verdicts[agreement][index], rates[first.party, agreement, code, exporter], good, mfn)
            for agreement in agreements
            if agreement._is_open_to(first.party.country_id, first.date)
        ]
        result.append(one)
    return result


def _code_warning(env, good, code):
    """What customs would see: a national line of another subheading than box 9 has."""
    own = (good.certified and good.certified._hs6()) or good.product._rcep_hs6() or ""
    if not code or code[:6] == own:
        return ""
    return env._(
        "%(party)s has the good under %(code)s, box 9 would say %(own)s: the certificate is refused where they differ.",
        party=good.party.display_name, code=code, own=own or "?",
    )  # fmt: skip


def _without(env, good, rate):
    standing = PROVEN if rate.is_certain else TO_CHECK if rate.rate is not None else NO_RATE
    duty = duty_of(good, rate)
    saving = None if duty is None else Decimal(0)
    return Way(env["rcep.agreement"], Verdict("originating"), rate, duty, saving, standing)


def _way(agreement, verdict, rate, good, mfn):
    duty, without = duty_of(good, rate), duty_of(good, mfn)
    saving = None if duty is None or without is None else without - duty
    return Way(agreement, verdict, rate, duty, saving, _standing(verdict, rate, mfn))


def _standing(verdict, rate, mfn):
    """How a way under an agreement stands; only what is proven is counted."""
    if rate.rate is None:
        return NO_RATE
    if mfn.rate is not None and rate.rate >= mfn.rate:
        return COSTS_MORE if rate.rate > mfn.rate else NO_GAIN
    if verdict.verdict == FAILS:
        return CLOSED
    if verdict.verdict != "originating":
        return OPEN
    return PROVEN if rate.is_certain and mfn.is_certain else TO_CHECK


def duty_of(good, rate):
    """The duty in the company's currency; None where it is not known."""
    if rate.rate is None or good.value is None or rate.status == UNKNOWN:
        return None
    cent = Decimal(1).scaleb(-good.company.currency_id.decimal_places)
    return (good.value * rate.rate / 100).quantize(cent, ROUND_HALF_UP)
