"""A signed statement of origin as text, and back: without Odoo, and without trust in what comes in."""

from . import jose, statement, wrong
