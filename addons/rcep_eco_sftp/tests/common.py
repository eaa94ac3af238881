"""A firm whose folders are reached by SFTP on a real server."""

import json

from odoo.addons.rcep_eco.tests.platform.folder_common import FolderCase

from ..known_host import PROTOCOL
from .server import Server


class SftpCase(FolderCase):
    """As a `FolderCase`, by way of ``self.server``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(Server())
        cls.storage = cls.env["fs.storage"].create(
            {"name": "Client", "code": "client", "protocol": PROTOCOL, "directory_path": str(cls.root)}
        )
        cls.know_server()
        cls.platform.write({"folder": False, "storage_id": cls.storage.id, "connect_timeout": 2, "read_timeout": 3})

    @classmethod
    def know_server(cls, **options):
        """The storage leads to the server as it is now."""
        cls.storage.options = json.dumps({**cls.server.options, **options})

    def setUp(self):
        super().setUp()
        self.know_server()  # another test may have given it another key
        self.addCleanup(self.server.faults.__init__)
