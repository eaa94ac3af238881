from . import portal, portal_requests
