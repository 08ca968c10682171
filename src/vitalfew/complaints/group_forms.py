from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints.cause_forms import BranchField
from vitalfew.complaints.forms import cause_field
from vitalfew.complaints.models import Cause
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people.fields import SettleForm, dressed, number_in
from vitalfew.people.models import User

FIELDS: Final = ("cause", "named", "under")
SPANS: Final = (90, 180, 365, 730)


class ConfirmForm(SettleForm):
    """On which cause of the tree they stand, or which new one; ``ticked`` are the complaints that belong to it."""

    named = forms.CharField(label=_("Or a new cause, in your own words"), max_length=60, required=False)

    def __init__(self, user: User, *args: Any, ticked: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticked = set(ticked)
        self.fields["cause"] = cause_field()
        branches = Cause.objects.filter(branch=None, put_away_at=None)
        self.fields["under"] = BranchField(
            branches, required=False, label=_("Branch of the new cause"), empty_label="–",
            help_text=_("Empty for a branch itself"),
        )  # fmt: skip
        self.order_fields(FIELDS)
        if not user.may(ComplaintRight.RULE):
            del self.fields["named"], self.fields["under"]
        dressed(self)

    def clean(self) -> dict[str, Any]:
        """The branch by its number, as the action takes it."""
        given = super().clean() or {}
        under = given.get("under")
        return {**given, "under": str(under.pk) if under else ""}


def ticked(sent: Any) -> set[int]:
    """The complaints that were ticked on the page."""
    return {number_in(each) for each in sent.getlist("complaints")}


class LookForm(forms.Form):
    """Over how many days texts are looked at."""

    days = forms.TypedChoiceField(label=_("Complaints of the last"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each, _("%(n)s days") % {"n": each}) for each in SPANS]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]  # the stubs know the plain field only
        dressed(self)
