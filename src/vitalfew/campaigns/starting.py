"""A campaign begins: its accounts are frozen, some left out with the reason, and of the others one in a few held out by lot."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from vitalfew.campaigns.actions import held, moved
from vitalfew.campaigns.excluding import left_out
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.reading import Days, bought, tops
from vitalfew.campaigns.seeing import could_show
from vitalfew.campaigns.words import CampaignState, Place
from vitalfew.maths.lots import Unit, drawn
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard
from vitalfew.warehouse.run import day_number

YEAR: Final = 365
LARGEST_SEED: Final = 2**31


@transaction.atomic
def start(user: User, pk: int, version: int, *, today: date | None = None, seed: int | None = None) -> Campaign:
    """Freeze its accounts and draw the lots; from a ``seed`` where one is given, else from one drawn now and kept."""
    row, day = held(user, pk), today or timezone.localdate()
    if row.version != version:
        raise Stale(row)
    _may_start(row, day)
    row.since = max(row.since, day)
    kept = _freeze(row, day, secrets.randbelow(LARGEST_SEED) if seed is None else seed)
    return moved(user, Campaign.objects.get(pk=pk), fields={"state": CampaignState.RUNNING.value, **kept})


def _may_start(row: Campaign, day: date) -> None:
    if row.state != CampaignState.APPROVED:
        raise NotPossible(_("Only an approved campaign begins: hand it in first"))
    if row.until < day:
        raise NotPossible(_("Its last day is over: draft another"))
    if row.since > day:
        raise NotPossible(_("Its first day lies ahead: who is left out is settled on that day"))
    if row.by_letter and not row.letters:
        raise NotPossible(_("Write the letter first, or say in the draft that none is sent"))


def _freeze(row: Campaign, day: date, seed: int) -> Mapping[str, object]:
    targets = list(row.targets.select_related("account"))
    out = left_out(row, [each.account for each in targets], day)
    inside = [each for each in targets if each.account_id not in out]
    _measured(row, targets, day)
    _draw(row, inside, seed)
    for each in targets:
        if each.account_id in out:
            each.place, each.why = Place.LEFT_OUT.value, out[each.account_id].value
    Target.objects.bulk_update(targets, ["place", "why", "tier", "size", "block"], batch_size=500)
    seen = could_show(row, [each.account for each in inside])
    return {"seed": seed, "since": row.since, "foreseen": seen.kept()}


def _measured(row: Campaign, targets: Sequence[Target], day: date) -> None:
    """Each account's tier, and what it bought in the year before."""
    codes = [each.account.code for each in targets]
    before = bought(codes, [Days(day_number(day) - YEAR, day_number(day) - 1)], "sales", row.currency)
    refresh = scorecards.current()
    cards = Scorecard.objects.filter(refresh=refresh, customer__in=codes).values_list("customer", "tier")
    tiers = dict(cards) if refresh else {}
    for place, each in enumerate(targets):
        each.size, each.tier = float(before[place, 0]), tiers.get(each.account.code) or ""


def _draw(row: Campaign, inside: Sequence[Target], seed: int) -> None:
    """The companies of a group together, by the tier of its largest."""
    groups = tops([each.account for each in inside])
    together: dict[str, list[Target]] = {}
    for each in sorted(inside, key=lambda each: (-each.size, each.account.code)):
        together.setdefault(groups[each.account.code], []).append(each)
    if len(together) < row.one_in:
        raise NotPossible(
            _("Too few accounts are left to hold anybody out: without that nothing could be told. Choose more")
        )
    units = [Unit(name, rows[0].tier, sum(each.size for each in rows)) for name, rows in together.items()]
    for name, lot in drawn(units, row.one_in, seed).items():
        for each in together[name]:
            each.block = lot.block
            each.place = (Place.HELD_OUT if lot.held_out else Place.TREATED).value
