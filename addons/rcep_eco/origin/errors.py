"""What can be wrong with what the engine is given."""


class OriginError(ValueError):
    """Base of all errors of this package."""


class RuleError(OriginError):
    """The text of a product-specific rule cannot be read."""


class CaseError(OriginError):
    """A case cannot be read or decided.

    :param path: where, as in ``materials[2].value``
    :param reason: one sentence that says what is wrong
    """

    def __init__(self, path, reason):
        super().__init__(f"{path}: {reason}" if path else reason)
        self.path = path
        self.reason = reason
