"""A proposal says why this account, this week, this person; every obstacle has its sentence."""

import pytest

from vitalfew.language import LANGUAGES
from vitalfew.maths.itineraries.missing import Obstacle
from vitalfew.maths.itineraries.planning import Plan, Visit
from vitalfew.phrases.visiting import OBSTACLES, Tie, Why, how_good, reasons

DAY = 20_500


def said(language="en", **known):
    why = Why(**{"rank": 3, "of": 300, "who": "李华", "tie": Tie.MANAGER, "week": 1} | known)
    return " ".join(each.say(language) for each in reasons(why))


def test_worth_and_urgency_come_first_then_the_week_then_the_person():
    told = said(complaints=2, risk=0.41, silent=True, since=95, due=DAY, nearby=["HD-1", "HD-2"])

    assert told == (
        "By worth and urgency it comes 3 of 300. Open complaints: 2. The chance that it leaves is 41 %. "
        "It has been silent for longer than its own gaps. The last visit was 95 days before. "
        "The visit is due by 16 February 2026. On the same way: HD-1, HD-2. 李华 manages it."
    )


def test_what_does_not_hold_is_not_said():
    assert said(risk=0.1) == "By worth and urgency it comes 3 of 300. 李华 manages it."
    assert "never visited" in said(never=True)
    assert "last visit" not in said(never=True)


@pytest.mark.parametrize(("known", "words"), [
    ({"due": DAY, "occasion": DAY - 3}, "It celebrates on 13 February 2026."),
    ({"due": DAY, "occasion": DAY + 3}, "The visit is due by 16 February 2026."),
    ({"due": DAY, "late": 2, "week": 0}, "It was due by 16 February 2026: this is the first week there is."),
    ({"due": DAY, "late": 2, "week": 3}, "The visit is due by 16 February 2026. No day before found room for it."),
    ({"tie": Tie.TEAM, "manager": "王伟"}, "李华 belongs to its team."),
    ({"tie": Tie.TEAM, "manager": "王伟", "tied_up": True},
     "王伟, who manages it, has no day free in these weeks; 李华 may go instead."),
    ({"tie": Tie.LEADS, "manager": "王伟"}, "李华 leads the house: a visit at this level shows what the account is to us."),
])  # fmt: skip
def test_the_binding_reason_is_told(known, words):
    assert words in said(**known)


def test_every_obstacle_and_every_sentence_stands_in_three_languages():
    assert set(OBSTACLES) == set(Obstacle)
    for known in ({"never": True, "silent": True}, {"tie": Tie.TEAM, "manager": "王伟", "tied_up": True}):
        assert len({said(language, **known) for language in LANGUAGES}) == len(LANGUAGES)


def test_how_good_a_plan_is():
    visit = Visit(0, 0, DAY, 0, 5.0, 0, ())
    best, nearly = Plan([visit, visit], [], 5.0, 5.0, True, 0.1), Plan([visit, visit], [], 5.0, 5.1, False, 0.1)

    assert how_good(best).say() == "2 visits proposed; by weeks no plan brings more"
    assert how_good(nearly).say() == "2 visits proposed; the plan is within 2.0 % of the best possible"
