"""Units of quantity as box 12 has them, by the common code that customs' systems know (UN/ECE Recommendation 20)."""

CODES = {
    "C62": ("PCS", "PC", "PIECE", "PIECES", "UNIT", "UNITS", "EA"),
    "SET": ("SET", "SETS"),
    "PR": ("PAIR", "PAIRS", "PRS"),
    "DZN": ("DOZEN", "DOZENS", "DOZ"),
    "GRO": ("GROSS",),
    "KGM": ("KG", "KGS", "KILOGRAM", "KILOGRAMS"),
    "GRM": ("G", "GRAM", "GRAMS"),
    "TNE": ("T", "TON", "TONS", "TONNE", "TONNES", "MT"),
    "LBR": ("LB", "LBS"),
    "ONZ": ("OZ",),
    "MTR": ("M", "METER", "METERS", "METRE", "METRES"),
    "CMT": ("CM",),
    "MMT": ("MM",),
    "KMT": ("KM",),
    "FOT": ("FT",),
    "INH": ("IN",),
    "YRD": ("YD", "YDS", "YARD", "YARDS"),
    "MTK": ("M2", "M²", "SQM"),
    "FTK": ("FT2", "FT²", "SQFT"),
    "MTQ": ("M3", "M³", "CBM"),
    "FTQ": ("FT3", "FT³"),
    "LTR": ("L", "LITER", "LITERS", "LITRE", "LITRES"),
    "MLT": ("ML",),
    "NRL": ("ROLL", "ROLLS"),
    "ST": ("SHEET", "SHEETS"),
    "KWH": ("KWH",),
    "MIL": ("THOUSAND", "THOUSAND PCS"),
    "NCT": ("CTN", "CTNS", "CARTON", "CARTONS"),
    "PK": ("PACK", "PACKS"),
}
CODE_OF = {word: code for code, words in CODES.items() for word in words}


def code(unit: str) -> str:
    """The common code of a unit, empty where it is none that is known.

    >>> code("PCS"), code("kgs"), code("HANDFULS")
    ('C62', 'KGM', '')
    """
    return CODE_OF.get(unit.upper().strip(), "")
