"""The extracts a force delivers, in the order in which they are read."""

from pipelines.extracts.appointment import APPOINTMENT
from pipelines.extracts.audit_crime import AUDIT_CRIME
from pipelines.extracts.audit_log import AUDIT_LOG
from pipelines.extracts.audit_return import AUDIT_RETURN
from pipelines.extracts.audit_stratum import AUDIT_STRATUM
from pipelines.extracts.crime import CRIME
from pipelines.extracts.declare import Column, Extract
from pipelines.extracts.incident import INCIDENT
from pipelines.extracts.record_check import RECORD_CHECK
from pipelines.extracts.staff import STAFF
from pipelines.extracts.team import TEAM
from pipelines.extracts.training import TRAINING

AUDIT: tuple[Extract, ...] = (AUDIT_STRATUM, AUDIT_LOG, AUDIT_RETURN, AUDIT_CRIME)
EXTRACTS: tuple[Extract, ...] = (INCIDENT, CRIME, APPOINTMENT, TEAM, *AUDIT, RECORD_CHECK, STAFF, TRAINING)

__all__ = ["APPOINTMENT", "AUDIT", "CRIME", "EXTRACTS", "INCIDENT", "TEAM", "Column", "Extract"]
