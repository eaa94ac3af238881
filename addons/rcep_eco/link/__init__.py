"""The platform link in plain Python: what is said to an issuing body's platform, and how.

``application``, ``filing`` and ``event`` are the canonical words of this suite; a *profile* turns them into
the words of one platform; ``client`` carries them over HTTPS, ``folders`` as files; ``signatures`` proves who
said them. Nothing in here knows Odoo: the folder loads alone under the alias ``rcep_link``.
"""

from . import said, record, schema, errors, canonical, application, form, letters, sheets, sale, papers  # noqa: I001  in the order in which they
from . import changes, plain, units, lint
from . import filer, filing, event, onboarding  # build on each other
from . import signatures, profiles, addresses, wires, client
from . import places, local_files, far_files, whereabouts, folders
from . import delivery, checkup, rehearsal, kinds, rules, attachment, sentences
