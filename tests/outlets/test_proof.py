"""How well an analysis would have known stands on its page, once it was worked out in the background."""

import pytest
from django.conf import settings

from vitalfew.backtests import kept as keeping
from vitalfew.backtests.register import backtests
from vitalfew.home import Home
from vitalfew.imports.work import judge_past, refresh


@pytest.fixture
def page(own_facts, client):
    """The insight page of an analysis, in a language, as the analyst sees it."""
    client.force_login(own_facts.user("analyst"), backend="django.contrib.auth.backends.ModelBackend")

    def get(name, language="en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client.get(f"/insight/{name}/", headers={"accept-language": language}).content.decode()

    return get


def test_a_page_says_nothing_before_it_was_worked_out(page):
    assert "How well this would have foretold your own past" not in page("lifetime")


def test_a_page_shows_the_proof_of_its_analysis_alone(own_facts, page):
    assert keeping.keep_all(own_facts.home) == len(backtests())

    shown = page("lifetime")
    found = keeping.kept(own_facts.home, "lifetime")
    assert "How well this would have foretold your own past" in shown
    assert found.headline.say("en").replace("'", "&#x27;") in shown
    assert shown.count('<th scope="row" class="nowrap">') == len(found.origins) >= 1
    assert "How well this would have foretold your own past" not in page("pareto")


def test_what_was_stated_stands_beside_what_happened(own_facts, page):
    keeping.keep_all(own_facts.home)

    shown = page("churn")
    told = [row for row in keeping.kept(own_facts.home, "churn").reliability if row["accounts"]]
    assert "What was stated, and what happened" in shown
    assert shown.count(" – ") >= 2 * len(told) > 0
    assert "What was stated, and what happened" not in page("lifetime")


def test_a_book_too_short_says_so(own_facts, page):
    keeping.keep_all(own_facts.home)

    shown = page("tiers")
    assert "The book is too short" in shown
    assert "All days" not in shown


def test_a_proof_is_said_in_the_readers_language(own_facts, page):
    keeping.keep_all(own_facts.home)

    for language, word in {"zh-hans": "回测", "zh-hant": "回測"}.items():
        assert word in page("churn", language)


def test_the_same_facts_are_not_judged_again(own_facts):
    keeping.keep_all(own_facts.home)

    assert keeping.keep_all(own_facts.home) == 0


@pytest.mark.django_db
def test_an_empty_home_is_not_judged(tmp_path):
    home = Home(tmp_path)
    home.make()

    assert keeping.keep_all(home) == 0
    assert keeping.kept(home, "churn") is None


def test_a_refresh_is_followed_by_the_judgement(own_facts, monkeypatch):
    asked = []
    monkeypatch.setattr(type(judge_past), "enqueue", lambda task, *_given: asked.append(task.name))

    refresh.call()

    assert asked == ["followed", "inquire", "look", "drawn", "look_back", "judge_past"]
    assert own_facts.home.folder.exists()


def test_it_gives_way_to_uploads():
    assert judge_past.priority < refresh.priority
