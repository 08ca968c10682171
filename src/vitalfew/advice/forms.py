from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, sees
from vitalfew.accounts.models import Account
from vitalfew.advice.models import LONGEST
from vitalfew.advice.words import RESTS, USUAL, Answer, Reason
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class AnswerForm(forms.Form):
    """Whether it is done: by whom and by when; or why not, and when it may be asked again."""

    note = forms.CharField(
        label=_("Note"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = forms.DateField(label=_("If we do it: by when"), widget=DAY, required=False)
    days = forms.TypedChoiceField(
        label=_("If we don't: for how many days it is not asked again"), coerce=int, required=False,
        choices=[(each, str(each)) for each in RESTS], initial=USUAL,
    )  # fmt: skip

    def __init__(self, user: User, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["answer"] = chosen(_("Answer"), words(Answer), must=True)
        self.fields["owner"] = ColleagueField(
            user, account, label=_("If we do it: who sees to it"), required=False, empty_label="–"
        )
        self.fields["reason"] = chosen(_("If we don't: why not"), words(Reason))
        self.order_fields(("answer", "owner", "due", "reason", "days", "note"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == Answer.ACCEPT:
            self._accepted(given)
        elif given.get("answer") == Answer.DECLINE and not given.get("reason"):
            self.add_error("reason", _("Say why not: the advice can only become better by it"))
        return given

    def _accepted(self, given: dict[str, Any]) -> None:
        owner = given.get("owner")
        if owner is None and "owner" not in self.errors:
            self.add_error("owner", _("Say who sees to it"))
        if owner and not sees(owner, self.of):
            self.add_error("owner", UNSEEN)
        if given.get("due") is None and "due" not in self.errors:
            self.add_error("due", _("Say by when it will be done"))


class ChangeForm(SettleForm):
    """Somebody else does it, or by another day."""

    due = forms.DateField(label=_("By when"), widget=DAY)
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, user: User, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), empty_label=None)
        self.order_fields(("owner", "due", "note"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if (owner := given.get("owner")) and not sees(owner, self.of):
            self.add_error("owner", UNSEEN)
        return given


class DoneForm(SettleForm):
    """It was done."""

    on = forms.DateField(label=_("Done on"), widget=DAY)
    outcome = forms.CharField(
        label=_("What came of it"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DropForm(SettleForm):
    """It is not done after all."""

    outcome = forms.CharField(label=_("Why not"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
