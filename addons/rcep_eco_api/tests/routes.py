"""The routes of controllers' rooms, as a description writes them."""

import inspect
import re


def routes(*rooms):
    """(method, path, grant) of every route that answers programs; what takes any method only says no."""
    for room in rooms:
        for controller in vars(room).values():
            if not inspect.isclass(controller) or controller.__module__ != room.__name__:
                continue
            for method in vars(controller).values():
                routing = getattr(method, "original_routing", {})
                for path in routing.get("routes", ()):
                    for verb in routing.get("methods", ()):
                        grant = getattr(method.original_endpoint, "grant", None)
                        yield verb.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", path), grant
