from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import UNSEEN, sees
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.treatments.models import FEWEST_MONTHS, LONGEST, LONGEST_LETTER, MOST_MONTHS
from vitalfew.treatments.words import TreatmentKind


class TreatmentForm(forms.Form):
    """What is done about a loss-maker, by whom, to what end; of a parting its day, its reader and its letter."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("What is done, and what speaks for it"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )
    aim = forms.DecimalField(
        label=_("Better by, a year"), min_value=0, max_digits=12, decimal_places=2,
        help_text=_("By how much more the account is to earn in twelve months"),
    )  # fmt: skip
    months = forms.IntegerField(label=_("Judged after so many months"), min_value=FEWEST_MONTHS, max_value=MOST_MONTHS)
    last_day = forms.DateField(
        label=_("When parting: the last day"), widget=DAY, required=False,
        help_text=_("No sooner than agreements in force allow"),
    )  # fmt: skip
    letter = forms.CharField(
        label=_("When parting: the letter"), max_length=LONGEST_LETTER, required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Left empty, a polite one is proposed in the reader's language"),
    )  # fmt: skip

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        kinds = [(each.value, each.label) for each in TreatmentKind]
        self.fields["kind"] = chosen(_("What is done"), kinds, must=True)
        self.fields["owner"] = forms.ModelChoiceField(
            colleagues(), label=_("Who leads it"), to_field_name="username", empty_label="–"
        )
        people = Person.objects.filter(posts__account=account, posts__left_on=None, posts__put_away_at=None).distinct()
        self.fields["person"] = forms.ModelChoiceField(
            people.order_by("name", "pk"), label=_("When parting: who is written to"), required=False, empty_label="–"
        )
        self.order_fields(("kind", "why", "aim", "months", "owner", "last_day", "person", "letter"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        owner = given.get("owner")
        if owner and not sees(owner, self.of):
            self.add_error("owner", UNSEEN)
        if given.get("kind") == TreatmentKind.PART and not given.get("last_day"):
            self.add_error("last_day", _("Say on which day the relationship ends"))
        return given


class OutcomeForm(SettleForm):
    """What was learned."""

    outcome = forms.CharField(
        label=_("How it came to that, and what we learned"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
