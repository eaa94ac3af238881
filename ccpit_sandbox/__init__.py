"""A stand-in for an issuing body's origin data platform: a real HTTP server with a database of its own.

It speaks this project's own profile ``ccpit-json-1``, which is not an official interface, and whatever it
issues is a SPECIMEN. Records, wording, signatures and rules are those of the exporter's side (``rcep_link``),
so both sides cannot drift apart; everything that only a platform knows lives here.
"""

from tools.pure import load

load("rcep_link")
