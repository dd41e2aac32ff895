"""The one exception by which a service refuses: its text is shown to the person, so it says why and what to do."""


class RefusedError(Exception):
    """A write that the state of things does not allow; the text says why and what to do."""
