"""Each record its own transaction and its own error: what one cannot do does not hold up the others of a job."""

import enum
import logging

import psycopg2
import psycopg2.errors
from odoo.exceptions import LockError

_logger = logging.getLogger(__name__)


class Came(enum.Enum):
    """What came of one record's work."""

    DONE = "done"
    BUSY = "busy"  # somebody else works on the record: in a moment
    BROKEN = "broken"  # a mistake of this program, or of the data: the server's log says which


def apart(env, work, what):
    """Do the work of one record; where it cannot be done, all of it is taken back. The caller commits.

    :param work: called without arguments
    :param what: names the record in the log
    :return: (:class:`Came`, what the work returned or None)
    :raises psycopg2.Error: where the database itself is in trouble: nothing else would go better
    """
    try:
        result = work()
        env.flush_all()
    except (LockError, psycopg2.errors.SerializationFailure):
        env.cr.rollback()
        return Came.BUSY, None
    except psycopg2.Error:
        raise
    except Exception:  # whatever it is, it is this record's: logged, and told by the caller
        _logger.exception("%s: this could not be taken over.", what)
        env.cr.rollback()
        return Came.BROKEN, None
    return Came.DONE, result
