"""./eco faults: real Odoo, real stand-in platform, everything breaks at random, and at the end the books must agree."""
