"""Faults: what cannot be done is our own doing, and nobody who asks can mend it."""


class Fault(Exception):
    """Something on our side is broken; the operator must look."""


class UnreadableCatalogue(Fault):
    """The catalogue is missing, broken, or of another format."""


class UnreadableContributions(Fault):
    """What should tell of public contributions is broken, or of another form."""


class StoreUnavailable(Fault):
    """The store cannot be read or written at this moment."""
