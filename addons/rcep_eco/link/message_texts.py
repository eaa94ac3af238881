"""Every sentence that the link says to people, by its code; Odoo exports them to be translated."""

from .file_message_texts import FILE_SENTENCES


def _lt(sentence):
    """Marks a sentence for translation, as Odoo's own ``_lt`` does; nothing of Odoo is known here."""
    return sentence


# Told in a way of their own where somebody reads them: these are for logs.
BARE = {"plain": "%(text)s", "selection": "%(value)s", "wrong_field": "%(path)s: %(message)s"}
SENTENCES = {
    **FILE_SENTENCES,
    # --- on the way
    "time_over": _lt("The time for this call was over before it began; nothing was sent."),
    "address_unusable": _lt(
        "The platform's address %(address)s cannot be used, and nothing was sent: correct it in the connection."
    ),
    "too_long": _lt("The platform's answer was too long, so it was not read."),
    "packed": _lt("The platform's answer was packed in a way that is not read (%(packing)s)."),
    "socks_proxy": _lt(
        "This machine is set to use a SOCKS proxy (ALL_PROXY or HTTPS_PROXY), so nothing was sent: set HTTPS_PROXY to "
        "an HTTP proxy, or name the platform in NO_PROXY."
    ),
    "too_slow": _lt(
        "The platform did not answer in full within %(seconds)s seconds, so the connection was ended. The message may "
        "have arrived: ask for the status before anything else."
    ),
    "not_reached": _lt(
        "The platform at %(where)s could not be reached (%(reason)s); nothing was sent. It is safe to send again."
    ),
    "no_answer": _lt(
        "The message went out to %(where)s, but no complete answer came back (%(reason)s). It may have arrived: ask "
        "for the status before anything else."
    ),
    "no_server": _lt("No server answers at %(address)s (%(reason)s)."),
    "not_sent_no_token": _lt("The platform gave no access token, so the message was not sent. %(reason)s"),
    "own_error": _lt(
        "The platform answered with an error of its own (%(status)s %(code)s); whether it took the message is not "
        "known. Ask for the status first."
    ),
    "answer_unreadable": _lt("The platform answered %(status)s, but not in a readable form. %(reason)s"),
    "no_pdf": _lt("The platform answered with something that is not a PDF; ask again later."),
    "foreseen_by_nobody": _lt("The call ended in an error of this system; the server's log says which."),
    # --- why a connection broke
    "in_clear": _lt("without TLS nothing leaves this machine: the address must begin with https://"),
    "no_platform_there": _lt("no platform can be at that address: correct it in the connection"),
    "tls_untrusted": _lt("its TLS certificate is not trusted"),
    "proxy": _lt("the proxy does not answer"),
    "unknown_name": _lt("its name cannot be resolved"),
    "network": _lt("the network failed"),
    "connection_late": _lt("no connection in time"),
    "connection_refused": _lt("the connection was refused"),
    "answer_late": _lt("no answer in time"),
    "tls_broke": _lt("the TLS connection broke"),
    "connection_broke": _lt("the connection broke"),
    # --- what a platform says no to
    "refused": _lt("The platform refused the message (%(status)s %(code)s): %(message)s. %(errors)s %(request)s"),
    "unauthorised": _lt(
        "The platform did not accept who is asking (%(status)s %(code)s): %(message)s. %(errors)s %(request)s"
    ),
    "not_found": _lt(
        "The platform does not know this reference (%(status)s %(code)s): %(message)s. %(errors)s %(request)s"
    ),
    "conflict": _lt("The platform holds another version (%(status)s %(code)s): %(message)s. %(errors)s %(request)s"),
    "request_number": _lt("The platform's request number is %(number)s."),
    "no_explanation": _lt("no explanation in the answer"),
    "redirected": _lt("It points to another address, which is never followed; check the address in the connection"),
    "other_content": _lt(
        "Under revision %(revision)s of %(reference)s it holds other content; nothing was adopted"
    ),
    "busy": _lt("The platform is busy and asks to be called again in %(seconds)s seconds."),
    "wrong_at": _lt("%(where)s: %(what)s."),
    # --- our own key
    "no_key": _lt("This connection has no key: a connection manager makes one."),
    "key_unreadable": _lt("The key %(name)s cannot be read: make a new one."),
    "key_algorithm": _lt("The key %(name)s has the algorithm %(algorithm)s; use ES256 or RS256."),
    "key_name": _lt("The key's name must be 1 to 200 letters, digits or . _ : @ / + = - characters."),
    "key_does_not_sign": _lt("The key %(name)s could not sign; check that it is a private key."),
    # --- what makes no sense
    "no_object": _lt("The platform's answer is not a JSON object."),
    "no_json": _lt("The platform's answer is not JSON in UTF-8."),
    "no_object_named": _lt("The platform's answer has no object named %(name)s."),
    "no_list_named": _lt("The platform's answer holds no list of %(name)s."),
    "twice": _lt("The platform says %(name)s twice in one place."),
    "does_not_fit": _lt("The platform's answer does not fit the profile at: %(places)s."),
    "no_count": _lt("The platform counts with %(value)s, which is no count."),
    "null_character": _lt("The platform's answer holds a null character where a reference stands."),
    "long_reference": _lt("The platform's answer holds a reference of %(length)s characters, which is none."),
    "no_number": _lt("The platform calls a certificate “%(value)s”, which is no number."),
    "no_address": _lt("The platform's answer holds “%(value)s” where an address stands."),
    "no_date": _lt("The platform's answer holds an unreadable date: %(value)s."),
    "no_such_word": _lt("The platform says “%(word)s”, which is none of: %(known)s."),
    "no_event": _lt("The platform sent an event that is not an object."),
    "no_place_in_feed": _lt("The feed does not say how far it was read, so the same part of it is read again."),
    "no_credentials": _lt("The platform's answer holds no client number and secret."),
    "no_token": _lt("The platform's answer holds no access token."),
    "beside": _lt("%(name)s: %(reason)s"),
    # --- a conformance run
    "case_unknown": _lt("This suite does not know the case."),
    "feed_endless": _lt("The feed does not come to an end."),
    "no_duplicate": _lt("The same revision again was not answered as a duplicate."),
    "no_conflict": _lt("Other content under the same revision was not refused."),
    "nothing_lost": _lt("The platform lost no answer."),
    "other_state": _lt(
        "%(reference)s is “%(state)s” instead of “%(wanted)s” after %(questions)s questions."
    ),
    # --- what is noted beside a message, an event or a run
    "overtaken": _lt("What it is about was changed meanwhile: this content is not sent any more."),
    "connection_changed": _lt(
        "It was written for the connection as it was (%(environment)s, %(profile)s), which was changed since."
    ),
    "submit_again": _lt("%(reason)s It has not left: submit it again."),
    "filing_says": _lt("Filing of %(product)s: %(said)s"),
    "not_taken_over": _lt("What the platform said could not be applied; the server's log says why."),
    "a_copy": _lt(
        "This database is a copy, or was moved or restored: nothing is sent to the platform of %(company)s, so that it "
        "does not take both for one. A connection manager says on the screen Health whether it is the original."
    ),
    "following_failed": _lt("Following it failed; the server's log says why."),
    "feed_in_circles": _lt("Its feed goes in circles: it is read again from an earlier place."),
    "feed_does_not_end": _lt("Its feed does not end: %(pages)s pages were read in one run."),
    "reference_too_long": _lt("It names a reference of more than %(length)s characters."),
    "moment_no_date": _lt("It says when it happened, and that is no date."),
    "could_not_be_kept": _lt("Storing it failed; the server's log says why."),
    "could_not_be_taken": _lt("It could not be applied; the server's log says why."),
    "of_earlier_revision": _lt(
        "The platform says “%(reported)s” of revision %(old)s, but this certificate is revision %(new)s; it was not "
        "applied."
    ),
    "of_later_revision": _lt(
        "The platform issued revision %(reported)s, but revision %(ours)s stands here: this database was restored, or "
        "another system applied too. Nothing was applied; compare both, and have the certificate cancelled if they "
        "differ."
    ),
    "other_number": _lt(
        "The platform says that the number is %(reported)s, but this certificate was issued as %(known)s; it was not "
        "applied."
    ),
    "issued_without_number": _lt(
        "The platform says that it is issued, but not under which number, so nobody can look it up; it was not "
        "applied. Ask the issuing body for the number."
    ),
    "number_of_another": _lt(
        "The platform says that the number is %(reported)s, which is that of certificate %(name)s; it was not applied."
    ),
    "feed_long_page": _lt("A page of its feed holds more than %(events)s events, so it was not read."),
    "no_such_move": _lt(
        "The platform says “%(reported)s” while this certificate is “%(state)s”; it was not applied."
    ),
    "unknown_there": _lt("The platform does not know certificate %(name)s, although it took it."),
    "other_content_there": _lt(
        "The platform holds other content of certificate %(name)s, revision %(revision)s, than was sent."
    ),
    "other_state_there": _lt(
        "The platform says “%(reported)s” of certificate %(name)s, which is “%(state)s” here."
    ),
    "clock_ahead": _lt(
        "The platform's clock is %(seconds)s seconds ahead of this server's: set this one by the network (NTP)."
    ),
    "clock_behind": _lt(
        "The platform's clock is %(seconds)s seconds behind this server's: set this one by the network (NTP)."
    ),
    "server_stopped": _lt("The server stopped while it ran: start another run."),
    # --- rules of the form, said of one of its places
    "rule_both": _lt("%(one)s, %(other)s"),
    "rule_space": _lt("a space"),
    "rule_invisible": _lt("an invisible character"),
    "rule_full_width": _lt("a full-width digit or letter"),
    "rule_dash": _lt("a dash that is not the hyphen"),
    "rule_missing": _lt("it is missing"),
    "rule_control_character": _lt("it holds a control character that XML does not allow: remove it"),
    "rule_old_number": _lt("an amended or reissued certificate names the old number"),
    "rule_old_reason": _lt("an amended or reissued certificate gives the reason"),
    "rule_third_party": _lt("third-party invoicing names who issued the invoice"),
    "rule_third_party_country": _lt("third-party invoicing names the issuer's country"),
    "rule_consignee_elsewhere": _lt("the consignee is in the importing Party (box 2)"),
    "rule_no_producer": _lt("the producer is to be named, but none is given (box 3)"),
    "rule_is_retroactive": _lt("the goods left before the declaration: issued retroactively"),
    "rule_not_retroactive": _lt("issued retroactively needs a departure before the declaration"),
    "rule_no_invoice": _lt("an application names at least one invoice (box 13)"),
    "rule_unclean": _lt("the invoice number %(number)s holds %(found)s"),
    "rule_no_good": _lt("an application names at least one good"),
    "rule_item_number": _lt("item numbers run 1, 2, 3 …: expected %(number)s"),
    "rule_hs_code": _lt("an HS code of six digits is needed (box 9)"),
    "rule_criterion_elsewhere": _lt("the agreement %(agreement)s has no such criterion"),
    "other_agreement": _lt("this platform issues certificates under RCEP, none under %(agreement)s"),
    "gacc_back_to_back": _lt(
        "the import file has no place for a back-to-back certificate: apply "
        "for it at the issuing office itself"
    ),
    "rule_further_original": _lt("a further original stands beside a first one only"),
    "rule_original_of_exporter": _lt("the original is of another Party than the one that it is exported from"),
    "rule_quantity": _lt("the quantity must be above zero"),
    "rule_other_invoice": _lt("box 13 names no such invoice"),
    "rule_not_sealed": _lt("its dossier is not sealed: press Check"),
    "rule_only_with_value": _lt("it stands only with criterion RVC"),
    "rule_no_value": _lt("criterion RVC needs the FOB value"),
    "rule_share": _lt("RVC is 0 to 100 with at most two decimals"),
}
