from . import (
    test_access,
    test_booking,
    test_changes,
    test_late_reports,
    test_public_methods,
    test_reading,
    test_report_decides,
    test_report_door,
    test_report_folder,
    test_report_life,
    test_samples,
    test_upload,
)
