"""The command line: everything an administrator or an analyst does, without a browser.

One file a subject; :mod:`~vitalfew.outlets.cli.app` puts them together. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done
with rejected rows, 4 file refused.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # matrices are small here: threads would wait for each other longer
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own keeps 90 MiB of what pages have read

from vitalfew.outlets.cli.app import main

__all__ = ["main"]
