from . import description, report_door
