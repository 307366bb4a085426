"""The sample as a snapshot holds it: nothing refused, what belongs together linked, strata as the facts count them."""

from pathlib import Path
from typing import Any

import pytest

import sql
from pipelines.extracts import EXTRACTS

NEW = ("audit_stratum", "audit_log", "audit_return", "audit_crime", "record_check", "staff", "training")

COUNTED = """
    with held as (
        select
            incident_id,
            unnest([opening_code, closing_code] || coalesce(string_split(qualifiers, ';'), [])) as category_code
        from fact_incident
    ),

    hiding as (
        select
            held.incident_id,
            arg_min(category.nsir_category, category.rank) as nsir_category
        from held
        inner join ref_incident_category as category on held.category_code = category.category_code
        where category.may_hide_crime
        group by held.incident_id
    ),

    framed as (
        select
            format('{}-Q{}', year(log.reported_date), quarter(log.reported_date)) as sample_id,
            case
                when log.duplicate_of is not null then 'hidden_duplicate'
                when log.is_in_scope and log.offence_group = 'Violence against the person' then 'violence'
                when log.is_in_scope and log.offence_group = 'Sexual offences' then 'sexual'
                when log.is_in_scope then 'other'
                when hiding.incident_id is null then null
                when hiding.nsir_category = 'Anti-social behaviour' then 'hidden_anti_social_behaviour'
                when hiding.nsir_category = 'Public safety and welfare' then 'hidden_public_safety'
                else 'hidden_other'
            end as stratum
        from fact_incident as log
        left join hiding on log.incident_id = hiding.incident_id
    )

    select sample_id, stratum, count(*) as population
    from framed
    where stratum is not null and sample_id between '2017-Q3' and '2019-Q2'
    group by all
    order by all
"""

LOST = {
    "logs drawn": "select incident_id from audit_log anti join fact_incident using (incident_id)",
    "logs marked": "select incident_id from audit_return anti join audit_log using (sample_id, incident_id)",
    "crimes of logs marked": """
        select incident_id from audit_crime anti join audit_return using (sample_id, incident_id, auditor)
    """,
    "records checked": "select crime_ref from record_check anti join fact_crime using (crime_ref)",
    "people trained": "select staff_id from training anti join staff using (staff_id)",
    "teams of staff": "select team_id from staff anti join team using (team_id)",
    "handlers": """
        select handler_id from fact_incident
        where handler_id is not null and handler_id not in (select staff_id from staff)
    """,
    "supervisors": """
        select closure_checked_by from fact_incident
        where closure_checked_by is not null
            and closure_checked_by not in (select staff_id from staff where role = 'supervisor')
    """,
}


@pytest.fixture(scope="module")
def snapshot(sample_home: Path):
    with_snapshot = sql.open_snapshot(sample_home)
    yield with_snapshot
    with_snapshot.close()


def rows(snapshot: sql.Snapshot, query: str) -> list[tuple[Any, ...]]:
    return snapshot.cursor().execute(query).fetchall()


def test_every_extract_is_delivered_whole(snapshot: sql.Snapshot) -> None:
    delivered = {row["extract"]: row for row in sql.table(snapshot, "extract_delivery")}
    assert set(delivered) == {extract.name for extract in EXTRACTS}
    assert set(NEW) <= set(delivered)
    for name in NEW:
        assert rows(snapshot, f"select count(*) > 0 from {name}") == [(True,)], name
    assert rows(snapshot, "select count(*) from reject") == [(0,)]


def test_strata_are_as_large_as_the_facts_make_them(snapshot: sql.Snapshot) -> None:
    said = rows(snapshot, "select sample_id, stratum, population from audit_stratum order by all")
    assert said == rows(snapshot, COUNTED)
    assert len(said) > 40


@pytest.mark.parametrize("what", LOST)
def test_what_belongs_together_is_found(snapshot: sql.Snapshot, what: str) -> None:
    assert rows(snapshot, LOST[what]) == []


def test_the_registrar_is_known_by_the_role_and_auditors_by_a_hash(snapshot: sql.Snapshot) -> None:
    auditors = {row[0] for row in rows(snapshot, "select distinct auditor from audit_return")}
    assert "registrar" in auditors
    assert len(auditors) == 3
    assert not auditors & {"A", "B"}
    assert {row[0] for row in rows(snapshot, "select distinct auditor from audit_crime")} <= auditors
    assert {row[0] for row in rows(snapshot, "select distinct auditor from record_check")} <= auditors


def test_most_crimes_that_auditors_name_are_on_record(snapshot: sql.Snapshot) -> None:
    named, found = rows(
        snapshot,
        "select count(*), count(crime.crime_ref) from audit_crime left join fact_crime as crime using (crime_ref) "
        "where audit_crime.crime_ref is not null",
    )[0]
    assert named > 250
    assert 0.99 * named <= found


def test_the_forces_own_tables_stand_in_place_of_the_empty_ones(snapshot: sql.Snapshot) -> None:
    signed = rows(snapshot, "select sample_id from ref_audit_signature order by all")
    samples = rows(snapshot, "select distinct sample_id from audit_stratum order by all")
    assert signed == samples[:-1]
    assert rows(snapshot, "select count(distinct ref) from ref_recommendation_progress") == [(9,)]
