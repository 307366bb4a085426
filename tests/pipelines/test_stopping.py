"""A command that is stopped ends, also where something keeps it from ending in good order."""

import signal
import subprocess
import sys

STUCK = """
import time
from pipelines import stopping

stopping.GRACE = 0.5
stopping.listen()
print("listening", flush=True)
while True:
    try:
        time.sleep(60)
    except SystemExit:
        pass  # as a library that holds its lock for ever
"""


def test_a_command_that_cannot_end_in_good_order_ends_all_the_same() -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "listening\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 128 + signal.SIGTERM
