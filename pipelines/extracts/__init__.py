"""The extracts a force delivers, in the order in which they are read."""

from pipelines.extracts.appointment import APPOINTMENT
from pipelines.extracts.crime import CRIME
from pipelines.extracts.declare import Column, Extract
from pipelines.extracts.incident import INCIDENT
from pipelines.extracts.team import TEAM

EXTRACTS: tuple[Extract, ...] = (INCIDENT, CRIME, APPOINTMENT, TEAM)

__all__ = ["APPOINTMENT", "CRIME", "EXTRACTS", "INCIDENT", "TEAM", "Column", "Extract"]
