from . import declare, papers, portal
