"""Audited cancellations, reclassifications and reported incidents of rape, with hand-computed verdicts."""

from tests.sql.metrics.verdicts import column, placed, teams, verdicts
from tests.sql.world import Row, facts

CRIME: Row = {
    "reported_at": "2019-01-10 10:00", "recorded_at": "2019-01-10 12:00", "offence_class": "105A", "team_id": "T",
}  # fmt: skip
CHECK: Row = {"sample_id": "Q1", "auditor": "a", "is_targeted": False, "is_correct": True}


def checked(kind: str, cells: Row) -> tuple[list[Row], list[Row]]:
    """Crimes with these cells and checks of that kind: right, wrong, and all that does not count."""
    check: Row = CHECK | {"kind": kind}
    names = ("right", "wrong", "registrar", "verdict_first", "unsaid", "picked", "not_known_how", "other_kind")
    crimes = [dict(CRIME, crime_ref=name, **cells) for name in names]
    checks = [
        check | {"crime_ref": "right"},
        check | {"crime_ref": "wrong", "is_correct": False},
        check | {"crime_ref": "registrar"},
        check | {"crime_ref": "registrar", "auditor": "registrar", "is_correct": False},
        check | {"crime_ref": "verdict_first", "auditor": "registrar", "is_correct": None},
        check | {"crime_ref": "verdict_first", "auditor": "b"},
        # not counted
        check | {"crime_ref": "unsaid", "is_correct": None},
        check | {"crime_ref": "picked", "is_targeted": True},
        check | {"crime_ref": "not_known_how", "is_targeted": None},
        check | {"crime_ref": "other_kind", "kind": "n100" if kind != "n100" else "cancellation"},
        check | {"crime_ref": "not_delivered"},
    ]
    return crimes, checks


def found(kind: str) -> dict[str, bool]:
    verdict = {"right": True, "wrong": False, "registrar": False, "verdict_first": True}
    return {f"Q1 {kind} {name}": is_met for name, is_met in verdict.items()}


def test_cancellations_correct() -> None:
    crimes, checks = checked("cancellation", {"cancelled_at": "2019-02-01 10:00", "cancellation_code": "C2"})
    crimes[1] |= {"cancellation_code": "C4"}
    crimes[2] |= {"cancellation_code": None}
    crimes += [dict(CRIME, crime_ref="stands", cancellation_code="C2")]
    checks += [CHECK | {"kind": "cancellation", "crime_ref": "stands"}]
    con = facts(crime=crimes, record_check=checks)
    assert verdicts(con, "cancellations_correct") == found("cancellation")
    assert column(con, "cancellations_correct", "cancellation_code") == {
        "Q1 cancellation right": "C2",
        "Q1 cancellation wrong": "C4",
        "Q1 cancellation registrar": None,
        "Q1 cancellation verdict_first": "C2",
    }
    assert str(placed(con, "cancellations_correct")["Q1 cancellation right"]) == "2019-02-01 10:00:00"
    assert set(teams(con, "cancellations_correct").values()) == {"T"}


def test_reclassifications_correct() -> None:
    crimes, checks = checked("reclassification", {"reclassified_at": "2019-03-01 10:00"})
    crimes += [dict(CRIME, crime_ref="never")]
    checks += [CHECK | {"kind": "reclassification", "crime_ref": "never"}]
    con = facts(crime=crimes, record_check=checks)
    assert verdicts(con, "reclassifications_correct") == found("reclassification")
    assert str(placed(con, "reclassifications_correct")["Q1 reclassification right"]) == "2019-03-01 10:00:00"


def test_n100_correct() -> None:
    crimes, checks = checked("n100", {"cancelled_at": "2019-02-01 10:00", "cancellation_code": "C2"})
    crimes += [{"crime_ref": "no_time", "offence_class": "N100/01"}]
    checks += [CHECK | {"kind": "n100", "crime_ref": "no_time"}]
    con = facts(crime=crimes, record_check=checks)
    assert verdicts(con, "n100_correct") == found("n100")
    assert str(placed(con, "n100_correct")["Q1 n100 right"]) == "2019-01-10 12:00:00"


def test_a_record_checked_in_two_samples_counts_in_each() -> None:
    check: Row = CHECK | {"kind": "n100", "crime_ref": "c"}
    con = facts(
        crime=[dict(CRIME, crime_ref="c")], record_check=[check, check | {"sample_id": "Q2", "is_correct": False}]
    )
    assert verdicts(con, "n100_correct") == {"Q1 n100 c": True, "Q2 n100 c": False}
