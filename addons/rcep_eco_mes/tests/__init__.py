from . import (
    test_access,
    test_changes,
    test_public_methods,
    test_reading,
    test_report_decides,
    test_report_door,
    test_report_life,
    test_samples,
    test_upload,
)
