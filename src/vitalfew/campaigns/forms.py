from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.campaigns.models import BudgetLine, Campaign
from vitalfew.people.fields import DAY, RecordForm, SettleForm, dressed
from vitalfew.people.models import User
from vitalfew.people.roles import GIVEN

LONGEST: Final = 366
LANGUAGES: Final = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
WEEKS: Final = timedelta(days=55)


class CampaignForm(RecordForm):
    """What is done in which days, and by what it is judged."""

    class Meta:
        model = Campaign
        fields = (
            "name", "aim", "kind", "since", "until", "owner", "outcome", "worth", "one_in", "by_letter", "by_talk",
            "rest_days", "most_letters",
        )  # fmt: skip
        widgets = {"since": DAY, "until": DAY, "aim": forms.Textarea(attrs={"rows": 2})}
        labels = {
            "name": _("Name"), "aim": _("Aim of the campaign"), "kind": _("Kind"), "since": _("First day"),
            "until": _("Last day"), "owner": _("Who leads it"), "outcome": _("Judged by"),
            "worth": _("Lift that would be worth it, in per cent"), "one_in": _("Of so many alike, one is held out"),
            "by_letter": _("People there are written to"), "by_talk": _("Managers speak with their accounts"),
            "rest_days": _("Days of rest looked back on"), "most_letters": _("Letters in these days that are too many"),
        }  # fmt: skip
        help_texts = {
            "one_in": _("By lot, at the same tier and size; 2 tells most, 10 least"),
            "rest_days": _("Who got too many letters in these days before the first day is left out"),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True, role__in=GIVEN).order_by("name", "pk")  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.placed()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        elif since and until and (until - since).days >= LONGEST:
            self.add_error("until", _("A campaign lasts a year at most"))
        return said


def begun(user: User) -> dict[str, Any]:
    """With what a new campaign begins."""
    first: date = timezone.localdate() + timedelta(days=14)
    return {"since": first, "until": first + WEEKS, "owner": user.pk}


class LineForm(SettleForm):
    """A line of the budget."""

    what = forms.CharField(label=_("What is paid for"), max_length=120)
    planned = forms.DecimalField(label=_("Planned amount"), min_value=0, max_digits=14, decimal_places=2)


class SpentForm(SettleForm):
    """What each line came to."""

    def __init__(self, lines: list[BudgetLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            field = forms.DecimalField(label=line.what, min_value=0, max_digits=14, decimal_places=2, required=False)
            field.initial = line.spent
            self.fields[f"line-{line.pk}"] = field
        dressed(self)

    @property
    def amounts(self) -> dict[int, Decimal | None]:
        return {line.pk: self.cleaned_data[f"line-{line.pk}"] for line in self.lines}


class HandInForm(SettleForm):
    why = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class VersionForm(SettleForm):
    """A step that takes no words."""


class CallOffForm(SettleForm):
    why = forms.CharField(label=_("Why it is called off"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class LessonsForm(SettleForm):
    lessons = forms.CharField(
        label=_("What we learnt, and would do otherwise"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever plans a campaign of this kind reads it"),
    )  # fmt: skip


class TextForm(SettleForm):
    """Title and text in a language; empty, there is none."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    title = forms.CharField(label=_("Subject line or title"), max_length=150, required=False)
    text = forms.CharField(label=_("Text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("title")) != bool(said.get("text")):
            self.add_error("text" if said.get("title") else "title", _("Write both, or leave both empty"))
        return said
