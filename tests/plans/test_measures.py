"""What a goal's figure says of it on a day."""

import pytest

from vitalfew.accounts.aims import Course, course, figure
from vitalfew.language import Money
from vitalfew.plans.measures import Measure, aim
from vitalfew.plans.selling import Findings, proposed
from vitalfew.plans.words import SalesModel
from vitalfew.terms import Unit


@pytest.mark.parametrize(
    ("towards", "value", "elapsed", "found"),
    [
        (aim(Measure.SALES, 120), None, 0.5, Course.UNKNOWN),
        (aim(Measure.SALES, 120), 70, 0.5, Course.ON_COURSE),
        (aim(Measure.SALES, 120), 50, 0.5, Course.BEHIND),
        (aim(Measure.SALES, 120), 120, 0.5, Course.REACHED),
        (aim(Measure.SALES, 120), 119, 1.0, Course.MISSED),
        (aim(Measure.SALES, 80, 100), 0, 0.1, Course.BEHIND),
        (aim(Measure.SALES, 80, 100), 95, 1.0, Course.REACHED),
        (aim(Measure.COMPLAINTS, 4), 4, 0.5, Course.ON_COURSE),
        (aim(Measure.COMPLAINTS, 4), 5, 0.1, Course.MISSED),
        (aim(Measure.COMPLAINTS, 4), 4, 1.0, Course.REACHED),
        (aim(Measure.SHARE, 0.3), 0.2, 0.5, Course.OPEN),
        (aim(Measure.SHARE, 0.3, 0.1), 0.2, 0.5, Course.ON_COURSE),
        (aim(Measure.SHARE, 0.3, 0.1), 0.15, 0.5, Course.BEHIND),
        (aim(Measure.HAND, 20, 60), 40, 0.5, Course.ON_COURSE),
        (aim(Measure.HAND, 20, 60), 50, 0.5, Course.BEHIND),
        (aim(Measure.HAND, 20, 60), 19, 0.5, Course.REACHED),
    ],
    ids=str,
)
def test_a_figure_says_how_the_goal_stands(towards, value, elapsed, found):
    assert course(towards, value, elapsed) is found


def test_figures_are_written_in_the_unit_of_their_measure():
    assert figure(1_200_000, Unit.MONEY, "CNY") == Money(1_200_000, "CNY")
    assert figure(82.5, Unit.NUMBER, "CNY", "分") == "82.5 分"


@pytest.mark.parametrize(
    ("found", "model"),
    [
        (Findings("mvc", "long_term", 1000, 500), SalesModel.CUSTOMISED),
        (Findings("other", "long_term", 1000, 100), SalesModel.CONSULTATIVE),
        (Findings("mgc", "phased", 1000, 0), SalesModel.CONSULTATIVE),
        (Findings("other", "seasonal", 1000, 50), SalesModel.CLUB),
        (Findings("", "", 0, 0), None),
    ],
    ids=str,
)
def test_findings_speak_for_a_sales_model_with_a_reason(found, model):
    proposal = proposed(found)

    assert proposal.model is model
    assert proposal.why.say("en")
