"""The expectations that follow from an extract's declaration: required columns, closed lists, a single key."""

from expectations import Rule, predicates
from pipelines.extracts import Extract


def base_rules(extract: Extract) -> tuple[Rule, ...]:
    """The rules that the declaration of `extract` implies, in the order of its columns."""
    name = extract.name
    required = [
        Rule(
            f"{name}_{column.name}_missing",
            name,
            "reject",
            f"Every row needs {column.name} ({column.meaning.rstrip('.')}): without it the row counts nowhere.",
            predicates.missing(name, column.name),
        )
        for column in extract.columns
        if column.is_required
    ]
    closed = [
        Rule(
            f"{name}_{column.name}_not_allowed",
            name,
            "reject",
            f"{column.name} must be one of {', '.join(column.allowed)}: map the source's values in the profile.",
            predicates.not_allowed(name, column.name, column.allowed),
        )
        for column in extract.columns
        if column.allowed
    ]
    single = Rule(
        f"{name}_key_repeated",
        name,
        "stop",
        f"Two rows to be loaded share {', '.join(extract.key)}: the later should have superseded the earlier.",
        predicates.repeated(name, extract.key),
    )
    return (*required, *closed, single)
