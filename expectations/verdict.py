"""What became of one rule."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """The verdict of Great Expectations on one rule.

    `is_met` is None when the rule could not be evaluated: `error` then says why, and `bad_rows` is 0. Such a rule has
    neither held nor failed, and a run must not publish on it.
    """

    rule_id: str
    is_met: bool | None
    bad_rows: int
    error: str | None = None
