from . import authorisation, work
