"""Expectations on the volume of an extract, the same for every one."""

from expectations import predicates
from expectations.rule import Rule

SHRUNK_BELOW = 0.5
GROWN_TO = 1.5


def volume_rules(extract: str) -> tuple[Rule, ...]:
    """Bounds against the previous run: nothing left or less than half of it stops the run, half as much again warns."""
    return (
        Rule(
            f"{extract}_empty",
            extract,
            "stop",
            f"The {extract} extract has no rows and the previous run had some: a file was probably left out.",
            predicates.empty(extract),
        ),
        Rule(
            f"{extract}_shrunk",
            extract,
            "stop",
            f"A full {extract} delivery has less than half the rows of the previous run: part of it is missing.",
            predicates.shrunk(extract, SHRUNK_BELOW),
        ),
        Rule(
            f"{extract}_grown",
            extract,
            "warn",
            f"A full {extract} delivery has half as many rows again as the previous run: some may be there twice.",
            predicates.grown(extract, GROWN_TO),
        ),
    )


def empty_rule(extract: str) -> Rule:
    """For what grows audit by audit, and may be taken back: that nothing is left warns."""
    return Rule(
        f"{extract}_empty",
        extract,
        "warn",
        f"The {extract} extract has no rows and the previous run had some: its audits are no longer shown.",
        predicates.empty(extract),
    )
