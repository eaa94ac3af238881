"""What the reports of an order say, set on the order and its stock by Odoo's own steps."""

from .order_booking import OrderBooking

__all__ = ["OrderBooking"]
