from . import test_rights, test_sftp
