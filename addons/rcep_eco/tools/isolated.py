"""Each record its own transaction and its own error: what one cannot do does not hold up the others of a job."""

import enum
import logging

import psycopg2
import psycopg2.errors
import psycopg2.extensions
from odoo.exceptions import LockError

_logger = logging.getLogger(__name__)


# What the database says of one record's values, and not of itself.
OF_THE_RECORD = (
    psycopg2.DataError,
    psycopg2.IntegrityError,
    psycopg2.ProgrammingError,
    psycopg2.NotSupportedError,
    psycopg2.errors.ProgramLimitExceeded,  # such as a text that no index holds
    psycopg2.errors.StatementTooComplex,
)


class Result(enum.Enum):
    """What came of one record's work."""

    DONE = "done"
    BUSY = "busy"  # somebody else works on the record: in a moment
    BROKEN = "broken"  # a mistake of this program, or of the data: the server's log says which


def isolated(env, work, what):
    """Do the work of one record; where it cannot be done, all of it is taken back. The caller commits.

    :param work: called without arguments
    :param what: names the record in the log
    :return: (:class:`Result`, what the work returned or None)
    :raises psycopg2.Error: where the database itself is in trouble: nothing else would go better
    """
    try:
        result = work()
        env.flush_all()
    except (LockError, psycopg2.errors.LockNotAvailable, psycopg2.extensions.TransactionRollbackError):
        env.cr.rollback()
        return Result.BUSY, None
    except psycopg2.Error as error:
        if not isinstance(error, OF_THE_RECORD):
            raise
        _logger.exception("%s: the database does not hold this.", what)
        env.cr.rollback()
        return Result.BROKEN, None
    except Exception:  # whatever it is, it is this record's: logged, and told by the caller
        _logger.exception("%s: processing failed and was rolled back.", what)
        env.cr.rollback()
        return Result.BROKEN, None
    return Result.DONE, result


def within_savepoint(env, work, what):
    """As :func:`isolated`, where what others did in the same transaction is to stay."""
    try:
        with env.cr.savepoint():
            return Result.DONE, work()
    except psycopg2.Error as error:
        if not isinstance(error, OF_THE_RECORD):
            raise
        _logger.exception("%s: the database does not hold this.", what)
    except Exception:  # whatever it is, it is this record's: logged, and told by the caller
        _logger.exception("%s: storing failed and was rolled back.", what)
    env.invalidate_all(flush=False)
    return Result.BROKEN, None
