from . import rcep_authorisation, rcep_authorisation_revoke, rcep_authorised_act, scopes_of_others
