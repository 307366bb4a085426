"""What auditors found of logs and of the crimes they should have led to, with hand-computed verdicts."""

from typing import Any

from tests.sql.metrics.verdicts import column, placed, teams, verdicts
from tests.sql.world import Row, facts

STRATUM: Row = {
    "sample_id": "2019-Q1", "stratum": "violence", "may_hide": False, "population": 100, "sampled": 9,
    "period_from": "2019-01-01", "period_to": "2019-03-31", "cut_at": "2019-06-30 00:00",
}  # fmt: skip
HIDDEN: Row = {**STRATUM, "stratum": "hidden_other", "may_hide": True}
LOG: Row = {
    "reported_at": "2019-01-10 10:00", "opening_code": "violence_without_injury", "team_id": "taker",
    "attending_team_id": "attender",
}  # fmt: skip
CRIME: Row = {"reported_at": "2019-01-10 10:00", "recorded_at": "2019-01-10 12:00", "offence_class": "105A"}
BOTH: Row = {"class_correct": True, "recorded_within_24h": True}
VERDICTS = {
    "grade_correct": "grade_correct",
    "summary_accurate": "summary_accurate",
    "passed_to_officers": "passed_to_officers",
    "account_full": "account_full",
    "crime_made_clear": "crime_made_clear",
    "first_account_taken": "first_account_taken",
    "victim_believed": "believed_after_deployment",
    "no_crime_reason_valid": "no_crime_reason_valid",
}


def drawn(incident_id: str, stratum: str = "violence") -> Row:
    return {"sample_id": "2019-Q1", "incident_id": incident_id, "stratum": stratum}


def marked(incident_id: str, auditor: str = "a", day: int = 1, **verdicts: bool) -> Row:
    of_log: Row = {"sample_id": "2019-Q1", "incident_id": incident_id, "auditor": auditor}
    return {**of_log, "audited_at": f"2019-07-0{day} 10:00", **verdicts}


def required(incident_id: str, auditor: str = "a", **cells: object) -> Row:
    of_log: Row = {"sample_id": "2019-Q1", "incident_id": incident_id, "auditor": auditor, "n": 1}
    return {**of_log, "required_class": "105A", **cells}


def test_verdicts_on_logs() -> None:
    """One world for the eight flags: every log is of one flag, and holds none of the others."""
    yes: dict[str, Any]
    no: dict[str, Any]
    incidents, drawn_logs, returns = [], [drawn("not_in_the_snapshot")], []
    for flag in VERDICTS.values():
        yes, no = {flag: True}, {flag: False}
        names = ("right", "wrong", "unsaid", "not_marked", "hidden", "no_stratum", "registrar", "first", "by_code")
        strata = {"hidden": "hidden_other", "no_stratum": "unknown"}
        incidents += [dict(LOG, incident_id=f"{flag} {name}") for name in (*names, "not_drawn")]
        drawn_logs += [drawn(f"{flag} {name}", strata.get(name, "violence")) for name in names]
        returns += [
            marked(f"{flag} right", **yes),
            marked(f"{flag} wrong", **no),
            marked(f"{flag} unsaid"),
            marked(f"{flag} hidden", **no),
            marked(f"{flag} no_stratum", **no),
            marked(f"{flag} not_drawn", **no),
            marked(f"{flag} registrar", "a", 1, **yes),
            marked(f"{flag} registrar", "registrar", 5, **no),
            marked(f"{flag} first", "a", 2, **no),
            marked(f"{flag} first", "b", 1, **yes),
            marked(f"{flag} by_code", "b", 1, **no),
            marked(f"{flag} by_code", "a", 1, **yes),
        ]
    no = dict.fromkeys(VERDICTS.values(), False)
    returns += [marked("not_in_the_snapshot", **no)]
    con = facts(incident=incidents, audit_stratum=[STRATUM, HIDDEN], audit_log=drawn_logs, audit_return=returns)
    found = {"right": True, "wrong": False, "registrar": False, "first": True, "by_code": True}
    for metric_id, flag in VERDICTS.items():
        assert verdicts(con, metric_id) == {f"2019-Q1 {flag} {name}": is_met for name, is_met in found.items()}
        judged = "attender" if metric_id == "victim_believed" else "taker"
        assert set(teams(con, metric_id).values()) == {judged}
        assert str(placed(con, metric_id)[f"2019-Q1 {flag} right"]) == "2019-01-10 10:00:00"


def test_a_log_drawn_twice_counts_in_each_sample() -> None:
    later = {"sample_id": "2019-Q2"}
    con = facts(
        incident=[dict(LOG, incident_id="log")],
        audit_stratum=[STRATUM, STRATUM | later],
        audit_log=[drawn("log"), drawn("log") | later],
        audit_return=[marked("log", grade_correct=True), marked("log", grade_correct=False) | later],
    )
    assert verdicts(con, "grade_correct") == {"2019-Q1 log": True, "2019-Q2 log": False}


def of_crimes(*found: tuple[str, Row], recorded: tuple[str, ...] = ()) -> dict[str, Any]:
    """A world's rows with a log for each crime found, one of its marker's; and a crime recorded for those named."""
    names = [name for name, _ in found]
    return {
        "incident": [dict(LOG, incident_id=name) for name in names],
        "crime": [dict(CRIME, crime_ref=f"c_{name}", incident_id=name) for name in recorded],
        "audit_stratum": [STRATUM, HIDDEN],
        "audit_log": [drawn(name, "hidden_other" if name.startswith("hidden") else "violence") for name in names],
        "audit_return": [marked(name) for name in names],
        "audit_crime": [required(name, **cells) for name, cells in found],
    }


def ids(found: dict[str, bool]) -> dict[str, bool]:
    return {f"2019-Q1 {name} 1": is_met for name, is_met in found.items()}


def test_classes_and_times_of_recorded_crimes() -> None:
    rows = of_crimes(
        ("class_right", {"is_recorded": True, "class_correct": True}),
        ("class_wrong", {"is_recorded": True, "class_correct": False}),
        ("in_time", {"is_recorded": True, "recorded_within_24h": True}),
        ("late", {"is_recorded": True, "recorded_within_24h": False}),
        # not counted
        ("unsaid", {"is_recorded": True}),
        ("not_recorded", {"is_recorded": False, **BOTH}),
        ("no_such_crime", {"is_recorded": True, **BOTH}),
        ("no_verdict", BOTH),
        ("hidden", {"is_recorded": True, **BOTH}),
        recorded=("class_right", "class_wrong", "in_time", "late", "unsaid", "not_recorded", "no_verdict", "hidden"),
    )
    con = facts(**rows)
    assert verdicts(con, "classification_correct") == ids({"class_right": True, "class_wrong": False})
    assert verdicts(con, "audited_in_time") == ids({"in_time": True, "late": False})


def test_victims_safeguarded_when_none_was_recorded() -> None:
    abuse: Row = {"is_domestic_abuse": True, "is_recorded": False}
    rows = of_crimes(
        ("safe", {**abuse, "safeguarded": True}),
        ("not_safe", {**abuse, "safeguarded": False}),
        ("said_recorded", {**abuse, "is_recorded": True, "safeguarded": True}),  # and no such crime is there
        # not counted
        ("unsaid", abuse),
        ("recorded", {**abuse, "is_recorded": True, "safeguarded": True}),
        ("no_verdict", {**abuse, "is_recorded": None, "safeguarded": True}),
        ("no_abuse", {**abuse, "is_domestic_abuse": False, "safeguarded": True}),
        ("abuse_not_said", {**abuse, "is_domestic_abuse": None, "safeguarded": True}),
        ("hidden", {**abuse, "safeguarded": True}),
        recorded=("recorded",),
    )
    rows["incident"][4] |= {"is_domestic_abuse": False}  # the auditor's word counts, not the log's
    found = verdicts(facts(**rows), "domestic_abuse_safeguarded")
    assert found == ids({"safe": True, "not_safe": False, "said_recorded": True})


def test_failures_put_right() -> None:
    rows = of_crimes(
        ("put_right", {"is_recorded": False, "remedied_at": "2019-08-01 10:00"}),
        ("not_yet", {"is_recorded": False}),
        ("said_recorded", {"is_recorded": True}),
        ("hidden", {"is_recorded": False, "remedied_at": "2019-08-01 10:00"}),
        # not counted
        ("recorded", {"is_recorded": True, "remedied_at": "2019-08-01 10:00"}),
        ("no_verdict", {"remedied_at": "2019-08-01 10:00"}),
        recorded=("recorded",),
    )
    found = verdicts(facts(**rows), "failures_put_right")
    assert found == ids({"put_right": True, "not_yet": False, "said_recorded": False, "hidden": True})


def test_audited_recording_of_the_focus_groups() -> None:
    harassment, messages, disorder, assault = "8L", "8R", "9A", "105A"
    rows = of_crimes(
        ("recorded", {"required_class": harassment, "is_recorded": True}),
        ("missed", {"required_class": messages, "is_recorded": False}),
        ("disorder", {"required_class": disorder, "is_recorded": False}),
        # not counted
        ("no_verdict", {"required_class": harassment}),
        ("other_class", {"required_class": assault, "is_recorded": True}),
        ("unknown_class", {"required_class": "ZZ", "is_recorded": True}),
        ("hidden", {"required_class": harassment, "is_recorded": False}),
        recorded=("recorded", "other_class"),
    )
    con = facts(**rows)
    assert verdicts(con, "focus_audited") == ids({"recorded": True, "missed": False, "disorder": False})
    groups = {"recorded": "harassment", "missed": "malicious_communications", "disorder": "public_order"}
    assert column(con, "focus_audited", "focus_group") == {f"2019-Q1 {name} 1": it for name, it in groups.items()}


def test_of_two_markers_crimes_only_the_prevailing_one_s_count() -> None:
    con = facts(
        incident=[dict(LOG, incident_id="log")],
        audit_stratum=[STRATUM],
        audit_log=[drawn("log")],
        audit_return=[marked("log", "a"), marked("log", "registrar", 5)],
        audit_crime=[
            required("log", "a", is_recorded=False, remedied_at="2019-08-01 10:00"),
            required("log", "a", n=2, is_recorded=False),
            required("log", "registrar", is_recorded=False),
        ],
    )
    assert verdicts(con, "failures_put_right") == {"2019-Q1 log 1": False}
