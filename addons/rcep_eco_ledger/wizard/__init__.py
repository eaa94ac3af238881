from . import rcep_received_read
