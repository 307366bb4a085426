"""What we expect of the audit_stratum extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import empty_rule

EXTRACT = "audit_stratum"

AUDIT_STRATUM_RULES: tuple[Rule, ...] = (
    Rule(
        "audit_stratum_size_negative",
        EXTRACT,
        "reject",
        "A stratum cannot have fewer than no logs, nor can fewer than none be drawn from it.",
        predicates.meeting(
            EXTRACT, "population < 0 or sampled < 0", "'population is ', population, ', sampled is ', sampled"
        ),
    ),
    Rule(
        "audit_stratum_sampled_beyond_population",
        EXTRACT,
        "warn",
        "More logs were drawn than the stratum has: one of the two numbers is wrong, and the draw gets no rate.",
        predicates.meeting(EXTRACT, "sampled > population", "'sampled is ', sampled, ', population is ', population"),
    ),
    Rule(
        "audit_stratum_ends_before_it_begins",
        EXTRACT,
        "warn",
        "The period drawn from ends before it begins: one of the two days is wrong, and so is the quarter.",
        predicates.meeting(
            EXTRACT, "period_to < period_from", "'period_from is ', period_from, ', period_to is ', period_to"
        ),
    ),
    Rule(
        "audit_stratum_drawn_before_it_ended",
        EXTRACT,
        "warn",
        "The draw's data cut lies before the end of its period: logs of the last days could not be drawn.",
        predicates.meeting(EXTRACT, "cut_at <= period_to", "'cut_at is ', cut_at, ' (UTC), period_to is ', period_to"),
    ),
    Rule(
        "audit_stratum_cut_beyond_data",
        EXTRACT,
        "warn",
        "The draw's data cut lies after that of this delivery: crimes recorded between the two are not there to match.",
        predicates.beyond_cut(EXTRACT, ("cut_at",)),
    ),
    Rule(
        "audit_stratum_draw_differs",
        EXTRACT,
        "warn",
        "The strata of one draw differ in their period or data cut: a draw is of one period, from one snapshot.",
        "select _row, concat('period_from is ', period_from, ', period_to is ', period_to, ', cut_at is ', cut_at)"
        " as detail from audit_stratum where sample_id in (select sample_id from audit_stratum group by sample_id"
        " having min(period_from) < max(period_from) or min(period_to) < max(period_to) or min(cut_at) < max(cut_at))",
    ),
    Rule(
        "audit_stratum_logs_differ",
        EXTRACT,
        "warn",
        "The logs delivered of the stratum are not as many as were drawn from it, so the draw gets no rate.",
        "select audit_stratum._row, concat('sampled is ', sampled, ', logs delivered: ', coalesce(drawn.logs, 0))"
        " as detail from audit_stratum left join (select sample_id, stratum, count(*) as logs from audit_log"
        " group by sample_id, stratum) as drawn on audit_stratum.sample_id = drawn.sample_id"
        " and audit_stratum.stratum = drawn.stratum"
        " where sampled <> coalesce(drawn.logs, 0) and exists (select 1 from audit_log)",
    ),
    empty_rule(EXTRACT),
)
