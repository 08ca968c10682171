"""A process of a benchmark: ``python -m vitalfew.outlets.bench prepare|work NAME SIZE FOLDER``."""

import json
import sys
from pathlib import Path

from vitalfew.outlets.bench import benchmarks


def main(step: str, name: str, size: str, folder: str) -> None:
    benchmark = benchmarks()[name]
    if step == "prepare":
        benchmark.prepare(int(size), Path(folder))
    elif benchmark.work:
        sys.stdout.write(json.dumps(benchmark.work(int(size), Path(folder))) + "\n")


main(*sys.argv[1:])
