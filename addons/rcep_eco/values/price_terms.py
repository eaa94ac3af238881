"""What a price holds beyond the goods, by price term (Incoterms): the way from an invoice to FOB."""

# What a line of an invoice is that sells no good.
CHARGES = [
    ("freight", "Freight abroad"),
    ("insurance", "Insurance"),
    ("inland", "Costs up to loading"),
    ("discount", "Discount"),
    ("duty", "Duty and taxes abroad"),
    ("advance", "Payment in advance, taken off"),
    ("other", "Something else, beside the price of the goods"),
]

# Freight abroad is in the price; of two of these, insurance too.
FREIGHT = {"CFR", "CIF", "CPT", "CIP", "DAF", "DAP", "DAT", "DDP", "DDU", "DEQ", "DES", "DPU"}
INSURANCE = {"CIF", "CIP"}
# Duty and taxes of the importing country are in the price.
DUTY = {"DDP"}
# The price ends before the goods are on board: what it costs to get them there may be added.
BEFORE_LOADING = {"EXW", "FCA", "FAS"}
# The price of an import leaves out freight and insurance to the port of entry.
WITHOUT_FREIGHT = BEFORE_LOADING | {"FOB"}
