"""The facts of an audit, got wrong in one place at a time: some test must notice."""

from pathlib import Path

import pytest

from tests.sql import test_audit_match as match
from tests.sql import test_audit_tables as tables
from tests.sql import test_fact_audit as fact
from tests.sql import test_fact_training as training
from tests.sql.mutation import Check, is_caught

pytestmark = pytest.mark.mutation

CUT = match.test_what_was_recorded_after_the_draws_data_cut_does_not_count
WRONG = match.test_a_crime_wrongly_cancelled_by_the_cut_does_not_count
ONCE = match.test_a_crime_is_used_once_and_a_surplus_crime_does_not_make_up_for_it
CLASS = match.test_without_a_number_the_class_decides_and_then_what_is_left
ORDER = match.test_two_of_a_class_are_matched_in_the_order_they_were_recorded
FOLLOW_UP = match.test_follow_up_of_an_earlier_report_counts_only_where_the_auditor_names_it
RAPE = match.test_a_reported_incident_of_rape_is_no_crime
FOLLOWED = match.test_a_crime_cancelled_as_part_of_another_is_followed_to_the_one_that_stands
NOT_FOLLOWED = match.test_a_crime_wrongly_called_part_of_another_is_not_followed
LATER = match.test_a_crime_joined_with_another_after_the_cut_still_stood
STANDING = match.test_a_cancelled_crime_is_matched_after_those_that_stand_and_is_no_surplus
OPEN = fact.test_a_crime_without_a_verdict_leaves_its_log_unmarked
UNMARKED = fact.test_a_log_that_held_no_crime_is_marked_and_one_without_a_return_is_not
CHECKED = fact.test_of_several_checks_of_a_record_the_registrars_verdict_prevails
TWO = tables.test_two_auditors_are_set_against_each_other_and_the_registrar_where_one_was_alone
HIDDEN = tables.test_hidden_crimes_are_counted_over_the_year


def prevails(*marks: tuple[str, str | None], by: str) -> Check:
    return lambda: fact.test_the_registrar_prevails_and_else_who_marked_first(list(marks), by, by == "registrar")


def staff(is_there: bool, **days: str) -> Check:
    return lambda: training.test_only_current_staff_count(days, is_there)


def held(is_current: bool, **row: str) -> Check:
    return lambda: training.test_training_is_held_from_completion_until_it_expires(row, is_current)


MUTATIONS: list[tuple[str, str, str, Check]] = [
    # what a drawn log's crimes came to at the cut
    (
        "core/core_drawn_crime",
        "crime.recorded_at <= followed.cut_at, true",
        "crime.recorded_at < followed.cut_at, true",
        CUT,
    ),
    ("core/core_drawn_crime", "crime.recorded_at <= followed.cut_at, true", "true", CUT),
    (
        "core/core_drawn_crime",
        "followed.cut_at, true) as is_counted",
        "followed.cut_at, false) as is_counted",
        CUT,
    ),
    (
        "core/core_drawn_crime",
        "not (is_cancelled and wrongly_cancelled.crime_ref is not null)\n    and not",
        "not",
        WRONG,
    ),
    ("core/core_drawn_crime", "not (is_cancelled and wrongly", "not (wrongly", WRONG),
    (
        "core/core_drawn_crime",
        "cancelled_at <= followed.cut_at, false)",
        "cancelled_at < followed.cut_at, false)",
        WRONG,
    ),
    (
        "core/core_drawn_crime",
        "on followed.counted_ref = wrongly_cancelled.crime_ref",
        "on followed.crime_ref = wrongly_cancelled.crime_ref",
        match.test_a_crime_whose_survivor_was_wrongly_cancelled_does_not_count,
    ),
    (
        "core/core_drawn_crime",
        "report_id <> log.incident_id as is_duplicate",
        "false as is_duplicate",
        match.test_the_crimes_of_its_root_are_no_surplus_of_a_duplicate,
    ),
    ("core/core_drawn_crime", "where kind = 'cancellation' and is_correct", "where is_correct", WRONG),
    ("core/core_drawn_crime", "row(is_registrar, sample_id)", "row(sample_id)", WRONG),
    ("core/core_drawn_crime", "row(is_registrar, sample_id)", "row(is_registrar, -length(sample_id))", WRONG),
    (
        "core/core_drawn_crime",
        "having not arg_max(is_correct, row(is_registrar, sample_id))",
        "having not bool_and(is_correct)",
        WRONG,
    ),
    (
        "core/core_drawn_crime",
        "when wrongly_cancelled.crime_ref is null and crime.cancelled_at <= drawn.cut_at",
        "when crime.cancelled_at <= drawn.cut_at",
        NOT_FOLLOWED,
    ),
    (
        "core/core_drawn_crime",
        "when wrongly_cancelled.crime_ref is null and crime.cancelled_at <= drawn.cut_at",
        "when wrongly_cancelled.crime_ref is null",
        LATER,
    ),
    (
        "core/core_drawn_crime",
        "then coalesce(crime.standing_crime_ref, crime.crime_ref)",
        "then crime.crime_ref",
        FOLLOWED,
    ),
    ("core/core_drawn_crime", "where link.is_named", "", NOT_FOLLOWED),
    ("core/core_drawn_crime", "    and not crime.is_n100\n", "", RAPE),
    (
        "core/core_drawn_crime",
        "crime.recorded_at < followed.received_at",
        "crime.recorded_at <= followed.received_at",
        FOLLOW_UP,
    ),
    ("core/core_drawn_crime", "and not coalesce(crime.recorded_at < followed.received_at, false)", "", FOLLOW_UP),
    (
        "core/core_drawn_crime",
        "coalesce(report.root_incident_id, log.incident_id)",
        "log.incident_id",
        match.test_the_links_of_a_duplicate_are_its_roots,
    ),
    ("facts/incident_crime", "bool_or(is_named)", "bool_and(is_named)", NOT_FOLLOWED),
    # one to one
    ("core/core_audit_match", "and claim = 1", "", ONCE),
    (
        "core/core_audit_match",
        "order by required_crime.is_recorded is not true, required_crime.n",
        "order by required_crime.n",
        match.test_a_crime_said_not_to_be_recorded_leaves_its_number_to_one_that_is,
    ),
    ("core/core_audit_match", "where is_recorded and is_counted and claim = 1", "where is_recorded and claim = 1", CUT),
    ("core/core_audit_match", "where is_recorded and counted_ref is null", "where is_recorded", ONCE),
    (
        "core/core_audit_match",
        "where is_recorded and counted_ref is null",
        "where counted_ref is null",
        match.test_the_auditor_decides_and_the_match_can_only_take_away,
    ),
    (
        "core/core_audit_match",
        "and own.counted_ref = required.counted_ref",
        "and own.counted_ref = required.counted_ref and required.is_recorded",
        match.test_a_crime_named_as_not_recorded_is_not_taken_by_another,
    ),
    ("core/core_audit_match", "where own.is_own and own.is_counted", "where own.is_counted", FOLLOW_UP),
    ("core/core_audit_match", "where own.is_own and own.is_counted", "where own.is_own", CUT),
    ("core/core_audit_match", "and without_number.required_class = unnamed_in_order.offence_class", "", CLASS),
    (
        "core/core_audit_match",
        (
            "            partition by sample_id, incident_id, auditor, offence_class\n"
            "            order by is_cancelled, recorded_at, counted_ref"
        ),
        ("            partition by sample_id, incident_id, auditor, offence_class\n            order by counted_ref"),
        ORDER,
    ),
    (
        "core/core_audit_match",
        "order by unnamed.is_cancelled, unnamed.recorded_at",
        "order by unnamed.recorded_at",
        STANDING,
    ),
    ("core/core_audit_match", "and still_wanting.place = left_over.place", "", CLASS),
    ("core/core_audit_match", "coalesce(matches.match, 'none')", "matches.match", ONCE),
    (
        "core/core_audit_match",
        "case when required.is_recorded then matches.counted_ref is not null else required.is_recorded end",
        "required.is_recorded",
        ONCE,
    ),
    (
        "core/core_audit_match",
        "case when required.is_recorded then matches.counted_ref is not null else required.is_recorded end",
        "matches.counted_ref is not null",
        OPEN,
    ),
    # whose verdict
    (
        "core/core_audit_verdict",
        "order by not is_registrar, audited_at nulls last, auditor",
        "order by audited_at nulls last, auditor",
        prevails(("a", "2019-07-01"), ("registrar", "2019-07-09"), by="registrar"),
    ),
    (
        "core/core_audit_verdict",
        "audited_at nulls last, auditor",
        "auditor",
        prevails(("b", "2019-07-01"), ("a", "2019-07-02"), by="b"),
    ),
    (
        "core/core_audit_verdict",
        "audited_at nulls last, auditor",
        "audited_at nulls first, auditor",
        prevails(("b", "2019-07-01"), ("a", None), by="b"),
    ),
    (
        "core/core_audit_verdict",
        "audited_at nulls last, auditor",
        "audited_at nulls last, auditor desc",
        prevails(("b", "2019-07-01"), ("a", "2019-07-01"), by="a"),
    ),
    (
        "core/core_audit_verdict",
        "case when required.decided < required.required then null else coalesce(required.recorded, 0) end",
        "coalesce(required.recorded, 0)",
        OPEN,
    ),
    (
        "core/core_audit_verdict",
        "coalesce(required.recorded, 0) end as recorded",
        "required.recorded end as recorded",
        UNMARKED,
    ),
    (
        "core/core_audit_verdict",
        (
            "semi join loaded.audit_log as log\n"
            "        on returned.sample_id = log.sample_id and returned.incident_id = log.incident_id"
        ),
        "",
        TWO,
    ),
    (
        "core/core_audit_verdict",
        "where is_own and is_counted and not is_cancelled",
        "where is_own and is_counted",
        STANDING,
    ),
    (
        "core/core_audit_verdict",
        "where is_own and is_counted and not is_cancelled",
        "where is_counted and not is_cancelled",
        FOLLOW_UP,
    ),
    (
        "core/core_audit_verdict",
        "where is_own and is_counted and not is_cancelled",
        "where is_own and not is_cancelled",
        RAPE,
    ),
    ("core/core_audit_verdict", "not list_contains(coalesce(required.matched_refs, []), ref)", "true", ONCE),
    (
        "facts/fact_audit_log",
        "and verdict.precedence = 1",
        "",
        prevails(("b", "2019-07-01"), ("a", "2019-07-02"), by="b"),
    ),
    ("facts/fact_audit_log", "log.stratum = stratum.stratum", "true", HIDDEN),
    (
        "facts/fact_audit_log",
        "'quarter', stratum.period_from",
        "'month', stratum.period_from",
        lambda: fact.test_a_draw_belongs_to_the_quarter_it_begins_in("2019-02-01"),
    ),
    (
        "facts/fact_audit_crime",
        "and found.auditor = log.prevailing_auditor",
        "",
        prevails(("b", "2019-07-01"), ("a", "2019-07-02"), by="b"),
    ),
    (
        "facts/fact_audit_crime",
        "if(class.offence_group is null, null, 'other')",
        "'other'",
        fact.test_the_measure_follows_the_auditors_class,
    ),
    # checks and training
    (
        "facts/fact_record_check",
        "order by is_correct is null, auditor <> 'registrar', auditor",
        "order by is_correct is null, auditor",
        CHECKED,
    ),
    ("facts/fact_record_check", "order by is_correct is null, auditor", "order by auditor", CHECKED),
    (
        "facts/fact_record_check",
        "partition by sample_id, kind, crime_ref",
        "partition by sample_id, crime_ref",
        CHECKED,
    ),
    (
        "facts/fact_record_check",
        "case when ranked.kind = 'cancellation' then crime.cancellation_code end",
        "crime.cancellation_code",
        fact.test_a_check_carries_what_it_judges,
    ),
    (
        "facts/fact_record_check",
        "left join fact_crime",
        "inner join fact_crime",
        fact.test_a_check_of_a_record_that_was_not_delivered_stands,
    ),
    (
        "facts/fact_training",
        "staff.started_on <= cut.cut_date",
        "staff.started_on < cut.cut_date",
        staff(True, started_on="2019-06-30"),
    ),
    (
        "facts/fact_training",
        "staff.left_on >= cut.cut_date",
        "staff.left_on > cut.cut_date",
        staff(True, left_on="2019-06-30"),
    ),
    (
        "facts/fact_training",
        "training.completed_at <= cut.data_cut",
        "training.completed_at < cut.data_cut",
        held(True, completed_at=training.CUT),
    ),
    (
        "facts/fact_training",
        "training.expires_at > cut.data_cut",
        "training.expires_at >= cut.data_cut",
        held(False, completed_at="2018-01-01", expires_at=training.CUT),
    ),
    (
        "facts/fact_training",
        "and needed.module = training.module",
        "",
        held(False, completed_at="2018-01-01", module="all"),
    ),
    (
        "facts/fact_training",
        "module.roles is null\n            or",
        "false or",
        training.test_a_role_needs_the_modules_that_name_it_and_those_that_name_none,
    ),
    (
        "facts/fact_training",
        "lambda role: trim(role)",
        "lambda role: role",
        training.test_a_role_needs_the_modules_that_name_it_and_those_that_name_none,
    ),
]


@pytest.mark.parametrize(("file", "before", "after", "check"), MUTATIONS)
def test_a_change_is_caught(
    file: str, before: str, after: str, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_caught(file, before, after, check, tmp_path, monkeypatch)
