"""The door to a snapshot: opens it, lists its metrics, gives figures and the records behind them.

The pages and the `cdi` command both come through here. What a metric counts is said by its own SELECT, which travels
inside the snapshot; the door only groups, filters and lists what that SELECT yields.
"""

from sql.door.audit import audit_choices, audit_frame, audit_plan, audit_steps, audit_worksheet
from sql.door.comparison import completeness, funnel
from sql.door.errors import DoorError, NoSnapshot, NotAvailable, OtherLayout, UnknownKey, UnknownMetric
from sql.door.evidence import MOMENTS, Evidence, Standing, evidence
from sql.door.evidence_file import evidence_file
from sql.door.figures import figures, states
from sql.door.filters import DIMENSIONS, GRAINS, KEYS, PERIOD_KEYS, Where
from sql.door.macros import DRAW_MACROS, ESTIMATE_MACROS, FOLDER, PROCESS_MACROS
from sql.door.process_control import (
    CHARTS,
    PROFILES,
    ProcessChart,
    Signals,
    process_chart,
    process_charts,
    process_control,
    process_points,
    signals,
)
from sql.door.rebases import rebases
from sql.door.records import RECORD_KEYS, records, records_table
from sql.door.snapshot import (
    AUDITED,
    AUDITED_COUNTS,
    SERVES,
    STOCK,
    Metric,
    Snapshot,
    current_name,
    meanings,
    metric,
    metrics,
    months,
    open_snapshot,
    rows,
    table,
    values_of,
)

__all__ = [
    "AUDITED",
    "AUDITED_COUNTS",
    "CHARTS",
    "DIMENSIONS",
    "DRAW_MACROS",
    "ESTIMATE_MACROS",
    "FOLDER",
    "GRAINS",
    "KEYS",
    "MOMENTS",
    "PERIOD_KEYS",
    "PROCESS_MACROS",
    "PROFILES",
    "RECORD_KEYS",
    "SERVES",
    "STOCK",
    "DoorError",
    "Evidence",
    "Metric",
    "NoSnapshot",
    "NotAvailable",
    "OtherLayout",
    "ProcessChart",
    "Signals",
    "Snapshot",
    "Standing",
    "UnknownKey",
    "UnknownMetric",
    "Where",
    "audit_choices",
    "audit_frame",
    "audit_plan",
    "audit_steps",
    "audit_worksheet",
    "completeness",
    "current_name",
    "evidence",
    "evidence_file",
    "figures",
    "funnel",
    "meanings",
    "metric",
    "metrics",
    "months",
    "open_snapshot",
    "process_chart",
    "process_charts",
    "process_control",
    "process_points",
    "rebases",
    "records",
    "records_table",
    "rows",
    "signals",
    "states",
    "table",
    "values_of",
]
