"""A page that somebody may not open is one line of the log; what breaks keeps its traceback."""

import logging

import pytest
from django.core.exceptions import PermissionDenied

from house import signed_in
from vitalfew.people.calm import Calm
from vitalfew.people.permissions import Forbidden


@pytest.mark.django_db
def test_a_page_that_is_not_his_is_one_line_of_the_log(house, client, caplog):
    answer = signed_in(house, client, "manager").get("/alarm-rules/")

    assert answer.status_code == 403
    [line] = [each for each in caplog.records if each.name == "django.request"]
    assert line.getMessage() == "Forbidden (Permission denied): /alarm-rules/"
    assert (line.exc_info, line.exc_text) == (None, None)


@pytest.mark.parametrize(
    ("failure", "told"), [(PermissionDenied(), False), (Forbidden("write"), False), (ValueError(), True)],
    ids=["denied", "forbidden", "broken"],
)  # fmt: skip
def test_what_breaks_keeps_its_traceback(failure, told):
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "x", (), (type(failure), failure, None))

    assert Calm().filter(record)
    assert (record.exc_info is not None) is told
