"""Cases that several rules share, because their predicates have the same shape."""

from tests.expectations.tables import CUT, Case

EARLIER, LATER = "2019-05-01 10:00", "2019-05-01 10:01"


def out_of_order(first: str, then: str) -> Case:
    """One minute too early is bad; together, later and unknown are good."""
    return Case(
        bad=[{first: LATER, then: EARLIER}],
        good=[
            {first: EARLIER, then: EARLIER},
            {first: EARLIER, then: LATER},
            {first: None, then: EARLIER},
            {first: LATER, then: None},
        ],
    )


def beyond_cut(*columns: str) -> Case:
    """Past the cut is bad in any of the columns, whatever the others say; at the cut, earlier and unknown are good."""
    beyond = "2020-01-01 00:01"
    return Case(
        bad=[*({column: beyond} for column in columns), dict.fromkeys(columns, EARLIER) | {columns[-1]: beyond}],
        good=[*({column: CUT} for column in columns), dict.fromkeys(columns, EARLIER), dict.fromkeys(columns)],
    )


def unknown_code(column: str, *known: str) -> Case:
    """A code outside the reference is bad, in another case too; no code is good."""
    return Case(
        bad=[{column: "no such code"}, {column: known[0].swapcase() if known[0].isalpha() else "8n"}],
        good=[{column: code} for code in (*known, None)],
    )


def unresolved(column: str, target: str, key: str) -> Case:
    """A number that the other extract does not hold is bad; no number is good."""
    return Case(bad=[{column: "gone"}], good=[{column: "there"}, {column: None}], beside={target: [{key: "there"}]})


def names_itself(column: str, key: str) -> Case:
    """A link to the row itself is bad."""
    return Case(bad=[{key: "A1", column: "A1"}], good=[{key: "A2", column: "A1"}, {key: "A3", column: None}])


def damaged(column: str) -> Case:
    """Numbers as a spreadsheet writes them are bad; beats and references that only resemble them are good."""
    return Case(
        bad=[{column: value} for value in ("5.00E+02", "5E+02", "2.0221E+12", "1.00E-05")],
        good=[{column: value} for value in ("5E02", "5Q02", "A0011722", "15.00E+02", "5.00E+02 ", "E+02", None)],
    )
