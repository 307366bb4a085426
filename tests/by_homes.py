"""Which tests one worker of pytest-xdist runs together: those that share what is dear to make."""

from xdist.scheduler import LoadFileScheduling

SHARING = ("tests/app", "tests/pipelines/audit")  # whose conftest makes homes for every file of the folder


class ByHomes(LoadFileScheduling):
    """Keeps the tests of a file together, and those of a folder that shares homes, as each worker makes its own."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        folder = file.rpartition("/")[0]
        return folder if folder in SHARING else file
