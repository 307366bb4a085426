"""The rules of the staff and training extracts."""

from tests.expectations.cases import shapes
from tests.expectations.tables import Case

STAFF_CASES: dict[str, Case] = {
    "staff_left_before_started": Case(
        bad=[{"started_on": "2019-05-02", "left_on": "2019-05-01"}],
        good=[{"started_on": "2019-05-01", "left_on": "2019-05-01"}, {"left_on": "2019-05-01"}, {"staff_id": "p"}],
    ),
    "staff_role_missing": Case(bad=[{"staff_id": "p"}], good=[{"role": "supervisor"}]),
    "staff_team_unresolved": shapes.unresolved("team_id", "team", "team_id"),
    "staff_team_damaged": shapes.damaged("team_id"),
    "training_expires_before_completed": shapes.out_of_order("completed_at", "expires_at"),
    "training_expires_without_completion": Case(
        bad=[{"expires_at": "2019-05-01 10:00"}],
        good=[{"expires_at": "2019-05-01 10:00", "completed_at": "2019-04-01 10:00"}, {"staff_id": "p"}],
    ),
    "training_completed_beyond_cut": shapes.beyond_cut("completed_at"),
    "training_staff_unresolved": shapes.unresolved("staff_id", "staff", "staff_id"),
    "training_module_unknown": shapes.unknown_code("module", "first_account"),
}
