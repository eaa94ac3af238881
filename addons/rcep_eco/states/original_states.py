"""The way of a paper original as one table, where the importing customs want one: from its office to the customer."""

from .. import groups

STATES = [
    ("to_collect", "To collect"),
    ("to_sign", "To sign and stamp"),
    ("to_send", "To send"),
    ("sent", "Sent"),
]
FIRST, LAST = STATES[0][0], STATES[-1][0]
MOVES = {
    ("to_collect", "to_sign"): (groups.CLERK,),
    ("to_sign", "to_send"): (groups.CLERK,),
    ("to_send", "sent"): (groups.CLERK,),
}
