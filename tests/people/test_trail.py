"""The audit trail speaks in words."""

import re
from pathlib import Path

import pytest

from vitalfew.approvals.models import Approval
from vitalfew.outlets.templatetags.names import words_of_trail
from vitalfew.people.records import Record

PACKAGE = Path(__file__).parents[2] / "src" / "vitalfew"
RECORDED = re.compile(r"audit\.record\(\s*[^,]+,\s*\"([a-z-]+)\"")


def kinds(of=Record):
    """Every kind of record, however many kinds it is a kind of."""
    return [each for kind in of.__subclasses__() for each in (kinds(kind) if kind._meta.abstract else [kind])]


def test_every_recorded_action_has_a_name():
    recorded = {name for file in PACKAGE.rglob("*.py") for name in RECORDED.findall(file.read_text(encoding="utf-8"))}

    assert len(recorded) > 10
    assert recorded - words_of_trail("STEPS").keys() == set()


@pytest.mark.parametrize(
    "kind", [each for each in kinds() if each is not Approval], ids=lambda kind: kind._meta.model_name
)
def test_every_step_of_a_record_has_a_name(kind):
    """An approval is asked for and decided, never added or put away; its own steps are found above."""
    steps = {f"{kind._meta.model_name}-{step}" for step in ("add", "change", "put-away", "fetch-back")}

    assert steps - words_of_trail("STEPS").keys() == set()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind._meta.model_name)
def test_what_the_trail_calls_a_record_is_never_one_of_its_fields(kind):
    assert isinstance(kind.subject, property)
