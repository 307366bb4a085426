"""What we expect of the training extract."""

from expectations import predicates
from expectations.rule import Rule
from expectations.volume import volume_rules

EXTRACT = "training"

TRAINING_RULES: tuple[Rule, ...] = (
    Rule(
        "training_expires_before_completed",
        EXTRACT,
        "warn",
        "The training expires before it was completed: one of the two times is wrong.",
        predicates.out_of_order(EXTRACT, "completed_at", "expires_at"),
    ),
    Rule(
        "training_expires_without_completion",
        EXTRACT,
        "warn",
        "The training expires and nothing says when it was completed, so it counts as not done.",
        predicates.without(EXTRACT, "completed_at", "expires_at is not null", "expires_at without completed_at"),
    ),
    Rule(
        "training_completed_beyond_cut",
        EXTRACT,
        "warn",
        "The training was completed after the data cut: it is planned, or the time is wrong, and does not count yet.",
        predicates.beyond_cut(EXTRACT, ("completed_at",)),
    ),
    Rule(
        "training_staff_unresolved",
        EXTRACT,
        "warn",
        "The person trained is not in the staff extract: the training counts for nobody.",
        predicates.unresolved(EXTRACT, "staff_id", "staff", "staff_id"),
    ),
    Rule(
        "training_module_unknown",
        EXTRACT,
        "warn",
        "The module is not in the list of modules, so it answers no recommendation: map it in the profile.",
        predicates.unknown_code(EXTRACT, "module", "ref_training_module", "module"),
    ),
    *volume_rules(EXTRACT),
)
