"""The crimes that each log should lead to, whether or not they are recorded."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.arrays import Flags, Ints, happens, pick, stream
from pipelines.sample.catalogue import profile
from pipelines.sample.incidents import CRIME, OTHER, Logs
from pipelines.sample.levels import EXTRA_CRIMES, hidden_share


@dataclass(frozen=True)
class Required:
    """One element a crime that should have been recorded: its log, its number in the log (0 first), its class, and
    whether it hides in a log that no code calls a crime."""

    log: Ints
    n: Ints
    offence: Ints
    is_hidden: Flags


def draw_required(seed: int, logs: Logs) -> Required:
    """The crimes every log should have led to. A further crime in a log is as often of the lead's class as of another
    log's of about the same time, so the mix of classes stays."""
    rng = stream(seed, "required")
    crime = np.flatnonzero((logs.family == CRIME) & ~logs.is_duplicate)
    draw = rng.random(len(crime))
    third = draw < EXTRA_CRIMES[1]
    second = draw < sum(EXTRA_CRIMES)
    near = (np.arange(len(crime)) + rng.integers(1, 400, len(crime))) % max(len(crime), 1)
    same = happens(rng, 0.5, len(crime))
    extra = np.where(same, logs.lead[crime], logs.lead[crime][near])

    hides = profile("hides_crime")[logs.category]
    hidden = np.flatnonzero((logs.family == OTHER) & ~logs.is_duplicate & happens(rng, hides, len(logs)))
    inside = pick(rng, hidden_share().tolist(), len(hidden))

    log = np.concatenate([crime, crime[second], crime[third], hidden])
    n = np.repeat([0, 1, 2, 0], [len(crime), second.sum(), third.sum(), len(hidden)])
    offence = np.concatenate([logs.lead[crime], extra[second], logs.lead[crime][third], inside])
    order = np.lexsort((n, log))
    is_hidden = logs.family[log] == OTHER
    return Required(log[order], n[order], offence[order], is_hidden[order])
