"""The order in which rows are delivered changes no fact and no figure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.world import Row, world

LOGS, CRIMES, ENTRIES = "abcdefghij", "qrstuvwxyz", "12345678"
START = datetime(2018, 3, 24, 20)  # the clock goes forward in the night that follows
FACTS = ("fact_incident", "fact_crime", "fact_appointment", "fact_closure", "incident_crime", "duplicate_root")

# few ids and few moments, so that links meet, turn in circles and tie
some_moment = st.integers(0, 8).map(lambda step: str(START + timedelta(hours=6 * step)))
moments = st.none() | some_moment
logs = st.none() | st.sampled_from(LOGS + "?")
crimes = st.none() | st.sampled_from(CRIMES + "?")


def extract(key: str, ids: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Row, ...]]:
    return st.tuples(*(st.fixed_dictionaries({key: st.just(one), **columns}) for one in ids))


incident_rows = extract(
    "incident_id", LOGS,
    reported_at=some_moment,
    opening_code=st.sampled_from(["rape", "shoplifting", "alarm"]),
    initial_grade=st.sampled_from(["emergency", "standard", "no_such_grade", None]),
    final_grade=st.sampled_from(["emergency", "appointment", None]),
    arrived_at=moments, first_closed_at=moments, closed_at=moments, closure_checked_at=moments,
    duplicate_of=logs, crime_ref=crimes,
    no_crime_reason=st.sampled_from(["victim_untraced", None]),
)  # fmt: skip
crime_rows = extract(
    "crime_ref", CRIMES,
    incident_id=logs, reported_at=moments, recorded_at=moments, cancelled_at=moments,
    offence_class=st.sampled_from(["19C", "105A", "N100/01", None]),
    cancellation_code=st.sampled_from(["C3", "C1", None]),
    surviving_crime_ref=crimes,
)  # fmt: skip
appointment_rows = extract(
    "appointment_id", ENTRIES,
    incident_id=logs, booked_at=moments, starts_at=moments,
    status=st.sampled_from(["booked", "kept", "cancelled"]),
    replaces=st.none() | st.sampled_from(ENTRIES),
)  # fmt: skip


def contents(*extracts: Sequence[Row]) -> dict[str, list[tuple[Any, ...]]]:
    incident, crime, appointment = map(list, extracts)
    con = world(incident, crime, appointment, data_cut="2018-03-27")
    return {
        table: con.execute(f"select * from {table} order by all").fetchall()
        for table in (*FACTS, "metric_cell", "metric_total")
    }


@settings(max_examples=6, deadline=None, derandomize=True)
@given(incident_rows, crime_rows, appointment_rows, st.integers(0, 1000))
def test_no_fact_depends_on_the_order_of_rows(
    incident: Sequence[Row], crime: Sequence[Row], appointment: Sequence[Row], seed: int
) -> None:
    extracts = (incident, crime, appointment)
    found = contents(*extracts)
    assert found == contents(*(Random(seed).sample(rows, len(rows)) for rows in extracts))
    assert [len(found[f"fact_{name}"]) for name in ("incident", "crime", "appointment")] == [len(r) for r in extracts]
