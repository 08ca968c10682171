"""Whom we know at an account, and on whom the relationship hangs."""

import numpy as np

from vitalfew.panels import Panel
from vitalfew.phrases import Sentences, column, where
from vitalfew.sentences import counts, days, labels, percents, texts, told
from vitalfew.terms import Dependence, Level
from vitalfew.terms import gettext_noop as _

LOOSE = (Dependence.NOBODY, Dependence.ONE_CONTACT, Dependence.ONE_OWNER, Dependence.NO_DECIDER)


def dependence(panel: Panel) -> tuple[Sentences, ...]:
    """On whom it hangs, from `single-thread`."""
    contacts, top = panel.whole("contacts"), panel.floats("top_contact")
    nobody, one, owner, decider = (where(panel, "dependence", each) for each in LOOSE)
    ours = texts(column(panel, "owner"))
    left = days(panel.floats("last_left"))
    return (
        told(_("Its last contact left on {day}, and nobody else there is on file."), nobody, day=left),
        told(_("Only one person there is on file."), one & (contacts == 1)),
        told(_("{share} of all links go to one contact."), one & (contacts > 1), share=percents(top)),
        told(_("All links to it are held by {owner} alone."), owner, owner=ours),
        told(_("Nobody on file there decides."), decider),
    )


def gone(panel: Panel) -> Sentences:
    """A contact that left lately while others stayed, from `single-thread`."""
    lately = (panel.whole("left_lately") > 0) & ~where(panel, "dependence", Dependence.NOBODY)
    return told(_("A contact left on {day}."), lately, day=days(panel.floats("last_left")))


def known(panel: Panel) -> Sentences:
    """How many are on file, where there are several, from `coverage`."""
    contacts = panel.whole("contacts")
    return told(_("{n} {n:person|people} there are on file."), contacts > 1, n=counts(contacts))


def missing(panel: Panel) -> tuple[Sentences, ...]:
    """The levels where nobody is on file or, where touches tell it, nobody is in touch with us, from `coverage`."""
    gap, some = panel.whole("missing"), panel.whole("contacts") > 0
    said = {"n": counts(gap), "level": labels(Level, column(panel, "missing_level"))}
    touched = np.isfinite(panel.floats("coverage")) & some
    filed, one, more = some & ~touched, gap == 1, gap > 1
    return (
        told(_("Not a single person there is on file."), ~some),
        told(_("Nobody there is on file at this level: {level}."), filed & one, level=said["level"]),
        told(_("Nobody there is on file at {n} {n:level|levels}, the highest: {level}."), filed & more, **said),
        told(_("We are in touch with nobody there at this level: {level}."), touched & one, level=said["level"]),
        told(
            _("We are in touch with nobody there at {n} {n:level|levels}, the highest: {level}."),
            touched & more,
            **said,
        ),
    )


def visits(panel: Panel) -> tuple[Sentences, Sentences]:
    """How many visits are proposed and when the last one was, from `visit-need`."""
    last, proposed = panel.floats("last_visit"), panel.whole("proposed")
    planned = {"n": counts(proposed)}
    some = proposed > 0
    return (
        told(_("Visits proposed for this quarter: {n}; the last one was on {day}."), some & np.isfinite(last),
             day=days(last), **planned),
        told(_("Visits proposed for this quarter: {n}; none is on record."), some & np.isnan(last), **planned),
    )  # fmt: skip
