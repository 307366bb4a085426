"""Cancelled and reclassified crimes and reports of rape, with hand-computed verdicts."""

from tests.sql.metrics.verdicts import measures, placed, verdicts
from tests.sql.world import Row, facts

ASSAULT, RAPE, SEXUAL_ASSAULT, MURDER = "105A", "19C", "20A", "1"
CRIME: Row = {"reported_at": "2018-05-01 10:00", "recorded_at": "2018-05-01 11:00", "offence_class": ASSAULT}
PART: Row = {"cancellation_code": "C3", "cancelled_at": "2018-06-01 10:00"}


def test_cancellations_by_the_right_authority() -> None:
    gone: Row = dict(CRIME, cancelled_at="2018-06-01 10:00")
    of_rape: Row = dict(gone, offence_class=RAPE, cancellation_code="C2")
    con = facts(
        crime=[
            dict(gone, crime_ref="c2_decision_maker", cancellation_code="C2", cancelled_by_role="decision_maker"),
            dict(gone, crime_ref="c2_registrar", cancellation_code="C2", cancelled_by_role="registrar"),
            dict(gone, crime_ref="c2_supervisor", cancellation_code="C2", cancelled_by_role="supervisor"),
            dict(gone, crime_ref="c3_investigator", cancellation_code="C3", cancelled_by_role="investigator"),
            dict(gone, crime_ref="c4_decision_maker", cancellation_code="C4", cancelled_by_role="decision_maker"),
            dict(gone, crime_ref="c5_nobody", cancellation_code="C5"),
            dict(of_rape, crime_ref="rape_decision_maker", cancelled_by_role="decision_maker"),
            dict(of_rape, crime_ref="rape_registrar", cancelled_by_role="registrar"),
            dict(of_rape, crime_ref="rape_c4", cancellation_code="C4", cancelled_by_role="decision_maker"),
            dict(of_rape, crime_ref="murder", offence_class=MURDER, cancelled_by_role="decision_maker"),
            dict(
                of_rape,
                crime_ref="was_rape",
                offence_class=ASSAULT,
                first_offence_class=RAPE,
                cancelled_by_role="decision_maker",
            ),
            dict(of_rape, crime_ref="became_rape", first_offence_class=ASSAULT, cancelled_by_role="decision_maker"),
            dict(
                of_rape,
                crime_ref="rape_to_n100",
                offence_class="N100/02",
                first_offence_class=RAPE,
                cancelled_by_role="decision_maker",
            ),
            dict(of_rape, crime_ref="n100_to_rape", first_offence_class="N100/01", cancelled_by_role="registrar"),
            # not counted
            dict(gone, crime_ref="c1", cancellation_code="C1", cancelled_by_role="decision_maker"),
            dict(of_rape, crime_ref="n100", offence_class="N100/02", cancelled_by_role="registrar"),
            dict(gone, crime_ref="no_code", cancelled_by_role="registrar"),
            dict(CRIME, crime_ref="no_time", cancellation_code="C2", cancelled_by_role="registrar"),
            dict(CRIME, crime_ref="stands"),
        ],
    )
    assert verdicts(con, "cancellations_right_authority") == {
        "c2_decision_maker": True,
        "c2_registrar": True,
        "c2_supervisor": False,
        "c3_investigator": False,
        "c4_decision_maker": True,
        "c5_nobody": False,
        "rape_decision_maker": False,
        "rape_registrar": True,
        "rape_c4": True,
        "murder": False,
        "was_rape": False,
        "became_rape": False,
        "rape_to_n100": False,
        "n100_to_rape": True,
    }
    assert str(placed(con, "cancellations_right_authority")["murder"]) == "2018-06-01 10:00:00"


def test_victims_told_before_a_cancellation() -> None:
    gone: Row = dict(CRIME, cancelled_at="2018-06-01 10:00")
    con = facts(
        crime=[
            dict(gone, crime_ref="c1_before", cancellation_code="C1", victim_informed_at="2018-05-31 10:00"),
            dict(gone, crime_ref="c2_same_moment", cancellation_code="C2", victim_informed_at="2018-06-01 10:00"),
            dict(gone, crime_ref="c5_after", cancellation_code="C5", victim_informed_at="2018-06-01 10:01"),
            dict(gone, crime_ref="c2_never", cancellation_code="C2"),
            # not counted
            dict(gone, crime_ref="c3", cancellation_code="C3", victim_informed_at="2018-05-31 10:00"),
            dict(gone, crime_ref="c4", cancellation_code="C4"),
            dict(gone, crime_ref="no_code", victim_informed_at="2018-05-31 10:00"),
            dict(gone, crime_ref="n100", offence_class="N100", cancellation_code="C2"),
            dict(CRIME, crime_ref="no_time", cancellation_code="C2", victim_informed_at="2018-05-31 10:00"),
        ],
    )
    assert verdicts(con, "cancellations_victim_informed") == {
        "c1_before": True,
        "c2_same_moment": True,
        "c5_after": False,
        "c2_never": False,
    }


def test_transfers_with_the_receiving_force_s_reference() -> None:
    gone: Row = dict(CRIME, cancelled_at="2018-06-01 10:00", cancellation_code="C1")
    con = facts(
        crime=[
            dict(gone, crime_ref="with", transferred_to="Durham", transferred_ref="D1"),
            dict(gone, crime_ref="without", transferred_to="Durham"),
            # not counted
            dict(gone, crime_ref="c2", cancellation_code="C2", transferred_ref="D2"),
            dict(gone, crime_ref="no_time", cancelled_at=None, transferred_ref="D3"),
            dict(gone, crime_ref="n100", offence_class="N100/03", transferred_ref="D4"),
        ],
    )
    assert verdicts(con, "transfers_with_reference") == {"with": True, "without": False}


def test_lesser_reclassifications_with_authority() -> None:
    changed: Row = dict(CRIME, reclassified_at="2018-05-10 10:00")
    con = facts(
        crime=[
            # 8N carries 14 years, 105A five
            dict(
                changed, crime_ref="by_decision_maker", first_offence_class="8N", reclassified_by_role="decision_maker"
            ),
            dict(changed, crime_ref="by_supervisor", first_offence_class="8N", reclassified_by_role="supervisor"),
            dict(changed, crime_ref="by_nobody", first_offence_class="8N"),
            dict(
                changed,
                crime_ref="out_of_rape",
                first_offence_class=RAPE,
                offence_class=SEXUAL_ASSAULT,
                reclassified_by_role="registrar",
            ),
            dict(
                changed,
                crime_ref="to_n100",
                first_offence_class=RAPE,
                offence_class="N100/01",
                reclassified_by_role="investigator",
            ),
            # not counted
            dict(changed, crime_ref="graver", first_offence_class=ASSAULT, offence_class="8N"),
            dict(changed, crime_ref="same", first_offence_class=ASSAULT),
            dict(changed, crime_ref="confirmed", first_offence_class="N100/01", offence_class=RAPE),
            dict(changed, crime_ref="between_n100", first_offence_class="N100/01", offence_class="N100/02"),
            dict(changed, crime_ref="unknown_class", first_offence_class="ZZ"),
            dict(CRIME, crime_ref="no_time", first_offence_class="8N", reclassified_by_role="registrar"),
        ],
    )
    assert verdicts(con, "reclassifications_with_authority") == {
        "by_decision_maker": True,
        "by_supervisor": False,
        "by_nobody": False,
        "out_of_rape": True,
        "to_n100": False,
    }


def test_rape_recorded_as_rape() -> None:
    con = facts(
        crime=[
            dict(CRIME, crime_ref="rape", offence_class=RAPE),
            dict(CRIME, crime_ref="still_rape", offence_class="19D", first_offence_class=RAPE),
            dict(CRIME, crime_ref="lessened", offence_class=SEXUAL_ASSAULT, first_offence_class=RAPE),
            dict(CRIME, crime_ref="to_n100", offence_class="N100/02", first_offence_class=RAPE),
            dict(CRIME, crime_ref="n100", offence_class="N100/01"),
            dict(CRIME, crime_ref="confirmed", offence_class=RAPE, first_offence_class="N100/01"),
            dict(CRIME, crime_ref="n100_to_other", offence_class=SEXUAL_ASSAULT, first_offence_class="N100/01"),
            dict(CRIME, crime_ref="came_to_light", offence_class=RAPE, first_offence_class=ASSAULT),
            dict(CRIME, crime_ref="unknown_first", offence_class=RAPE, first_offence_class="ZZ"),
            dict(CRIME, crime_ref="cancelled", offence_class=RAPE, cancelled_at="2018-06-01", cancellation_code="C2"),
            # not counted
            dict(CRIME | PART, crime_ref="part", offence_class=RAPE, surviving_crime_ref="rape"),
            dict(CRIME, crime_ref="assault"),
            {"crime_ref": "no_receipt", "offence_class": RAPE},
        ],
    )
    assert verdicts(con, "rape_recorded_as_rape") == {
        "rape": True,
        "still_rape": True,
        "lessened": True,
        "to_n100": True,
        "n100": False,
        "confirmed": False,
        "n100_to_other": False,
        "came_to_light": False,
        "unknown_first": False,
        "cancelled": True,
    }


def test_n100_in_time() -> None:
    report: Row = {"reported_at": "2018-05-01 10:00", "offence_class": "N100/01"}
    con = facts(
        crime=[
            dict(report, crime_ref="at_the_limit", recorded_at="2018-05-02 10:00"),
            dict(report, crime_ref="late", recorded_at="2018-05-02 10:01"),
            dict(
                report,
                crime_ref="confirmed",
                recorded_at="2018-05-01 11:00",
                offence_class=RAPE,
                first_offence_class="N100/01",
                reclassified_at="2018-05-20 10:00",
            ),
            # not counted
            dict(report, crime_ref="was_rape", recorded_at="2018-05-01 11:00", first_offence_class=RAPE),
            dict(report, crime_ref="rape", recorded_at="2018-05-01 11:00", offence_class=RAPE),
            dict(report, crime_ref="no_time"),
            dict(report, crime_ref="before_receipt", recorded_at="2018-05-01 09:00"),
            dict(
                report,
                crime_ref="part",
                recorded_at="2018-05-01 11:00",
                cancellation_code="C3",
                cancelled_at="2018-06-01 10:00",
                surviving_crime_ref="rape",
            ),
        ],
    )
    assert verdicts(con, "n100_in_time") == {"at_the_limit": True, "late": False, "confirmed": True}


def test_n100_confirmed_later() -> None:
    report: Row = dict(CRIME, offence_class=RAPE, first_offence_class="N100/01")
    con = facts(
        crime=[
            dict(report, crime_ref="after_a_day_and_a_half", reclassified_at="2018-05-02 23:00"),
            dict(report, crime_ref="time_unknown"),
            dict(report, crime_ref="dirty_time", reclassified_at="2018-04-30 10:00"),
            dict(report, crime_ref="not_confirmed", offence_class="N100/02", reclassified_at="2018-05-20 10:00"),
            dict(report, crime_ref="never_changed", offence_class="N100/01", first_offence_class=None),
            dict(report, crime_ref="other_crime", offence_class=SEXUAL_ASSAULT),
            # not counted
            dict(report, crime_ref="was_rape", offence_class="N100/01", first_offence_class=RAPE),
            {"crime_ref": "no_receipt", "offence_class": "N100/01"},
            dict(report | PART, crime_ref="part", surviving_crime_ref="time_unknown"),
        ],
    )
    assert verdicts(con, "n100_confirmed") == {
        "after_a_day_and_a_half": True,
        "time_unknown": True,
        "dirty_time": True,
        "not_confirmed": False,
        "never_changed": False,
        "other_crime": False,
    }
    assert measures(con, "n100_confirmed") == {
        "after_a_day_and_a_half": 1.5,
        "time_unknown": None,
        "dirty_time": None,
        "not_confirmed": None,
        "never_changed": None,
        "other_crime": None,
    }
