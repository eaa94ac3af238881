"""Odoo's own command line, started from a file of its own, with jobs that outlive their database's absence.

Odoo starts itself anew where a job or request takes longer than it allows: it runs the file that it was started from.
Started as a module (``python -m odoo``) that file lies among Odoo's own modules, some of which are called like
Python's, so that it does not come up again. And without workers the threads of its scheduler end where the database is
restarted, and nothing starts them anew; here they are started again.
"""

import logging
import time

import psycopg2
from odoo.cli import main
from odoo.service import server

PAUSE = 1.0  # seconds until a thread looks whether the database is back
_logger = logging.getLogger(__name__)


def lasting(cron_thread):
    """A scheduler's thread that begins again where the database was away."""

    def begin_again(self, number):
        while True:
            try:
                return cron_thread(self, number)
            except (psycopg2.Error, OSError, ValueError):  # its connection is gone: PostgreSQL was stopped or restarted
                _logger.warning("The scheduler's thread %s lost its database and begins again.", number)
                time.sleep(PAUSE)

    return begin_again


if __name__ == "__main__":
    server.ThreadedServer.cron_thread = lasting(server.ThreadedServer.cron_thread)
    main()
