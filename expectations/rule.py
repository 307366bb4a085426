"""What an expectation is: one predicate that selects bad rows, how grave that is, and why it matters."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "reject", "warn"]


@dataclass(frozen=True)
class Rule:
    """One expectation on one extract.

    `bad_rows` is a SQL SELECT of the rows that break the rule. It yields two columns: `_row`, the row's number in its
    extract (NULL where the rule judges the extract as a whole), and `detail`, the offending values in words. The same
    SELECT is the verdict (no row: met) and the list of bad rows. It is written against

    - a table for every extract (`incident`, `crime`, ...): every staged row for a `reject` rule, the rows that would be
      loaded for the others;
    - the reference tables `ref_*`;
    - `run_context`, one row: `data_cut` TIMESTAMP (UTC), `is_full` BOOLEAN (the delivery holds everything, not just
      changes), and for every extract `previous_<extract>` BIGINT: the rows that the previous published run of the same
      source loaded, NULL where there was none.

    severity: `stop` refuses the whole run, `reject` sets the rows aside, `warn` publishes and shows them.
    """

    rule_id: str
    extract: str
    severity: Severity
    reason: str
    bad_rows: str
