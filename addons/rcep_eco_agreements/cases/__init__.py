from . import under_agreement
