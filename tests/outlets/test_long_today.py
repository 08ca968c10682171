"""A long Today: the first lines of each batch stand on the page, the others are one link away."""

import pytest

from house import signed_in
from vitalfew.outlets.today import SHOWN, When, batches, tasks_for
from vitalfew.rooms import Task
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
MANY = [Task("Visit", "", "Open", f"/{number}/") for number in range(SHOWN + 7)]


def test_a_batch_shows_its_first_lines_and_all_when_asked(house):
    user, refresh = house.user("director"), scorecards.told()

    (short,) = batches(user, MANY, refresh)
    (whole,) = batches(user, MANY, refresh, "later")

    assert (short.when, [line.task for line in short.lines], short.more) == (When.LATER, MANY[:SHOWN], 7)
    assert ([line.task for line in whole.lines], whole.more) == (MANY, 0)


def test_every_line_that_waits_is_on_the_page_or_behind_its_link(house, client):
    browser, tasks = signed_in(house, client, "director"), tasks_for(house.user("director"))

    pages = [browser.get(f"/?all={when.value}").content.decode() for when in When]

    assert tasks
    assert all(any(f'data-key="{task.key}"' in page for page in pages) for task in tasks)
    short = browser.get("/").content.decode()
    shown = short.count("data-key=")
    assert shown == len(tasks) or "?all=" in short
