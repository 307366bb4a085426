"""The evidence on a recommendation as one file: `evidence`."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.common import HOME, HomeOption, opened, say


def evidence(
    ref: Annotated[str, typer.Argument(metavar="REF", help="The recommendation, R1a to R3d.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The spreadsheet to write, an .xlsx file.")],
    home: HomeOption = HOME,
) -> None:
    """Write the evidence on a recommendation as one spreadsheet: figures, definitions, data cut and method."""
    import sql

    with opened(home) as snapshot:
        content = sql.evidence_file(snapshot, ref)
    out.write_bytes(content)
    say(f"the evidence on {ref} is in {out}")
