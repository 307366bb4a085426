"""What we expect of the audit_return extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import empty_rule

EXTRACT = "audit_return"

AUDIT_RETURN_RULES: tuple[Rule, ...] = (
    Rule(
        "audit_return_incident_damaged",
        EXTRACT,
        "reject",
        "A spreadsheet has rounded the log number: nobody can tell which log was marked.",
        predicates.damaged_by_spreadsheet(EXTRACT, ("incident_id",)),
    ),
    Rule(
        "audit_return_not_drawn",
        EXTRACT,
        "warn",
        "The log that was marked is not in the draw, so its verdict counts nowhere: it is mistyped, or picked by hand.",
        predicates.unresolved_together(EXTRACT, ("sample_id", "incident_id"), "audit_log"),
    ),
    Rule(
        "audit_return_stratum_differs",
        EXTRACT,
        "warn",
        "The worksheet gives another stratum than the draw: the draw's counts, and the worksheet was altered.",
        "select audit_return._row, concat('stratum is ', audit_return.stratum, ', drawn from ', audit_log.stratum)"
        " as detail from audit_return inner join audit_log on audit_return.sample_id = audit_log.sample_id"
        " and audit_return.incident_id = audit_log.incident_id where audit_return.stratum <> audit_log.stratum",
    ),
    Rule(
        "audit_return_audited_beyond_cut",
        EXTRACT,
        "warn",
        "The log was marked after the data cut: the time is wrong, or the data was taken later.",
        predicates.beyond_cut(EXTRACT, ("audited_at",)),
    ),
    Rule(
        "audit_return_audited_before_drawn",
        EXTRACT,
        "warn",
        "The log was marked before the data it was drawn from was taken: one of the two times is wrong.",
        "select audit_return._row, concat('audited_at ', audited_at, ', cut_at of the draw ', drawn.cut_at, ' (UTC)')"
        " as detail from audit_return inner join (select sample_id, max(cut_at) as cut_at from audit_stratum"
        " group by sample_id) as drawn on audit_return.sample_id = drawn.sample_id where audited_at < drawn.cut_at",
    ),
    Rule(
        "audit_return_marked_by_more_than_two",
        EXTRACT,
        "warn",
        "More than two auditors beside the registrar marked the log: only the first two are set against each other.",
        "select _row, concat('auditors: ', auditors) as detail from (select _row, auditor, count(*) filter"
        " (auditor <> 'registrar') over (partition by sample_id, incident_id) as auditors from audit_return) as marked"
        " where auditors > 2 and auditor <> 'registrar'",
    ),
    empty_rule(EXTRACT),
)
