"""Reads a metric file: the header that says what the metric means, and the SELECT of the records it counts."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import sql
from pipelines.extracts import EXTRACTS

REQUIRED = (
    "id", "title", "question", "record", "row", "met", "better", "serves", "kind", "needs", "judges", "maturity",
)  # fmt: skip
OPTIONAL = ("target", "measure", "also_by", "caveats", "source")
CHOICES = {
    "record": (
        "incident", "crime", "appointment", "closure", "audit_log", "audit_crime", "record_check", "training",
    ),
    "better": ("higher", "lower", "neither"),
    "kind": (
        "screening", "descriptive", "timeliness", "compliance", "supervision", "backlog", "grading", "appointments",
        "training", "association", sql.AUDITED, sql.AUDITED_COUNTS,
    ),
    "judges": ("taking", "attending", "closing", "recording", "own"),
}  # fmt: skip
NEEDS = {f"{extract.name}.{column}" for extract in EXTRACTS for column in extract.schema} | {
    f"target.{target_id}" for target_id in ("response", "appointment_wait", "closure_checks_per_day")
}
OUTPUT = (
    "record_id", "placed_at", "district", "team_id", "offence_group", "is_domestic_abuse", "channel", "grade", "is_met",
)  # fmt: skip


class MetricFileError(ValueError):
    """A metric file that does not say what it must. The message names the file and every mistake in it."""


@dataclass(frozen=True)
class MetricFile:
    """A metric as its file declares it. `needs` are columns such as crime.recorded_at, or several of which one will do
    (`crime.incident_id or incident.crime_ref`), `maturity_days` the days after which a period's figures no longer
    move, `also_by` a column of its own that figures can be told apart by beside the dimensions every metric has,
    `columns` the meaning of each output column, `sql` the SELECT."""

    metric_id: str
    title: str
    question: str
    record: str
    row_meaning: str
    met: str
    better: str
    serves: str
    kind: str
    needs: tuple[str, ...]
    judges: str
    maturity_days: int
    sql: str
    target: float | None = None
    measure: str | None = None
    also_by: str | None = None
    caveats: str = ""
    source: str = ""
    columns: dict[str, str] = field(default_factory=dict)


def read_metric(path: Path) -> MetricFile:
    """The metric declared in the file; MetricFileError where its header is not complete or not sound."""
    text = path.read_text("utf-8")
    header, mistakes = _header(text)
    mistakes += [f"the header lacks `{key}`" for key in REQUIRED if not header.get(key)]
    mistakes += [f"the header has an unknown key `{key}`" for key in header if key not in REQUIRED + OPTIONAL]
    for key, choices in CHOICES.items():
        if header.get(key) and header[key] not in choices:
            mistakes.append(f"`{key}` is {header[key]!r}; it must be one of {', '.join(choices)}")
    needs, columns = _listed(header.get("needs", "")), column_meanings(text)
    for served in _listed(header.get("serves", "")):
        if served not in sql.SERVES:
            mistakes.append(f"`serves` has {served!r}; there are {', '.join(sql.SERVES)}")
    for need in (one for either in needs for one in either.split(" or ")):
        if need not in NEEDS:
            close = get_close_matches(need, NEEDS, 1)
            hint = f" (did you mean {close[0]}?)" if close else ""
            mistakes.append(f"`needs` has {need!r}, which is no column of an extract and no target{hint}")
    if header.get("id", path.stem) != path.stem:
        mistakes.append(f"`id` is {header['id']!r} but the file is named {path.stem!r}")
    if header.get("maturity") and not header["maturity"].isdecimal():
        mistakes.append(f"`maturity` is {header['maturity']!r}; it must be a whole number of days")
    if header.get("target") and not re.fullmatch(r"\d+(\.\d+)?", header["target"]):
        mistakes.append(f"`target` is {header['target']!r}; it must be a number")
    if not _body(text):
        mistakes.append("no SELECT follows the header")
    named = (*OUTPUT, *(["measure"] if header.get("measure") else []), *_listed(header.get("also_by", "")))
    if lacking := [name for name in named if name not in columns]:
        mistakes.append(f"the SELECT lacks {', '.join(lacking)}, each with what it means in a comment behind it")
    if mistakes:
        raise MetricFileError(f"{path.name}: " + "; ".join(mistakes) + ". Mend the header and refresh again.")
    return MetricFile(
        metric_id=header["id"],
        title=header["title"],
        question=header["question"],
        record=header["record"],
        row_meaning=header["row"],
        met=header["met"],
        better=header["better"],
        serves=header["serves"],
        kind=header["kind"],
        needs=needs,
        judges=header["judges"],
        maturity_days=int(header["maturity"]),
        sql=_body(text),
        target=float(header["target"]) if header.get("target") else None,
        measure=header.get("measure"),
        also_by=header.get("also_by"),
        caveats=header.get("caveats", ""),
        source=header.get("source", ""),
        columns=columns,
    )


def read_metrics(folder: Path) -> list[MetricFile]:
    """Every metric of the folder in the order of their ids."""
    return [read_metric(path) for path in sorted(folder.glob("*.sql"))]


def column_meanings(sql: str) -> dict[str, str]:
    """Meaning of each output column of a SELECT, read from the comment behind it: `... as name,  -- what it means`."""
    found = re.findall(r"^(?! *--).*?(\w+),? +-- (.+)$", sql, flags=re.MULTILINE)
    return {name: meaning.strip() for name, meaning in found}


def _header(text: str) -> tuple[dict[str, str], list[str]]:
    header: dict[str, str] = {}
    mistakes: list[str] = []
    key = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if line.startswith("--   ") and key:
            header[key] += " " + line[2:].strip()
        elif match := re.fullmatch(r"-- (\w+): *(.*)", line):
            key = match[1]
            if key in header:
                mistakes.append(f"the header gives `{key}` twice")
            header[key] = match[2].strip()
        else:
            mistakes.append(f"the header line {line!r} is neither `-- key: value` nor the `--   ` continuation of one")
    return header, mistakes


def _listed(text: str) -> tuple[str, ...]:
    """The parts of a header's value, which stand between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _body(text: str) -> str:
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return "\n".join(lines[start:]).strip().rstrip(";")
