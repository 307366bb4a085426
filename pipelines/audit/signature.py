"""The registrar's signature under an audit: a row of the force's own reference table `audit_signature`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.audit.folder import read_rows, write_rows
from pipelines.home import reference_folder, sole_run

COLUMNS = ("sample_id", "role", "signed_date")


class SignatureRefused(Exception):
    """The sample cannot be signed. The message says why."""


def sign_sample(
    home: Path,
    samples: Mapping[str, Mapping[str, Any]],
    signed: Iterable[Mapping[str, Any]],
    sample_id: str,
    role: str,
    day: date,
    *,
    publish: Callable[[], None],
) -> None:
    """Add a signature to those of the home folder, else to those of the snapshot (`signed`), and call `publish`; what
    that raises is raised on, with the signatures as they were before. `samples`: rows of audit_sample by their id."""
    _require_signable(samples, sample_id, role)
    path = reference_folder(home) / "audit_signature.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    with sole_run(home):
        kept = read_rows(path) if before is not None else signed
        write_rows(path, [*kept, {"sample_id": sample_id, "role": role, "signed_date": day}], COLUMNS)
    try:
        publish()
    except BaseException:
        path.unlink() if before is None else path.write_bytes(before)
        raise


def _require_signable(samples: Mapping[str, Mapping[str, Any]], sample_id: str, role: str) -> None:
    sample = samples.get(sample_id)
    if sample is None:
        known = ", ".join(sorted(samples)) or "none yet"
        raise SignatureRefused(f"no audit {sample_id} in the current snapshot; there: {known}")
    if sample["is_signed"]:
        raise SignatureRefused(
            f"{sample_id} was signed by the {sample['signed_role']} on {sample['signed_date']} already"
        )
    if sample["marked"] < sample["sampled"]:
        raise SignatureRefused(
            f"of the {sample['sampled']:,} logs of {sample_id} {sample['marked']:,} are marked: there is no rate to "
            "sign until all are"
        )
    if "registrar" not in role.lower():
        raise SignatureRefused(f"an audit is signed by the Force Crime Registrar, and not by the {role}")
