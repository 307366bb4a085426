"""The rules of the team extract."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case

TEAM_CASES: dict[str, Case] = {
    "team_name_repeated": Case(
        bad=[{"name": "Response A", "district": "North", "_row": 2}],
        good=[
            {"name": "Response A", "district": "North", "_row": 1},
            {"name": "Response A", "district": "South", "_row": 3},
            {"name": "Response A", "district": None, "_row": 4},
            {"name": "Response A", "district": None, "_row": 5},
        ],
    ),
    "team_damaged": shapes.damaged("team_id"),
}
