import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the example files and real data, where there is one."""
    beside = Path(__file__).resolve().parents[3].parent / "shared"
    folder = Path(os.environ.get("VITALFEW_SHARED", beside))
    if not (folder / "bad-inputs").is_dir():
        pytest.skip("the example files are not beside the repository; name their folder in VITALFEW_SHARED")
    return folder
