"""Accounts chosen together: by their codes, by their tier, by a saved view of the list; once each, and only those one sees."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts import questions
from vitalfew.accounts.models import Account, SavedView
from vitalfew.people.fields import chosen, dressed
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

BREAKS: Final = re.compile(r"[\s,，;；、]+")
MOST: Final = 2000
"""So many accounts of a view at most; whoever wants more has not chosen."""


class TargetsForm(forms.Form):
    """Which accounts."""

    codes = forms.CharField(
        required=False, label=_("Accounts"), help_text=_("Their codes, one a line or with commas"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    tier = chosen(_("All accounts of a tier"), [(tier.value, tier.label) for tier in Tier])
    view = forms.ModelChoiceField(
        SavedView.objects.none(), required=False, label=_("All accounts of a view of yours"), empty_label="–"
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        views = SavedView.objects.filter(user=user, listing="accounts")
        self.fields["view"].queryset = views  # type: ignore[attr-defined]  # the stubs know the plain field only
        if not views.exists():
            del self.fields["view"]
        if not user.may(Right.MONEY):
            del self.fields["tier"]
        dressed(self)

    def clean_codes(self) -> list[Account]:
        codes = {code for code in BREAKS.split(self.cleaned_data["codes"]) if code}
        found = list(Account.objects.visible_to(self.user).filter(code__in=codes))
        missing = sorted(codes - {account.code for account in found})
        if missing:
            said = _("No account of yours has these codes: %(codes)s")
            raise forms.ValidationError(said, params={"codes": ", ".join(missing[:10])})
        return found

    def clean_view(self) -> list[Account]:
        view: SavedView | None = self.cleaned_data["view"]
        if view is None:
            return []
        wanted = questions.Wanted.of(QueryDict(view.query).dict(), self.user)
        found = [line.account for line in islice(questions.every(self.user, wanted), MOST + 1)]
        if len(found) > MOST:
            said = _("This view has more than %(most)s accounts: narrow it first")
            raise forms.ValidationError(said, params={"most": MOST})
        return found

    @property
    def accounts(self) -> list[Account]:
        """Those named, those of the tier, those of the view, once each."""
        named = [*self.cleaned_data["codes"], *self._of_tier(), *self.cleaned_data.get("view", ())]
        return list({each.pk: each for each in named}.values())

    def _of_tier(self) -> Iterable[Account]:
        tier, refresh = self.cleaned_data.get("tier"), scorecards.current()
        if not tier or refresh is None:
            return ()
        codes = Scorecard.objects.filter(refresh=refresh, tier=tier).values("customer")
        found: Iterable[Account] = Account.objects.visible_to(self.user).filter(code__in=codes).order_by("code")
        return found
