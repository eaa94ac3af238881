"""Sentences about messages that travel as files, and about what the single window's XML takes; see `sentences`."""


def _lt(sentence):
    """Marks a sentence for translation, as Odoo's own ``_lt`` does; nothing of Odoo is known here."""
    return sentence


FILE_SENTENCES = {
    # --- folders
    "folder_gone": _lt("The folder %(folder)s cannot be reached (%(reason)s); nothing was written."),
    "folder_unwritable": _lt("Nothing could be written into the folder %(folder)s (%(reason)s)."),
    "folder_unreadable": _lt("The folder %(folder)s could not be read (%(reason)s)."),
    "folder_full": _lt("The disk of the folder %(folder)s is full; nothing was left there."),
    "folder_crowded": _lt(
        "The folder %(folder)s holds more than %(most)s files, and not all were looked at: have the old ones moved "
        "away."
    ),
    "folder_not_allowed": _lt(
        "The folder %(folder)s is not one that this server may use: whoever runs it names the folders in "
        "%(variable)s."
    ),
    "begun_elsewhere": _lt(
        "Its file was begun in %(before)s, and the connection leads to %(now)s now: it may lie in the former and be "
        "sent from there. Look there and in the client; where it was not sent, remove it there, then have the message "
        "asked for again."
    ),
    "by_hand": _lt("no folder: files are carried by hand"),
    "storage_unverified": _lt(
        "The storage of this connection takes whatever key a server shows, so nothing was sent: choose one of the "
        "protocol %(protocol)s."
    ),
    "server_key_other": _lt(
        "The server %(host)s shows another key than the one that is known, or none is known, so nothing was sent: ask "
        "whoever runs it, and correct the key in the storage only if the server was changed."
    ),
    "server_login_refused": _lt(
        "The server %(host)s does not take the user's name with this password or key; nothing was sent: correct the "
        "storage's options."
    ),
    "file_unsure": _lt(
        "The file was written into the folder %(folder)s, and the connection broke (%(reason)s): it may lie there. It "
        "is looked for before anything is written again."
    ),
    "file_waits": _lt(
        "The file lies in the folder since %(since)s (UTC) and the single window's client has not taken it: see that "
        "the client runs."
    ),
    "file_by_hand": _lt(
        "The file is ready: download it, import it in the single window's client, and upload the replies here."
    ),
    "file_gone": _lt(
        "The file was in the folder or was downloaded, and is in no folder now, and no reply names it. It is not "
        "written again by itself: look in the client whether it was sent."
    ),
    "file_refused": _lt("The single window's client refused the file: %(message)s. %(errors)s"),
    "no_reason": _lt("it gave no reason"),
    "file_nowhere": _lt("it is in none of the folders"),
    "no_right": _lt("this server may not write there"),
    # --- replies
    "reply_long": _lt("The reply is longer than %(most)s MiB; it was not read."),
    "reply_locked": _lt(
        "The reply %(name)s could not be read %(tries)s times: see which program has it open, and whether this server "
        "may read it. It is read once that is possible."
    ),
    "gacc_no_xml": _lt("The reply is not XML that can be read."),
    "gacc_doctype": _lt("The reply has a document type, which no receipt has; it was not read."),
    "gacc_deep": _lt("The reply is nested deeper than any receipt; it was not read."),
    "gacc_other_root": _lt("The reply is a “%(found)s”, which is no receipt."),
    "gacc_no_number": _lt("The reply names no certificate number."),
    "receipt_unknown_number": _lt("A reply names the number %(number)s, which no application of this company has."),
    "receipt_before": _lt(
        "A reply to the number %(number)s is of %(moment)s, before its application left here: somebody else may use "
        "this number. Ask the issuing office."
    ),
    "receipt_ahead": _lt(
        "A reply to the number %(number)s is of %(moment)s, which lies ahead: see that this server's clock is right."
    ),
    "receipt_of_attachment": _lt(
        "A reply to %(number)s is about the attachment “%(name)s”, which was not sent from here."
    ),
    "attachments_unread": _lt("Replies to attachments were not read: %(reason)s"),
    # --- a trial
    "trial_other": _lt("it came out otherwise: %(what)s"),
    "trial_taken": _lt("what is wrong was taken: %(what)s"),
    # --- documents of the office
    "document_differs": _lt(
        "The document “%(file)s” names %(number)s and does not say all that was applied for: compare it by eye, and "
        "take it in on the certificate."
    ),
    "document_of_pictures": _lt(
        "The document “%(file)s” of %(number)s holds no text: compare it by eye, and take it in on the certificate."
    ),
    "document_of_several": _lt(
        "The document “%(file)s” names %(number)s and others: save one file for each certificate."
    ),
    # --- attachments
    "attachment_name": _lt(
        "“%(name)s” cannot be the name of an attachment: use at most 100 letters, digits, and . , ( ) + - _"
    ),
    "attachment_suffix": _lt("“%(name)s” is of a kind that the single window does not take; it takes %(known)s."),
    "attachment_type": _lt("“%(name)s” is empty, or is no %(suffix)s inside: save it anew as what its name says."),
    "attachment_size": _lt("“%(name)s” is larger than %(most)s MB: make it smaller."),
    # --- what the interface takes
    "gacc_missing": _lt("it is missing, and the single window asks for it (%(label)s, %(element)s)"),
    "gacc_no_code": _lt(
        "the single window asks for it: enter the 18 characters as the tax ID on the contact of who made the good"
    ),
    "gacc_too_long": _lt("it has %(found)s characters, and the single window takes %(most)s"),
    "gacc_too_many": _lt("the single window takes %(most)s goods on one certificate"),
    "gacc_character": _lt("it holds a character that the single window does not take, such as an emoji: remove it"),
    "gacc_break": _lt("it holds “/n”, which the single window reads as the end of a line: write it with a space"),
    "gacc_line_break": _lt("it holds a line break, and the single window takes one line (%(label)s)"),
    "gacc_digits": _lt("it needs exactly %(digits)s digits (%(label)s)"),
    "gacc_decimal": _lt("%(found)s is no number of at most 19 digits and 5 decimals (%(label)s)"),
    "gacc_percent": _lt("%(found)s is no percentage with at most two decimals (%(label)s)"),
    "gacc_count": _lt("%(found)s is no count (%(label)s)"),
    "gacc_date": _lt("%(found)s is no date (%(label)s)"),
    "gacc_word": _lt("“%(found)s” is none of the words that the single window knows: %(known)s (%(label)s)"),
}
