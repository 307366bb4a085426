"""A refresh: extract files in, one published snapshot out. Each step is one call; the order is the story.

stage      files -> typed Parquet, unreadable rows set aside
settle     rules of severity `reject` and superseded rows set aside; what is left is `loaded`
validate   Great Expectations judges every rule, in a process of its own while the facts are built
build      facts, metrics and totals, into a file aside
publish    the ledger balances, the pointer is swapped
"""

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

import sql
from expectations import RULES, Rule
from expectations.validate import Worker
from expectations.verdict import Verdict
from expectations.volume import volume_rules
from pipelines import account, build, ledger, reference, settle
from pipelines.base_rules import base_rules
from pipelines.extracts import EXTRACTS
from pipelines.home import audits_folder, building_file, reference_folder, snapshot_folder, staff_key, stage_folder
from pipelines.profile import Profile, load_profile
from pipelines.progress import Progress
from pipelines.publish import current_run
from pipelines.publish import publish as publish_snapshot
from pipelines.reading.delivery import Delivery
from pipelines.reading.source_files import find_files
from pipelines.reading.stage import Staged, is_incremental, stage, write_rule_rejects
from pipelines.reading.standing import REFERENCE, keep
from pipelines.refusal import ProfileError, SourceNotFound, SourceRefused
from pipelines.report import RunReport
from pipelines.run import Run, started

__all__ = ["ProfileError", "RunRefused", "SourceNotFound", "SourceRefused", "refresh"]

MEMORY_LIMIT = "800MB"
VALIDATION_TIMEOUT = 600.0
FEW_REJECTS = 100  # so many rejects, and more than half of the rows: the format is wrong, and not the rows


class RunRefused(Exception):
    """An expectation of severity `stop` is not met: nothing is published. The message names each and its reason."""


@dataclass(frozen=True)
class Settled:
    """The rows of a run, decided: statements that make `staged` and `loaded`, and the data cut of each extract."""

    statements: list[str]
    data_cuts: dict[str, datetime | None]
    data_cut: datetime


def refresh(
    source: Path,
    profile_name: str,
    home: Path,
    *,
    progress: Progress,
    publish: bool = True,
    worker: Worker | None = None,
) -> RunReport:
    """Read the extracts in `source`, check them, and publish a snapshot (`publish=False`: check only).

    `worker` is one that was started earlier, to have Great Expectations imported already; it is closed at the end.

    Raises ProfileError and SourceNotFound before a run begins; SourceRefused and RunRefused where the data will not
    do; AnotherRun where another process holds the home folder. Whatever is raised, the published snapshot stands.
    """
    delivery = Delivery(source, load_profile(profile_name), audits_folder(home))
    find_files(source, delivery.profile)
    return run_delivery(delivery, home, progress=progress, publish=publish, worker=worker)


def run_delivery(
    delivery: Delivery, home: Path, *, progress: Progress, publish: bool = True, worker: Worker | None = None
) -> RunReport:
    """One run over a delivery, as `refresh` describes it."""
    profile = delivery.profile
    with (
        started(home, profile.name, delivery.name, (SourceRefused, RunRefused)) as run,
        _delivery_noted(run, delivery, progress),
        worker or Worker.start() as validator,
    ):
        folder = stage_folder(home, run.run)
        snapshot_folder(home).mkdir(parents=True, exist_ok=True)
        with progress.step("Staging the extracts"):
            previous = _previous_stage(home, run, delivery)
            staged = stage(delivery, folder, staff_key=staff_key(home), previous=previous, report=progress.say)
            keep(delivery, previous, folder)
        target = str(building_file(home, run.run)) if publish else ":memory:"
        with duckdb.connect(target, config={"memory_limit": MEMORY_LIMIT, "preserve_insertion_order": "false"}) as con:
            con.execute("set enable_progress_bar = false")
            con.execute("set parquet_metadata_cache = true")  # the stage is read a hundred times, and never changes
            rules = [rule for extract in EXTRACTS for rule in base_rules(extract)] + list(RULES)
            with progress.step("Settling which rows are loaded"):
                own = reference.overlays(folder / REFERENCE, reference_folder(home))
                settled = _settle(con, staged, profile, folder, rules, own, _previous_counts(run, delivery))
            validator.submit(settled.statements, rules)
            if publish:
                _build(con, settled, profile, progress)
            with progress.step("Validating with Great Expectations"):
                verdicts = validator.collect(VALIDATION_TIMEOUT)
            with progress.step("Accounting for every row"):
                counts = account.count(con, staged, settled.data_cuts, rules, verdicts)
                ledger.record(run.ledger, run.run, counts.files, counts.extracts, counts.checks, progress.seconds)
                write_rule_rejects(delivery, folder, account.rejected_by_rule(con))
                _require_sound(verdicts, rules)
                _require_most_rows(counts)
                if publish:
                    account.write(con, counts, staged, rules)
                    _write_info(con, run, profile, staged)
                    build.drop_build_views(con)
                    con.execute("drop table run_context")  # the rules' own
                    con.execute("checkpoint")
        if not publish:
            ledger.finish(run.ledger, run.run, "checked", "every expectation that would stop a run is met")
        else:
            with progress.step("Publishing"):
                publish_snapshot(home, run.ledger, run.run, f"published with profile {profile.name}")
            _drop_stages(home, run)
        return ledger.report(run.ledger, run.run)


@contextmanager
def _delivery_noted(run: Run, delivery: Delivery, progress: Progress) -> Iterator[None]:
    """Have the ledger name the files of a run that breaks off before its rows are counted."""
    try:
        yield
    except Exception:
        if not ledger.report(run.ledger, run.run).files:
            ledger.record(run.ledger, run.run, account.delivered(delivery), (), (), progress.seconds)
        raise


def _settle(
    con: duckdb.DuckDBPyConnection,
    staged: Staged,
    profile: Profile,
    folder: Path,
    rules: list[Rule],
    own: dict[str, Path],
    previous: dict[str, int | None],
) -> Settled:
    """Load the reference tables, find the data cuts and decide which rows stand."""
    empty = {extract.name for extract in staged.extracts.values() if not extract.read and not extract.carried}
    if len(empty) == len(EXTRACTS):
        names = ", ".join(file.name for file in staged.files)
        raise SourceRefused(f"{names}: a header and no rows; deliver again, with the rows.")
    tables, views = reference.load(con, reference.overrides(profile, folder) | own), settle.staged_views(folder, empty)
    for statement in views:
        con.execute(statement)
    con.execute((build.SQL / "core/data_cut.sql").read_text("utf-8"))
    stated = staged.manifest.data_cut if staged.manifest else None
    cuts = {
        extract.name: (stated or settle.data_cut(con, extract)) if staged.extracts[extract.name].is_delivered else None
        for extract in EXTRACTS
    }
    known = [cut for cut in (cuts["incident"], cuts["crime"], cuts["appointment"]) if cut]
    if stated and not known:
        known = [stated]  # teams alone
    if not known:
        raise SourceRefused(
            "no extract holds a moment to tell the data cut by: deliver incident.reported_at, crime.recorded_at or "
            "appointment.booked_at, or state data_cut in a delivery.toml beside the files"
        )
    context = settle.RunContext(max(known), not any(extract.carried for extract in staged.extracts.values()), previous)
    con.execute(context_table := settle.context_table(context))
    rejecting = [rule for rule in rules if rule.severity == "reject" and rule.extract not in empty]
    reduced = settle.set_aside(con, rejecting, folder)
    for statement in (loaded := settle.loaded_views(folder, reduced)):
        con.execute(statement)
    return Settled([*tables, *views, context_table, *loaded], cuts, known[0])


def _build(con: duckdb.DuckDBPyConnection, settled: Settled, profile: Profile, progress: Progress) -> None:
    with progress.step("Building facts"):
        build.create_tables(con)
        con.execute(
            "insert into snapshot_info by name select $data_cut as data_cut, $time_zone as time_zone",
            {"data_cut": settled.data_cut, "time_zone": profile.time_zone},
        )
        build.define_clock(con, profile.time_zone, settled.data_cut)
        build.build_facts(con)
        build.define_macros(con)
        build.build_dictionary(con)
    with progress.step("Computing metrics and estimates"), con.cursor() as aside, ThreadPoolExecutor(1) as pool:
        # Metrics are many short queries and estimates long plans over few rows: together they keep two cores busy. What
        # the estimates need of `core` belongs to the first connection alone.
        metrics = pool.submit(build.build_metrics, aside)
        build.build_estimates(con)
        build.describe(con)
        metrics.result()


def _write_info(con: duckdb.DuckDBPyConnection, run: Run, profile: Profile, staged: Staged) -> None:
    manifest = staged.manifest
    con.execute(
        "update snapshot_info set run = $run, profile = $profile, source_name = $source_name, "
        "is_synthetic = $is_synthetic, built_with = $built_with",
        {
            "run": run.run,
            "profile": profile.name,
            "source_name": (manifest.force if manifest else None) or profile.description,
            "is_synthetic": bool(manifest and manifest.is_synthetic),
            "built_with": json.dumps(dict(ledger.report(run.ledger, run.run).versions)),
        },
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    for row in ledger.history(run.ledger):
        if row["run"] == run.run:  # the snapshot is only ever read once this run has published it
            row |= {
                "finished_at": now,
                "outcome": "published",
                "seconds": (now - row["started_at"]).total_seconds(),
                "message": "this snapshot",
            }
        con.execute("insert into run_history by name select " + ", ".join(f"${key} as {key}" for key in row), row)


def _require_sound(verdicts: list[Verdict], rules: list[Rule]) -> None:
    """Raise unless every rule was evaluated and none that stops a run is broken."""
    broken = [verdict for verdict in verdicts if verdict.is_met is None]
    if broken:
        raise RuntimeError(
            "; ".join(f"expectation {verdict.rule_id} could not be evaluated: {verdict.error}" for verdict in broken)
        )
    by_id = {rule.rule_id: rule for rule in rules}
    stopped = [by_id[v.rule_id] for v in verdicts if not v.is_met and by_id[v.rule_id].severity == "stop"]
    if stopped:
        said = " ".join(f"{rule.rule_id}: {rule.reason}" for rule in stopped)
        if any(rule in volume_rules(rule.extract) for rule in stopped):
            said += " Deliver it again, whole; where it is rightly so small, from a folder of another name."
        raise RunRefused(said)


def _require_most_rows(counts: account.Counts) -> None:
    """Raise where most of an extract was rejected: a first delivery has no earlier volume to be held against."""
    for extract in counts.extracts:
        if extract.rejected > FEW_REJECTS and extract.rejected * 2 > extract.read:
            raise RunRefused(
                f"{extract.extract}: {extract.rejected:,} of {extract.read:,} rows were rejected; `cdi check` lists "
                "the rules they break, and stage/<run>/rejects.parquet in the home folder holds the rows with their "
                "reasons. Mend the profile or the source's export."
            )


def _previous_stage(home: Path, run: Run, delivery: Delivery) -> Path | None:
    """The stage of the snapshot that is current, for deliveries that hold changes only; None for another source's.

    Raises SourceRefused where changes would join what they cannot: real rows made-up ones, or rows that are gone.
    """
    manifest = delivery.manifest
    if not any(is_incremental(extract, delivery) for extract in EXTRACTS):
        return None
    previous = current_run(home)
    if previous is None:
        return None
    try:
        if ledger.report(run.ledger, previous).profile != delivery.profile.name:
            return None
        with closing(sql.open_snapshot(home, of_any_layout=True)) as snapshot:
            is_synthetic = snapshot.info["is_synthetic"]
    except (ledger.UnknownRun, sql.NoSnapshot) as error:
        raise SourceRefused(
            f"this delivery holds changes only, and what they would join is gone: the ledger or the snapshots folder "
            f"does not know {previous}, which {home / 'CURRENT'} names: deliver in full once."
        ) from error
    if is_synthetic != bool(manifest and manifest.is_synthetic):
        there, here = ("made-up", "real") if is_synthetic else ("real", "made-up")
        raise SourceRefused(
            f"this delivery holds changes to {here} data, and the current snapshot ({previous}) holds {there} data, "
            "which they would join: deliver in full once, or give a --home of its own."
        )
    folder = stage_folder(home, previous)
    if not any((folder / f"{extract.name}.parquet").is_file() for extract in EXTRACTS):
        raise SourceRefused(
            f"this delivery holds changes only, and the staged rows of the current snapshot ({previous}) that they "
            "would join are gone, as after a restore: deliver in full once."
        )
    return folder


def _previous_counts(run: Run, delivery: Delivery) -> dict[str, int | None]:
    """Rows that the last published run of the same source loaded, by extract."""
    counts: dict[str, int | None] = {extract.name: None for extract in EXTRACTS}
    last = ledger.last_published(run.ledger, delivery.profile.name, delivery.name)
    for extract in last.extracts if last else ():
        if extract.is_delivered:
            counts[extract.extract] = extract.loaded
    return counts


def _drop_stages(home: Path, run: Run) -> None:
    """Keep the stage of the run just published and every run's rejects; older stages can be made anew."""
    for folder in (home / "stage").iterdir():
        if folder.name != run.run:
            for path in folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif not path.name.startswith("rejects"):
                    path.unlink()
