"""What the faults of calls do: before the work, in place of it, and to its answer."""

from __future__ import annotations

import datetime as dt
import email.utils
import http
import re
import socket
import threading
from collections.abc import Callable

from werkzeug.wrappers import Response

from . import clock
from .faults import Fault
from .wire import PlatformRequest, Refusal

PROXY_PAGE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Please try later.</body></html>"
STATE, ODD_STATE = re.compile(rb'("state"\s*:\s*)"[A-Z_]+"'), rb'\1"DANCING"'
BUSY_WORDS = "The platform is busy; try again later."


class Silence(Exception):
    """The call gets no answer at all."""


class FaultEffects:
    """Carries out faults; ``restart`` ends the process and starts it again, without returning."""

    def __init__(self, stopping: threading.Event, restart: Callable[[], None]):
        self._stopping, self._restart = stopping, restart

    def before(self, faults: list[Fault]) -> None:
        """Do what comes before the work; raises `Refusal` or `Silence` where the work is not done."""
        for fault in faults:
            act = getattr(self, f"_before_{fault.kind}", None)
            if act:
                act(fault)

    def after(self, faults: list[Fault], response: Response) -> Response:
        """Do what comes after the work; returns the answer that goes out, or raises `Refusal` or `Silence`."""
        for fault in faults:
            act = getattr(self, f"_after_{fault.kind}", None)
            if act:
                response = act(fault, response)
        return response

    def _wait(self, fault: Fault) -> None:
        self._stopping.wait(fault.seconds)

    # --- before the work
    def _before_delay(self, fault: Fault) -> None:
        self._wait(fault)

    def _before_timeout_before(self, fault: Fault) -> None:
        self._wait(fault)
        raise Silence

    def _before_drop_request(self, _fault: Fault) -> None:
        raise Silence

    def _before_too_many(self, fault: Fault) -> None:
        words = "There are too many calls at once; try again later."
        raise Refusal(http.HTTPStatus.TOO_MANY_REQUESTS, "too_many", words, headers=_pause(fault.seconds))

    def _before_busy(self, fault: Fault) -> None:
        raise busy(fault.seconds)

    def _before_busy_until(self, fault: Fault) -> None:
        until = clock.now() + dt.timedelta(seconds=max(1, round(fault.seconds)))
        pause = {"Retry-After": email.utils.format_datetime(until, usegmt=True)}
        raise Refusal(http.HTTPStatus.SERVICE_UNAVAILABLE, "busy", BUSY_WORDS, headers=pause)

    def _before_error_500(self, _fault: Fault) -> None:
        raise _error_500()

    def _before_restart_before(self, _fault: Fault) -> None:
        self._restart()

    # --- after the work
    def _after_delay_answer(self, fault: Fault, response: Response) -> Response:
        self._wait(fault)
        return response

    def _after_timeout_after(self, fault: Fault, _response: Response) -> Response:
        self._wait(fault)
        raise Silence

    def _after_drop_reply(self, _fault: Fault, _response: Response) -> Response:
        raise Silence

    def _after_error_500_after(self, _fault: Fault, _response: Response) -> Response:
        raise _error_500()

    def _after_malformed(self, _fault: Fault, response: Response) -> Response:
        return Response(PROXY_PAGE, response.status, content_type="text/html")

    def _after_truncated(self, _fault: Fault, response: Response) -> Response:
        whole = response.get_data()
        return Response(whole[: len(whole) // 2], response.status, content_type=response.content_type)

    def _after_cut_off(self, _fault: Fault, response: Response) -> Response:
        whole = response.get_data()
        cut = Response(iter((whole[: len(whole) // 2],)), response.status, content_type=response.content_type)
        cut.headers["Content-Length"] = str(len(whole))
        return cut

    def _after_slow_drip(self, fault: Fault, response: Response) -> Response:
        whole = response.get_data()
        slow = Response(self._dripping(whole, fault), response.status, content_type=response.content_type)
        slow.headers["Content-Length"] = str(len(whole))
        return slow

    def _dripping(self, whole: bytes, fault: Fault):
        for start in range(len(whole)):
            if self._stopping.wait(fault.seconds):
                return
            yield whole[start : start + 1]

    def _after_odd_word(self, _fault: Fault, response: Response) -> Response:
        odd = STATE.sub(ODD_STATE, response.get_data(), count=1)
        return Response(odd, response.status, content_type=response.content_type)

    def _after_restart_after(self, _fault: Fault, response: Response) -> Response:
        self._restart()
        return response


def close(request: PlatformRequest) -> Response:
    """Close the connection; what is written into it afterwards goes nowhere."""
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return Response()


def busy(seconds: float) -> Refusal:
    """503 that names its pause."""
    return Refusal(http.HTTPStatus.SERVICE_UNAVAILABLE, "busy", BUSY_WORDS, headers=_pause(seconds))


def _pause(seconds: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, round(seconds)))}


def _error_500() -> Refusal:
    return Refusal(http.HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "A fault was asked for.")
