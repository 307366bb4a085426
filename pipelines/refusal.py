"""The three ways in which a source or its profile is turned away, each with one clear sentence."""


class SourceRefused(Exception):
    """The data was refused: nothing is staged, the published snapshot stands (exit status 1)."""


class SourceNotFound(Exception):
    """There is no such source, or no file in it is of the profile's making (exit status 2)."""


class ProfileError(Exception):
    """A profile is wrong. The message lists every mistake with its place, one a line (exit status 2)."""
