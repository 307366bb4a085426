"""Says what is wrong in a worksheet that came back, all of it at once, or gives its rows as extracts hold them."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from expectations.predicates import SPREADSHEET_DAMAGE
from pipelines.audit.cell import cell_value, unreadable
from pipelines.audit.choices import Choices
from pipelines.audit.columns import CRIMES, LOGS, Sheet
from pipelines.audit.folder import Drawn
from pipelines.audit.returned import Returned, ReturnRefused, Row

AUDITOR_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")


@dataclass(frozen=True)
class Marked:
    """What was marked: rows of audit_return and of audit_crime, and the logs of the worksheet that were not."""

    returns: list[dict[str, Any]]
    crimes: list[dict[str, Any]]
    unmarked: list[str]

    @property
    def auditors(self) -> list[str]:
        """The codes of those who marked."""
        return sorted({row["auditor"] for row in self.returns})


@dataclass(frozen=True)
class _Check:
    """What a worksheet is held against, and the faults found so far, in the order of its rows."""

    drawn: Drawn
    choices: Choices
    zone: ZoneInfo
    auditor: str
    faults: list[str] = field(default_factory=list)

    def fault(self, row: Row, said: str) -> None:
        self.faults.append(f"{row.where}: {said}")


def check_return(
    returned: Returned, drawn: Drawn, choices: Choices, zone: ZoneInfo, *, auditor: str = "", is_partial: bool = False
) -> Marked:
    """The rows of a returned worksheet. `auditor` marks where a row does not say who did; `is_partial` lets logs
    stay unmarked. Raises ReturnRefused with everything that is wrong."""
    if returned.mark not in (drawn.mark, drawn.second_mark):
        raise ReturnRefused(
            f"{returned.name}: the column Draw says {returned.mark or 'nothing'}, which is not the draw "
            f"{drawn.sample_id} in the home folder: return the worksheet of that draw"
        )
    check = _Check(drawn, choices, zone, auditor)
    marked = _logs(check, returned)
    crimes = _crimes(check, returned.crimes, marked)
    unmarked = _unmarked(check, returned, is_partial)
    if check.faults:
        raise ReturnRefused("\n".join(check.faults))
    returns = [_return_row(drawn, values) for values in marked.values()]
    return Marked(returns, [_crime_row(drawn, values) for values in crimes], unmarked)


def _logs(check: _Check, returned: Returned) -> dict[tuple[str, str], dict[str, Any]]:
    """What each log was marked with, by log and auditor."""
    wanted = {log for log in check.drawn.shown if returned.mark == check.drawn.mark or log in check.drawn.twice}
    marked: dict[tuple[str, str], dict[str, Any]] = {}
    first: dict[tuple[str, str], Row] = {}
    for row in returned.logs:
        log = row["incident_id"]
        if log not in wanted:
            check.fault(row, _unknown_log(log))
            continue
        _check_shown(check, row, returned.mark)
        values = _values(check, row, LOGS)
        values["auditor"] = _auditor(check, row) if row.is_answered(LOGS) else row["auditor"]
        key = (log, values["auditor"])
        if key in first:
            by = f"by {key[1]} " if key[1] else ""
            check.fault(row, f"log {log} {by}is there a second time, as in {first[key].where}")
            continue
        first[key] = row
        if row.is_answered(LOGS):
            if not row["crimes_required"]:
                check.fault(row, f'"{_title(LOGS, "crimes_required")}" is missing; 0 where the log holds no crime')
            marked[key] = values | {"where": row.where}
    for log in check.drawn.shown:
        if log in wanted and not any(row["incident_id"] == log for row in returned.logs):
            check.faults.append(f"{LOGS.title}: the row of log {log} is missing")
    return marked


def _unknown_log(log: str) -> str:
    if not log:
        return "the log number is missing"
    if re.fullmatch(SPREADSHEET_DAMAGE, log):
        return f"a spreadsheet has made {log} of a log number: return the .xlsx file, which keeps them as text"
    return f"log {log} is not in the draw: take the row out"


def _check_shown(check: _Check, row: Row, mark: str) -> None:
    """Find what was changed of the columns that are there to be read."""
    shown = {**check.drawn.shown[row["incident_id"]], "draw": mark}
    for column in LOGS.fields:
        if column.kind == "shown" and row[column.name].split() != shown[column.name].split():
            check.fault(row, f'"{column.title}" was altered: "{row[column.name]}", and was "{shown[column.name]}"')


def _crimes(check: _Check, rows: list[Row], marked: dict[tuple[str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    """The crimes that should have been recorded, each with its log and auditor."""
    auditors: dict[str, list[str]] = defaultdict(list)
    for log, auditor in marked:
        auditors[log].append(auditor)
    found: dict[tuple[str, str, int], Row] = {}
    crimes: list[dict[str, Any]] = []
    for row in rows:
        if not row.is_answered(CRIMES):
            continue
        log = row["incident_id"]
        if log not in check.drawn.shown:
            check.fault(row, _unknown_log(log))
            continue
        values = _values(check, row, CRIMES)
        values["auditor"] = _auditor_of_crime(check, row, auditors[log])
        _check_crime(check, row, values)
        if values["n"] is None:
            if not row["n"]:
                check.fault(row, f'"{_title(CRIMES, "n")}" is missing')
            continue
        key = (log, values["auditor"], values["n"])
        if key in found:
            check.fault(row, f"crime {key[2]} of log {log} is there a second time, as in {found[key].where}")
            continue
        found[key] = row
        crimes.append(values)
    _check_counts(check, marked, crimes)
    return crimes


def _check_crime(check: _Check, row: Row, values: dict[str, Any]) -> None:
    for name in ("required_class", "is_recorded"):
        if not row[name]:
            check.fault(row, f'"{_title(CRIMES, name)}" is missing')
    if values["n"] == 0:
        check.fault(row, f'"{_title(CRIMES, "n")}" is 0; the first crime of a log is 1')
    if values["is_recorded"] and not row["crime_ref"]:
        check.fault(row, "it was recorded, and the crime number is missing")
    if values["is_recorded"] is False and row["crime_ref"]:
        check.fault(row, f"it was not recorded, and yet has the crime number {row['crime_ref']}")


def _check_counts(check: _Check, marked: dict[tuple[str, str], dict[str, Any]], crimes: list[dict[str, Any]]) -> None:
    """Find logs whose crimes are not as many as the auditor counted: a row was forgotten, or is one too many."""
    counts = Counter((crime["incident_id"], crime["auditor"]) for crime in crimes)
    for key, values in marked.items():
        said = values["crimes_required"]
        if said is not None and counts[key] != said:
            check.faults.append(
                f"{values['where']}: log {key[0]} has {said} crimes that should have been recorded, "
                f"and {counts[key]} filled rows of the sheet {CRIMES.title}"
            )


def _unmarked(check: _Check, returned: Returned, is_partial: bool) -> list[str]:
    """The logs that no row of the worksheet marks."""
    answered = {row["incident_id"] for row in returned.logs if row.is_answered(LOGS)}
    blank = {row["incident_id"]: row.where for row in returned.logs if row["incident_id"] not in answered}
    unmarked = [log for log in blank if log in check.drawn.shown]
    if unmarked and not answered:
        check.faults.append(f"{LOGS.title}: no log is marked")
    elif unmarked and not is_partial:
        check.faults.extend(f"{blank[log]}: log {log} is not marked" for log in unmarked)
        check.faults.append(
            "--partial takes in what is marked, and the rest later; until every log is marked there is no rate"
        )
    return unmarked


def _auditor(check: _Check, row: Row) -> str:
    auditor = row["auditor"] or check.auditor
    if not auditor:
        check.fault(row, "the auditor's code is missing; write it there, or give --auditor")
    elif not AUDITOR_CODE.fullmatch(auditor):
        check.fault(row, f'"{auditor}" is no auditor\'s code: letters, digits, - and _ only, and never a name')
    return auditor


def _auditor_of_crime(check: _Check, row: Row, auditors: list[str]) -> str:
    """Whose crime it is: the row says so, or one auditor alone marked the log."""
    log, named = row["incident_id"], row["auditor"]
    if named in auditors:
        return named
    if not auditors:
        check.fault(row, f"log {log} is not marked in the sheet {LOGS.title}")
    elif named:
        check.fault(row, f"{named} has not marked log {log} in the sheet {LOGS.title}")
    elif len(auditors) > 1:
        check.fault(row, f"log {log} was marked by {' and '.join(auditors)}: say whose crime it is")
    return named or next(iter(auditors), "")


def _values(check: _Check, row: Row, sheet: Sheet) -> dict[str, Any]:
    """The cells of a row as what their columns hold; what cannot be read so is a fault and None."""
    values: dict[str, Any] = {"incident_id": row["incident_id"]}
    for column in sheet.fields:
        if column.kind not in ("shown", "code"):
            text = row[column.name]
            values[column.name] = cell_value(column, text, check.choices, check.zone)
            if text and values[column.name] is None:
                check.fault(row, unreadable(column, text))
    return values


def _title(sheet: Sheet, name: str) -> str:
    return next(column.title for column in sheet.fields if column.name == name)


def _return_row(drawn: Drawn, values: dict[str, Any]) -> dict[str, Any]:
    row = {
        "sample_id": drawn.sample_id,
        "incident_id": values["incident_id"],
        "auditor": values["auditor"],
        "stratum": drawn.shown[values["incident_id"]]["stratum"],
        "audited_at": values["audited_on"],
    }
    return row | {column.name: _written(values[column.name]) for column in LOGS.fields if column.kind == "flag"}


def _crime_row(drawn: Drawn, values: dict[str, Any]) -> dict[str, Any]:
    row = {"sample_id": drawn.sample_id, "incident_id": values["incident_id"], "auditor": values["auditor"]}
    for column in CRIMES.fields:
        if column.kind != "code":
            name = "remedied_at" if column.name == "remedied_on" else column.name
            row[name] = _written(values[column.name])
    return row


def _written(value: object) -> object:
    return ("yes" if value else "no") if isinstance(value, bool) else value
