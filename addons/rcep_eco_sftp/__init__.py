from . import known_host, models
