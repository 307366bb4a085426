"""What a snapshot cannot be asked, each with a message that says what to do."""

from collections.abc import Sequence


class DoorError(Exception):
    """A question the snapshot cannot answer. The message says what was wrong and what to do."""


class NoSnapshot(DoorError):
    """This home folder has no snapshot that can be read."""


class OtherLayout(DoorError):
    """The snapshot was built by another version of this software, with other tables or columns."""


class UnknownMetric(DoorError):
    """No metric of that id."""


class UnknownKey(DoorError):
    """A key or value to group or filter by that metrics do not have."""


class NotAvailable(DoorError):
    """The source lacks a column the metric needs. `missing` names them."""

    def __init__(self, metric_id: str, missing: Sequence[str]) -> None:
        self.metric_id = metric_id
        self.missing = tuple(missing)
        super().__init__(f"{metric_id} is not available: needs {', '.join(missing)}")
