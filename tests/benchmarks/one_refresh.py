"""One refresh in a process of its own, for the benchmark: prints seconds by step as JSON."""

import json
import sys
import time
from pathlib import Path

from pipelines.progress import Progress
from pipelines.refresh import refresh

if __name__ == "__main__":
    progress = Progress()
    start = time.perf_counter()
    refresh(Path(sys.argv[1]), "canonical", Path(sys.argv[2]), progress=progress)
    print(json.dumps({**progress.seconds, "refresh": time.perf_counter() - start}))
