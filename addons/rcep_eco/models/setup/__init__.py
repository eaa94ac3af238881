"""The first steps of a firm that installs the suite, and its settings."""

from . import rcep_getting_started, res_config_settings
