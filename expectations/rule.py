"""What an expectation is: one predicate that selects bad rows, how grave that is, and why it matters."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "reject", "warn"]


@dataclass(frozen=True)
class Rule:
    """One expectation on one extract.

    `bad_rows` is a SQL SELECT of the rows that break the rule, written against the tables named `incident`, `crime`,
    `appointment`, `team` (the staged rows that would be loaded), the `ref_*` tables, `run_context` (one row:
    data_cut, and the loaded count of the previous run per extract) and yielding at least the extract's `_row`. The same SELECT is the
    verdict (no row: met) and the list of bad rows.

    severity: `stop` refuses the whole run, `reject` sets the rows aside, `warn` publishes and shows them.
    """

    rule_id: str
    extract: str
    severity: Severity
    reason: str
    bad_rows: str
