"""Reads a file of `sql/trends`: what its macros compute, as its header says, and the text that a reader can check."""

from pathlib import Path


def read_method(path: Path) -> dict[str, str | None]:
    """A row of the table `method`, apart from its position."""
    text = path.read_text("utf-8")
    header = _header(text)
    return {"name": path.stem, "what": header["what"], "row_meaning": header.get("row"), "text": text.strip()}


def _header(text: str) -> dict[str, str]:
    """The comment a file opens with: `-- key: text`, continued on lines of `--   `."""
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        if line.startswith("--   "):
            header[key] += f" {line[2:].strip()}"
        else:
            key, _, begun = line[2:].partition(":")
            header[key := key.strip()] = begun.strip()
    return header
