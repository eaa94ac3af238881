"""What a company's bills of materials, prices and declarations say of its goods, read all at once.

``tables`` reads the records in a few queries, ``units`` converts quantities, ``evidence`` says what a bought material
costs and where it originates, ``bills`` puts these together by product, ``trees`` tells one good with everything in
it, and ``catalogue`` determines a whole catalogue bottom-up.

``moves`` reads what production orders consumed and lots are, ``lots`` says where a lot originates, ``consumption``
tells one unit as an order really made it, and ``difference`` what of that is other than the bill says.
"""
