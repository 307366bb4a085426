"""What the made-up force has decided for itself: the registrar's signatures under the audits, and how far each
recommendation is. Written to the delivery's `reference` folder; all of it is invented."""

from datetime import timedelta

import polars as pl

from pipelines.sample.draws import DRAWN_AFTER, QUARTERS

SIGNED_AFTER = timedelta(days=33)
"""From a draw to the day on which the registrar signs it; the last one is not signed yet."""

PROGRESS = (
    # ref, part, owner's role, evidence, delivered, status, as of
    ("R1a", "review", "Head of the control room", "1", "2018-10-26", "awaiting review", "2018-11-07"),
    ("R1a", "training", "Force Crime Registrar", "2", "2019-02-04", "awaiting review", "2019-02-07"),
    ("R1b", "review", "Head of the control room", "3", "2018-11-02", "complete", "2019-06-14"),
    ("R1c", "review", "Head of the control room", "4", "2018-11-21", "awaiting review", "2018-11-21"),
    ("R2a", "practice", "Head of response", "5", "2019-02-01", "awaiting review", "2019-02-07"),
    ("R2b", "practice", "Head of the control room", "6", "2019-01-25", "awaiting review", "2019-02-07"),
    ("R3a", "training", "Head of learning and development", "7", "2019-02-06", "awaiting review", "2019-02-07"),
    ("R3b", "training", "Head of learning and development", "8", "2019-03-15", "awaiting review", "2019-03-15"),
    ("R3c", "training", "Head of learning and development", "9", "2019-04-12", "awaiting review", "2019-04-12"),
    ("R3d", "training", "Head of learning and development", None, None, "awaiting review", "2019-02-07"),
)


def signature_frame() -> pl.DataFrame:
    """The table audit_signature: every sample but the last."""
    signed = QUARTERS[:-1]
    return pl.DataFrame(
        {
            "sample_id": [quarter.sample_id for quarter in signed],
            "role": ["Force Crime Registrar"] * len(signed),
            "signed_date": [quarter.last + DRAWN_AFTER + SIGNED_AFTER for quarter in signed],
        }
    )


def progress_frame() -> pl.DataFrame:
    """The table recommendation_progress, one row a recommendation and part of what it asks for."""
    rows = [
        {
            "ref": ref,
            "part": part,
            "owner_role": owner,
            "evidence_reference": evidence and f"SYNTHETIC-{int(evidence):03d}",
            "delivered_date": delivered,
            "status": status,
            "status_date": as_of,
            "note": "Made up with the synthetic force" if evidence else "Made up: still being given at the data cut",
        }
        for ref, part, owner, evidence, delivered, status, as_of in PROGRESS
    ]
    return pl.DataFrame(rows)
