"""What a worksheet tells its auditors, in plain words."""

import textwrap


def instructions(sample_id: str, logs: int, cut: str) -> list[str]:
    """One line a paragraph. `cut` is the data cut as people read it."""
    text = f"""\
        Audit of crime recording, sample {sample_id}

        You have {logs:,} incident logs to mark. They were drawn at random, so every one counts, also one that holds no
        crime. Please do not add, leave out or alter a row: the grey columns say which log it is and must come back as
        they are.

        For each log, read it whole, with its recordings where there are any, and decide by the Home Office Crime
        Recording Rules how many crimes should have been recorded from it. Write that number in the sheet Logs, column
        "How many crimes should have been recorded". A log that holds no crime gets a 0. A log whose number is empty
        counts as not marked yet.

        For each crime that should have been recorded, fill one row of the sheet Crimes. The first crime of every log
        has a row already: leave it as it is where the log holds none. Further crimes go into the empty rows at the
        end, with the log's number and 2, 3 and so on.

        "Was it recorded by the data cut" asks for a record of this very crime by {cut}, not cancelled wrongly.
        What was recorded later does not count. One record answers for one crime only: a crime too many in one log does
        not make up for a missing one in another. Where you say yes, give the crime number.

        Say what class the crime should have been recorded as, and whether it is domestic abuse, by your own reading and
        not by the flags on the log.

        Where a question does not arise (nobody was sent, say), leave the cell empty. Everything else is yes or no.

        Auditors go by a code and never by name. Mark by yourself, before you look at what another auditor wrote: some
        logs are marked twice to see how far two auditors agree. The Force Crime Registrar writes registrar as the code,
        and the registrar's rows are the ones that stand.

        To return the worksheet, save it and give it to whoever runs the tool: cdi audit return FILE. If a row is
        missing or unclear, the answer names the sheet and the row, and nothing is taken in until it is put right.
        """
    return [" ".join(part.split()) for part in textwrap.dedent(text).split("\n\n")]
