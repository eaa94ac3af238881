import importlib.util
import sys
from pathlib import Path

f=Path(__file__).parents[1]/"addons/rcep_eco/origin"
spec=importlib.util.spec_from_file_location("rcep_origin", f/"__init__.py", submodule_search_locations=[str(f)])
m=importlib.util.module_from_spec(spec); sys.modules["rcep_origin"]=m; spec.loader.exec_module(m)
