from . import declare
