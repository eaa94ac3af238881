from . import rcep_material_sheet
