"""The groups of people, by their XML ids: who reads, prepares, signs, knows costs, connects."""

READER = "rcep_eco.group_reader"  # certificates, verdicts and floors; no costs
CLERK = "rcep_eco.group_user"  # prepares certificates
SIGNER = "rcep_eco.group_signer"  # approves and submits: box 15 bears this person
ENGINEER = "rcep_eco.group_origin"  # costs, rules, suppliers' declarations
MANAGER = "rcep_eco.group_manager"  # the connection and its keys
