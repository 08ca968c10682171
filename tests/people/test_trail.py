"""The audit trail speaks in words."""

import re
from pathlib import Path

from vitalfew.outlets.templatetags.names import ACTIONS

PACKAGE = Path(__file__).parents[2] / "src" / "vitalfew"
RECORDED = re.compile(r"audit\.record\(\s*[^,]+,\s*\"([a-z-]+)\"")


def test_every_recorded_action_has_a_name():
    recorded = {name for file in PACKAGE.rglob("*.py") for name in RECORDED.findall(file.read_text(encoding="utf-8"))}

    assert len(recorded) > 10
    assert recorded - ACTIONS.keys() == set()
