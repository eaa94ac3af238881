from . import declare, portal
