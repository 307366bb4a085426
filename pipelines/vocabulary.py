"""Words every source shares: how a flag is written, and which columns hold the same identifier."""

FLAG_WORDS: dict[str, bool] = {
    "y": True, "yes": True, "true": True, "1": True,
    "n": False, "no": False, "false": False, "0": False,
}  # fmt: skip

# A profile's normalising is applied to every column that holds the identifier, so that links resolve.
IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "incident_id": ("incident_id", "duplicate_of"),
    "crime_ref": ("crime_ref", "surviving_crime_ref"),
    "appointment_id": ("appointment_id", "replaces"),
    "team_id": ("team_id", "attending_team_id"),
}
