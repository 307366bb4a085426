"""Audits of the small made-up force: a sample of each of its whole quarters, marked, some of it by two."""

import random
from datetime import date, datetime
from typing import Any

from tests.app.force import CLASSES, DATA_CUT

Row = dict[str, Any]

QUARTERS = {
    "2018-Q1": (date(2018, 1, 1), date(2018, 3, 31)),
    "2018-Q2": (date(2018, 4, 1), date(2018, 6, 30)),
    "2018-Q3": (date(2018, 7, 1), date(2018, 9, 30)),
}
SIGNED = [{"sample_id": "2018-Q1", "role": "Force Crime Registrar", "signed_date": "2018-12-10"}]
VERDICTS = ("grade_correct", "summary_accurate", "passed_to_officers", "account_full", "first_account_taken")


def audits(logs: list[Row], crimes: list[Row], seed: int = 4) -> dict[str, list[Row]]:
    """The rows of the audit extracts: half of every stratum of each quarter, a crime required of nearly every log in
    scope and of one hidden log in ten."""
    choose = random.Random(seed)
    recorded = {crime["incident_id"]: crime["crime_ref"] for crime in crimes if crime["incident_id"]}
    found: dict[str, list[Row]] = {name: [] for name in ("audit_stratum", "audit_log", "audit_return", "audit_crime")}
    for sample_id, (first, last) in QUARTERS.items():
        strata: dict[str, list[Row]] = {}
        for log in logs:
            if first <= log["reported_at"].date() <= last:
                strata.setdefault(stratum(log), []).append(log)
        for name, frame in strata.items():
            drawn = choose.sample(frame, max(2, len(frame) // 2))
            found["audit_stratum"].append(
                {"sample_id": sample_id, "stratum": name, "may_hide": name.startswith("hidden"),
                 "population": 3 * len(frame), "sampled": len(drawn), "period_from": first, "period_to": last,
                 "cut_at": DATA_CUT, "run": "r0001", "seed": 1}
            )  # fmt: skip
            for log in drawn:
                found["audit_log"].append({"sample_id": sample_id, "incident_id": log["incident_id"], "stratum": name})
                _mark(found, choose, sample_id, name, log, recorded.get(log["incident_id"]))
    return found


def stratum(log: Row) -> str:
    """The stratum a log is drawn from, by its code."""
    code = log["opening_code"]
    if code not in CLASSES:
        return "hidden_other"
    return "violence" if code.startswith("violence") else "sexual" if code == "rape" else "other"


def checks(crimes: list[Row], seed: int = 5) -> list[Row]:
    """Checks of cancelled crimes, some of them of crimes that were picked."""
    choose = random.Random(seed)
    return [
        {"sample_id": "cancelled", "crime_ref": crime["crime_ref"], "kind": "cancellation", "auditor": "a",
         "is_correct": choose.random() < 0.7, "is_targeted": choose.random() < 0.3}
        for crime in crimes if crime.get("cancelled_at")
    ]  # fmt: skip


def _mark(
    found: dict[str, list[Row]], choose: random.Random, sample_id: str, name: str, log: Row, crime_ref: str | None
) -> None:
    """One log as its auditors see it; two logs in ten are marked by two, who differ on the class now and then."""
    key = {"sample_id": sample_id, "incident_id": log["incident_id"]}
    holds = choose.random() < (0.1 if name.startswith("hidden") else 0.97)
    for auditor in ("a", "b")[: 2 if choose.random() < 0.2 else 1]:
        verdicts = {verdict: choose.random() < 0.8 for verdict in VERDICTS}
        found["audit_return"].append({**key, "auditor": auditor, "audited_at": datetime(2018, 12, 1), **verdicts})
        if not holds:
            continue
        is_seen = crime_ref is not None and (auditor == "a" or choose.random() < 0.9)
        found["audit_crime"].append(
            {**key, "auditor": auditor, "n": 1, "required_class": CLASSES.get(log["opening_code"], "8N"),
             "is_domestic_abuse": log["is_domestic_abuse"], "is_recorded": is_seen,
             "crime_ref": crime_ref if is_seen else None, "class_correct": True if is_seen else None,
             "failure_reason": None if is_seen else choose.choice(("rules_not_understood", None)),
             "remedied_at": None if is_seen or choose.random() < 0.5 else datetime(2018, 12, 5)}
        )  # fmt: skip
