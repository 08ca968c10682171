"""``python -m vitalfew.duplicates.features NAMES FROM TO FEATURES``: some of many names taken apart, beside other processes."""

import gc
import sys

import pyarrow as pa
import pyarrow.feather

from vitalfew.duplicates.features.records import one_after_another


def main(source: str, start: str, stop: str, target: str) -> None:
    gc.disable()  # nothing that is made here refers back to itself, and looking for it takes a fifth of the time
    names: list[str] = pa.feather.read_table(source)["name"].slice(int(start), int(stop) - int(start)).to_pylist()
    pa.feather.write_feather(one_after_another(names), target, compression="uncompressed")


if __name__ == "__main__":
    main(*sys.argv[1:5])
