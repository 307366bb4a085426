"""One refresh in a process of its own, for the benchmark: prints seconds by step as JSON.

Great Expectations is imported beforehand, and its import is counted apart: a nightly run imports while it stages, which
on two cores slows the staging by about as much as it saves.
"""

import json
import sys
import time
from pathlib import Path

from expectations.validate import Worker
from pipelines.progress import Progress
from pipelines.refresh import refresh

if __name__ == "__main__":
    worker = Worker.start()
    import_seconds = worker.wait_until_ready(60)
    progress = Progress()
    start = time.perf_counter()
    refresh(Path(sys.argv[1]), "canonical", Path(sys.argv[2]), progress=progress, worker=worker)
    print(json.dumps({**progress.seconds, "refresh": time.perf_counter() - start, "import": import_seconds}))
