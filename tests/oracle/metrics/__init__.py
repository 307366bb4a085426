"""What each metric counts and what it finds met, by metric id. A metric is declared in the file of its record."""

from tests.oracle.metrics.definition import OUTPUT, Definition
from tests.oracle.metrics.of_appointments import OF_APPOINTMENTS
from tests.oracle.metrics.of_audits import OF_AUDITS
from tests.oracle.metrics.of_closures import OF_CLOSURES
from tests.oracle.metrics.of_crimes import OF_CRIMES
from tests.oracle.metrics.of_incidents import OF_INCIDENTS
from tests.oracle.metrics.of_training import OF_TRAINING

DEFINITIONS: dict[str, Definition] = OF_INCIDENTS | OF_CRIMES | OF_CLOSURES | OF_APPOINTMENTS | OF_AUDITS | OF_TRAINING

__all__ = ["DEFINITIONS", "OUTPUT", "Definition"]
