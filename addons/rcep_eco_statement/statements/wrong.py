"""What can be wrong with a statement that somebody hands in: a code with its facts, put into words for its reader."""


class Wrong(ValueError):
    """A statement, its keys or its status cannot be taken.

    :param code: a key of `texts.WORDS`
    :param facts: what its sentence names
    """

    def __init__(self, code: str, /, **facts):
        super().__init__(f"{code}: {facts}" if facts else code)
        self.code, self.facts = code, facts
