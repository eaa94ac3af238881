"""What is wrong with a report: a code and its facts; ``texts`` has the sentence."""


class ReportError(Exception):
    """A report that cannot be read.

    :ivar code: of the sentence in ``texts/report_problems.py``
    :ivar facts: what the sentence names
    """

    def __init__(self, code, **facts):
        super().__init__(f"{code} {facts}" if facts else code)
        self.code = code
        self.facts = facts
