from . import rcep_borders, rcep_principal, rcep_principal_work
