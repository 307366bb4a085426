"""Publishes the current snapshot anew with what the home folder has come to hold since: what auditors returned, and the
force's own reference tables. Nothing is delivered: every extract of the source is carried over as it stands."""

from pathlib import Path

from pipelines.home import audits_folder, stage_folder
from pipelines.progress import Progress
from pipelines.publish import current_run
from pipelines.reading.delivery import Delivery
from pipelines.reading.standing import read_standing
from pipelines.refresh import run_delivery
from pipelines.refusal import SourceRefused
from pipelines.report import RunReport


def amend(home: Path, *, progress: Progress) -> RunReport:
    """A run of its own, as a refresh is, with the same exceptions.

    Raises SourceRefused where the rows that the current snapshot stands on are gone, as after a restore.
    """
    run = current_run(home)
    standing = read_standing(stage_folder(home, run)) if run else None
    if standing is None:
        raise SourceRefused(
            f"the staged rows of the current snapshot ({run or 'there is none yet'}) are gone, as after a restore: "
            "run `cdi refresh`, which takes up what is kept here as well"
        )
    manifest = standing.manifest.model_copy(update={"delivery": "incremental"})
    return run_delivery(Delivery(None, standing.profile, audits_folder(home), manifest), home, progress=progress)
