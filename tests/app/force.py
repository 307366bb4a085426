"""A small made-up force and its published home folder, for the tests of the dashboard."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.sql.world import world

Row = dict[str, Any]

START = datetime(2018, 1, 3, 8)
DATA_CUT = datetime(2018, 12, 20, 12)
DISTRICTS = ("Hartlepool", "Middlesbrough", "Redcar", "Stockton")
CODES = ("violence_with_injury", "violence_without_injury", "harassment", "malicious_communications", "rape",
         "criminal_damage", "public_order", "other_theft", "concern_for_safety", "asb_nuisance")  # fmt: skip
CLASSES = {
    "violence_with_injury": "8N", "violence_without_injury": "105A", "harassment": "8L",
    "malicious_communications": "8R", "rape": "19C", "criminal_damage": "58C", "public_order": "9A",
    "other_theft": "49",
}  # fmt: skip


def teams() -> list[Row]:
    """Eight teams, two a district."""
    return [
        {"team_id": f"T{2 * number + half}", "name": f"{district} {shift}", "district": district}
        for number, district in enumerate(DISTRICTS)
        for half, shift in ((1, "early"), (2, "late"))
    ]


def incidents(count: int, seed: int = 1) -> list[Row]:
    """`count` incident logs spread evenly from START to the data cut."""
    choose = random.Random(seed)
    step = (DATA_CUT - START) / count
    rows = []
    for number in range(count):
        reported = START + step * number
        district = choose.choice(DISTRICTS)
        team = f"T{2 * DISTRICTS.index(district) + choose.choice((1, 2))}"
        grade = choose.choice(("emergency", "priority", "standard", "appointment"))
        closed = reported + timedelta(hours=choose.randint(2, 40))
        row: Row = {
            "incident_id": f"I{number:05}",
            "reported_at": reported,
            "channel": choose.choice(("999", "101", "online")),
            "opening_code": choose.choice(CODES),
            "initial_grade": grade,
            "final_grade": choose.choice((grade, grade, "standard")),
            "thrive_recorded": choose.random() < 0.8,
            "regrade_reason": choose.choice((None, "new_information")),
            "reopened_count": 0,
            "is_domestic_abuse": choose.random() < 0.2,
            "is_vulnerable": choose.random() < 0.3,
            "is_repeat": choose.random() < 0.1,
            "district": district,
            "team_id": team,
            "attending_team_id": team,
            "handler_id": f"h{choose.randint(1, 9)}",
        }
        row["closing_code"] = row["opening_code"]
        if choose.random() < 0.75:
            row["dispatched_at"] = reported + timedelta(minutes=choose.randint(1, 90))
            row["arrived_at"] = row["dispatched_at"] + timedelta(minutes=choose.randint(1, 90))
        if closed < DATA_CUT:
            row |= {"first_closed_at": closed, "closed_at": closed, "closed_by": f"h{choose.randint(1, 9)}"}
            if choose.random() < 0.5:
                row["closure_checked_at"] = min(closed + timedelta(hours=5), DATA_CUT)
                row["closure_checked_by"] = f"s{choose.randint(1, 3)}"
                row["closure_check_result"] = choose.choice(("agreed", "changed", "returned", "not_covered"))
        if choose.random() < 0.06:
            row["no_crime_reason"] = choose.choice(("victim_untraced", "not_a_crime"))
        if number and choose.random() < 0.03:
            row["duplicate_of"] = f"I{choose.randrange(number):05}"
        rows.append(row)
    return rows


def crimes(logs: list[Row], seed: int = 2) -> list[Row]:
    """A crime for most logs whose opening code indicates one; some late, some cancelled or reclassified."""
    choose = random.Random(seed)
    rows = []
    for log in logs:
        if log["opening_code"] not in CLASSES or choose.random() < 0.18:
            continue
        recorded = log["reported_at"] + timedelta(hours=choose.choice((1, 3, 9, 20, 30, 70)))
        if recorded >= DATA_CUT:
            continue
        is_n100 = log["opening_code"] == "rape" and choose.random() < 0.3
        offence_class = "N100" if is_n100 else CLASSES[log["opening_code"]]
        row: Row = {
            "crime_ref": f"C{log['incident_id'][1:]}",
            "incident_id": log["incident_id"] if choose.random() < 0.97 else None,
            "reported_at": log["reported_at"],
            "recorded_at": recorded,
            "offence_class": offence_class,
            "first_offence_class": offence_class,
            "is_domestic_abuse": log["is_domestic_abuse"],
            "district": log["district"],
            "team_id": log["team_id"],
            "recording_unit": "bureau",
        }
        if recorded - log["reported_at"] > timedelta(hours=24) and choose.random() < 0.5:
            row |= {"late_reason": "awaiting_interview", "late_approved_by_role": "supervisor"}
        if choose.random() < 0.1:
            row |= {
                "cancelled_at": recorded + timedelta(days=5),
                "cancellation_code": choose.choice(("C1", "C2", "C4", "C5")),
                "cancelled_by_role": choose.choice(("investigator", "registrar", "decision_maker")),
                "victim_informed_at": choose.choice((None, recorded + timedelta(days=4))),
                "transferred_ref": choose.choice((None, "DH/1")),
                "transferred_to": "Durham",
            }
        elif choose.random() < 0.05 and offence_class == "8N":
            row |= {
                "first_offence_class": "5D",
                "reclassified_at": recorded + timedelta(days=9),
                "reclassified_by_role": choose.choice(("supervisor", "registrar")),
            }
        rows.append(row)
    return rows


def appointments(logs: list[Row], seed: int = 3) -> list[Row]:
    """A diary entry for every log of the grade appointment, some moved once."""
    choose = random.Random(seed)
    rows: list[Row] = []
    for log in logs:
        if log["initial_grade"] != "appointment":
            continue
        booked = log["reported_at"] + timedelta(minutes=30)
        starts = booked + timedelta(hours=choose.choice((20, 40, 90)))
        status = choose.choice(("kept", "kept", "kept", "cancelled", "missed")) if starts < DATA_CUT else "booked"
        row: Row = {
            "appointment_id": f"A{len(rows):04}",
            "incident_id": log["incident_id"],
            "booked_at": booked,
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=1),
            "place": "home",
            "status": status,
            "team_id": log["team_id"],
        }
        if status in ("cancelled", "missed"):
            row["cancelled_by"] = choose.choice(("police", "victim"))
        rows.append(row)
        if status == "cancelled":
            again = starts + timedelta(hours=30)
            rows.append(
                {**row, "appointment_id": f"A{len(rows):04}", "replaces": row["appointment_id"], "booked_at": starts,
                 "starts_at": again, "ends_at": again + timedelta(hours=1), "status": "kept", "cancelled_by": None}
            )  # fmt: skip
    return rows


def publish(
    home: Path,
    run: str = "r0001",
    *,
    count: int = 400,
    without: tuple[str, ...] = (),
    is_synthetic: bool = True,
    source_name: str = "Synthetic force",
    without_districts: tuple[str, ...] = (),
    audits: dict[str, list[Row]] | None = None,
    references: dict[str, list[Row]] | None = None,
) -> Path:
    """Publish a snapshot of the force in the home folder, leaving out the extracts named in `without`. `audits` are
    rows of further extracts; `references` stand in place of those of reference tables."""
    logs = [log for log in incidents(count) if log["district"] not in without_districts]
    given = {"incident": logs, "crime": crimes(logs), "appointment": appointments(logs), "team": teams()}
    rows: dict[str, Any] = {name: None if name in without else rows for name, rows in given.items()} | (audits or {})
    con = world(**rows, data_cut=str(DATA_CUT), estimates=True, described=True, references=references)
    _describe(con, run, given, without, is_synthetic=is_synthetic, source_name=source_name)
    name = f"snap_{run}.duckdb"
    (home / "snapshots").mkdir(parents=True, exist_ok=True)
    _write(con, home / "snapshots" / name)
    pointer = home / "CURRENT.tmp"
    pointer.write_text(f"{name}\n", "utf-8")
    pointer.replace(home / "CURRENT")
    return home


def _describe(
    con: duckdb.DuckDBPyConnection,
    run: str,
    given: dict[str, list[Row]],
    without: tuple[str, ...],
    *,
    is_synthetic: bool,
    source_name: str,
) -> None:
    """Fill what a refresh would fill: the run's own account of itself, its files, checks and rejects."""
    con.execute(
        "update snapshot_info set run = $run, profile = 'canonical', source_name = $source, is_synthetic = $synthetic",
        {"run": run, "source": source_name, "synthetic": is_synthetic},
    )
    for extract, rows in given.items():
        count = 0 if extract in without else len(rows)
        rejected = 1 if extract == "incident" and count else 0
        cells = {"extract": extract, "delivered": extract not in without, "count": count, "rejected": rejected}
        con.execute(
            "insert into extract_delivery by name select $extract as extract, $delivered as is_delivered, "
            "$count + $rejected as read, $count as loaded, 0 as superseded, $rejected as rejected, 0 as carried, "
            "case when $delivered then (select data_cut from snapshot_info) end as data_cut",
            cells,
        )
        if count:
            con.execute(
                "insert into file_delivery by name select $extract as extract, $extract || '.csv' as file, "
                "repeat('ab', 32) as sha256, 1000 as bytes, $count + $rejected as read, $count as loaded, "
                "0 as superseded, $rejected as rejected",
                {name: cells[name] for name in ("extract", "count", "rejected")},
            )
    con.execute(
        "insert into reject by name select 'incident' as extract, 'incident.csv' as file, 17 as line, "
        "'reported_at is not a moment' as reason, 'I99999,32/13/2018 99:00' as original, 23 as original_length"
    )
    con.execute(
        "insert into check_result by name select * from (values "
        "('incident_id_is_unique', 'incident', 'stop', 'One row a log, or rates count some twice.', true, 0, 400), "
        "('arrived_after_dispatched', 'incident', 'warn', 'Officers arrive after they are sent.', false, 2, 300)"
        ") as t(rule_id, extract, severity, reason, is_met, bad_rows, evaluated)"
    )
    con.execute(
        "insert into check_failure by name select 'arrived_after_dispatched' as rule_id, 'incident' as extract, "
        "record_id, 'incident.csv' as file, 5 as line, 'arrived_at before dispatched_at' as detail "
        "from (values ('I00003'), ('I00004')) as t(record_id)"
    )
    con.execute(
        "insert into run_history by name select $run as run, timestamp '2018-12-20 13:00' as started_at, "
        "timestamp '2018-12-20 13:00:08' as finished_at, 'published' as outcome, 8.0 as seconds, '' as message",
        {"run": run},
    )


def _write(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copy the database to a file, without what only the build needs."""
    source = con.execute("select current_database()").fetchone()
    assert source is not None
    for name in ("core_report", "core_target", "core_crime", "core_incident"):
        con.execute(f"drop view if exists {name}")
    con.execute("drop schema loaded cascade")
    con.execute("drop schema staged cascade")
    con.execute(f"attach '{path}' as published")
    con.execute(f"copy from database {source[0]} to published")
    con.execute("detach published")
    con.close()
