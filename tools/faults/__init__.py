"""./eco faults: real Odoo, real stand-in platform, everything breaks at random, and in the end both sides agree."""
