"""Imports put off until they are used."""

import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _LazyFinder(MetaPathFinder):
    """Finds the modules it is told of like Python itself, but runs them at the first use of one of their names."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's spec with a lazy loader; None, so that Python looks itself, for every other module."""
        if fullname not in self._names:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def import_when_used(*names: str) -> None:
    """Put the import of these modules off, from now on and in this process."""
    sys.meta_path.insert(0, _LazyFinder(frozenset(names)))
