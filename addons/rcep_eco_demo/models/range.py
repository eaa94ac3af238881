"""The rest of what the demo firm sells: each good is made like one of its five, at a price and a size of its own."""

from typing import NamedTuple

from odoo import api, models


class Good(NamedTuple):
    """One good of the range, by what it takes of the materials of the good that it is made like."""

    code: str
    name: str
    name_zh: str
    price: float
    factor: float


MODULE = "rcep_eco_demo"
# By the good that they are made like, and its bill or none: the fields of :class:`Good`.
RANGE = {
    ("good_hinge", "bom_hinge"): (
        ("YJ-H90", "Soft-closing cabinet hinge 90°", "缓冲柜门铰链 90°", 4.10, 0.90),
        ("YJ-H95", "Soft-closing cabinet hinge 95°", "缓冲柜门铰链 95°", 4.20, 0.94),
        ("YJ-H105", "Soft-closing cabinet hinge 105°", "缓冲柜门铰链 105°", 4.45, 0.98),
        ("YJ-H120", "Soft-closing cabinet hinge 120°", "缓冲柜门铰链 120°", 4.95, 1.06),
        ("YJ-H135", "Wide-angle cabinet hinge 135°", "大角度柜门铰链 135°", 5.60, 1.25),
        ("YJ-H155", "Wide-angle cabinet hinge 155°", "大角度柜门铰链 155°", 6.90, 1.50),
        ("YJ-H165", "Wide-angle cabinet hinge 165°", "大角度柜门铰链 165°", 7.30, 1.62),
        ("YJ-H110B", "Soft-closing cabinet hinge 110°, black", "缓冲柜门铰链 110°，黑色", 5.20, 1.00),
        ("YJ-H110N", "Soft-closing cabinet hinge 110°, nickel", "缓冲柜门铰链 110°，镀镍", 5.05, 1.00),
        ("YJ-HG35", "Hinge for glass doors, 35 mm cup", "玻璃门铰链 35 mm", 6.10, 1.10),
        ("YJ-HC30", "Corner cabinet hinge", "转角柜铰链", 6.40, 1.35),
    ),
    ("good_closer", "bom_closer"): (
        ("YJ-D25", "Hydraulic door closer, 15–30 kg", "液压闭门器 15–30 kg", 44.50, 0.80),
        ("YJ-D35", "Hydraulic door closer, 25–45 kg", "液压闭门器 25–45 kg", 51.00, 0.92),
        ("YJ-D60", "Hydraulic door closer, 60–85 kg", "液压闭门器 60–85 kg", 104.00, 1.20),
        ("YJ-D85", "Hydraulic door closer, 85–120 kg", "液压闭门器 85–120 kg", 131.00, 1.45),
        ("YJ-D45H", "Hydraulic door closer with hold-open arm", "带定位功能液压闭门器", 96.00, 1.05),
        ("YJ-D45E", "Hydraulic door closer, economy", "液压闭门器，经济型", 53.00, 1.00),
        ("YJ-DF70", "Floor spring, 70 kg", "地弹簧 70 kg", 148.00, 1.60),
        ("YJ-DS40", "Sliding rail door closer, 40 kg", "滑轨闭门器 40 kg", 92.00, 1.02),
    ),
    ("good_motor", "bom_motor"): (
        ("YJ-M15", "Tubular curtain motor 15 W", "管状窗帘电机 15 W", 168.00, 0.85),
        ("YJ-M20", "Tubular curtain motor 20 W", "管状窗帘电机 20 W", 182.00, 0.92),
        ("YJ-M35", "Tubular curtain motor 35 W", "管状窗帘电机 35 W", 219.00, 1.10),
        ("YJ-M30W", "Tubular curtain motor 30 W, with radio", "管状窗帘电机 30 W，带无线", 236.00, 1.08),
        ("YJ-M30E", "Tubular curtain motor 30 W, economy", "管状窗帘电机 30 W，经济型", 122.00, 1.00),
        ("YJ-MR25", "Roller blind motor 25 W", "卷帘电机 25 W", 176.00, 0.97),
        ("YJ-MV18", "Venetian blind motor 18 W", "百叶帘电机 18 W", 105.00, 0.88),
    ),
    ("good_charger", "bom_charger"): (
        ("YJ-C20", "USB-C power adapter 20 W", "USB-C 电源适配器 20 W", 31.00, 0.62),
        ("YJ-C30", "USB-C power adapter 30 W", "USB-C 电源适配器 30 W", 36.00, 0.72),
        ("YJ-C45", "USB-C power adapter 45 W", "USB-C 电源适配器 45 W", 52.00, 0.85),
        ("YJ-C100", "USB-C power adapter 100 W", "USB-C 电源适配器 100 W", 98.00, 1.40),
        ("YJ-C140", "USB-C power adapter 140 W", "USB-C 电源适配器 140 W", 168.00, 1.75),
        ("YJ-CD65", "Two-port power adapter 65 W", "双口电源适配器 65 W", 63.00, 1.10),
    ),
    ("good_box", None): (
        ("YJ-B09", "Kitchen storage box 0.9 L, PP", "厨房收纳盒 0.9 L，PP", 5.40, 0.60),
        ("YJ-B36", "Kitchen storage box 3.6 L, PP", "厨房收纳盒 3.6 L，PP", 11.80, 1.80),
    ),
}
# What the cost engineer asked: {good: (name, times today's price, note)}.
SCENARIOS = {
    "good_charger": ("Charger 65 W at a tenth more", 1.1, "Would the price that the new customer offers carry it?"),
    "good_motor": ("Motor 30 W, tender for Hai Phong", 0.55, "Does it still originate at what the tender pays?"),
}
# What the firm's website says of: it originates.
SHOWN = (
    "YJ-H90", "YJ-H110", "YJ-H120", "YJ-H135", "YJ-H165", "YJ-D25", "YJ-D45", "YJ-D60", "YJ-DF70", "YJ-M20", "YJ-M30",
    "YJ-M30W",
)  # fmt: skip
WAITING = ("YJ-B36",)  # its producer has declared, and nobody has looked at that yet


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _rcep_demo_range(self):
        """Make the goods of the range, those that are not there yet, and determine all that the firm sells."""
        company = self.env.ref(f"{MODULE}.company")
        made = self.browse()
        for (like, bill), goods in RANGE.items():
            for good in map(Good._make, goods):
                if not self.search_count([("default_code", "=", good.code), ("company_id", "=", company.id)]):
                    made |= self._rcep_demo_like(self.env.ref(f"{MODULE}.{like}"), bill, good)
        made._rcep_demo_declared(self.env.ref(f"{MODULE}.declaration_box"))
        # Verdicts are the engine's: no group may write them.
        self.env["rcep.origin"].sudo()._determine_all(company, made)
        made._rcep_demo_shown(company)

    @api.model
    def _rcep_demo_shown(self, company):
        """Tick the goods that the website shows as originating, and determine them today."""
        shown = self.search([("default_code", "in", SHOWN), ("company_id", "=", company.id)])
        shown.with_company(company).product_tmpl_id.rcep_on_website = True
        self.env["rcep.origin"]._mark_what_changed()
        self.env["rcep.origin"].sudo()._determine_all(company, shown)  # as above

    @api.model
    def _rcep_demo_scenarios(self):
        """What the firm's cost engineer asked: each good at another price."""
        company = self.env.ref(f"{MODULE}.company")
        engineer = self.env.ref(f"{MODULE}.user_engineer")
        scenarios = self.env["rcep.scenario"].with_user(engineer).with_company(company).sudo(False)
        for good, (name, fob, note) in SCENARIOS.items():
            opened = scenarios._of_product(self.env.ref(f"{MODULE}.{good}").with_env(scenarios.env))
            opened.write({"name": name, "fob": opened.fob * fob, "note": note})

    def _rcep_demo_like(self, like, bill, good):
        """A good that is made like another, with as much of its materials as its factor says."""
        values = {"name": good.name, "default_code": good.code, "list_price": good.price}
        values["weight"] = round(like.weight * good.factor, 3)
        product = like.with_context(lang="en_US").copy({**values, "is_storable": False, "tracking": "none"})
        product.with_context(lang="zh_CN").name = good.name_zh
        if bill:
            made = self.env.ref(f"{MODULE}.{bill}").copy({"product_tmpl_id": product.product_tmpl_id.id})
            for line in made.bom_line_ids:
                line.product_qty *= good.factor
        return product

    def _rcep_demo_declared(self, declaration):
        """What is bought in like the box has its producer's declaration too."""
        for product in self.filtered(lambda good: not good.bom_ids):
            copy = declaration.copy({"product_id": product.id, "name": f"{declaration.name}-{product.default_code}"})
            if product.default_code not in WAITING:
                copy.action_verify()
