from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.club.models import Benefit, Event, Invited, Level, Use
from vitalfew.club.words import Answered, BenefitKind
from vitalfew.contacts.models import Person, Post
from vitalfew.people.fields import DAY, RecordForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.terms import Tier

YEARS: Final = range(1990, 2101)


class LevelForm(RecordForm):
    """What a level is called, and its rule."""

    class Meta:
        model = Level
        fields = (
            "name", "name_hant", "name_en", "mark", "rank", "green", "tiers", "net_sales", "contribution", "value", "years",
            "agreement", "leeway", "grace_days",
        )  # fmt: skip
        labels = {
            "name": _("What it is called"), "name_hant": _("In traditional Chinese"), "name_en": _("In English"),
            "mark": _("Mark"), "rank": _("Order of levels"), "green": _("Its members' business goes first in every queue"),
            "net_sales": _("Net sales of 12 months at least"), "contribution": _("Contribution of 12 months at least"),
            "value": _("Lifetime value at least"), "years": _("Years with us at least"),
            "agreement": _("An agreement must be in force"), "leeway": _("Leeway, per cent"), "grace_days": _("Days of grace"),
        }  # fmt: skip
        help_texts = {
            "mark": _("A letter or two"), "rank": _("1 is the highest level"),
            "name_hant": _("Left empty, it is called as above"), "name_en": _("Left empty, it is called as above"),
            "net_sales": _("All conditions that are set must be met; without any, nobody comes in by itself"),
            "leeway": _("Who is in stays as long as it falls below the amounts by no more than that"),
            "grace_days": _("So long a member stays that meets the rule no more; the department is told as it begins"),
        }  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["tiers"] = forms.MultipleChoiceField(
            choices=[(tier.value, _(tier.label)) for tier in Tier], required=False, label=_("Tier is one of"),
            help_text=_("As in force; until people have decided, as proposed"), widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.placed()

    def clean_rank(self) -> int:
        rank: int = self.cleaned_data["rank"]
        if Level.objects.filter(rank=rank, put_away_at=None).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another level has this place"))
        return rank


class BenefitForm(RecordForm):
    class Meta:
        model = Benefit
        fields = ("kind", "text", "hours", "yearly_cost")
        labels = {
            "text": _("What members are entitled to"), "hours": _("Answered within working hours"),
            "yearly_cost": _("What it costs us a year"),
        }  # fmt: skip
        help_texts = {"yearly_cost": _("For all members together, where that is known")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["kind"] = chosen(_("Kind"), [(each.value, each.label) for each in BenefitKind], must=True)
        self.placed()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == BenefitKind.ANSWER and not said.get("hours"):
            self.add_error("hours", _("Say within how many working hours"))
        return said


class UseForm(RecordForm):
    """What a member made use of: a right of the level it belongs to."""

    class Meta:
        model = Use
        fields = ("benefit", "day", "cost", "note")
        widgets = {"day": DAY}
        labels = {"benefit": _("Right of its level"), "day": _("Date"), "cost": _("What it cost us"), "note": _("Note")}

    def __init__(self, user: User, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        held = Benefit.objects.filter(put_away_at=None, level__members__account=account, level__members__until=None)
        self.fields["benefit"].queryset = held  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.placed()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day


class NominationForm(forms.Form):
    """Into which level, until when, and why."""

    level = forms.ModelChoiceField(Level.objects.none(), label=_("Club level"), empty_label=None)
    ends_on = forms.DateField(label=_("Until"), widget=DAY, help_text=_("From then on the rule says"))
    why = forms.CharField(label=_("Why beyond the rule"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = Level.objects.visible_to(user)  # type: ignore[attr-defined]  # as above
        if account is None:
            self.fields["account"] = AccountField(user)
            self.order_fields(["account"])
        dressed(self)

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("This day must lie ahead"))
        if day.year not in YEARS:
            raise forms.ValidationError(_("This year lies too far away"))
        return day


class EventForm(RecordForm):
    class Meta:
        model = Event
        fields = ("title", "day", "place", "about", "level", "budget", "cost", "outcome")
        widgets = {
            "day": DAY, "about": forms.Textarea(attrs={"rows": 4}), "outcome": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip
        labels = {
            "title": _("Title"), "day": _("Date"), "place": _("Venue"), "about": _("What it is about"),
            "level": _("For members from level"), "budget": _("Budget"), "cost": _("What it cost"),
            "outcome": _("What came of it"),
        }  # fmt: skip
        help_texts = {
            "about": _("Stands in the invitation"), "level": _("With those of all higher levels; none: who is put on the list"),
        }  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["level"].queryset = Level.objects.visible_to(user)  # type: ignore[attr-defined]  # as above
        self.placed()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("This year lies too far away"))
        return day


class InviteForm(forms.Form):
    """One account, beside those of a level."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        dressed(self)


class InvitedForm(RecordForm):
    class Meta:
        model = Invited
        fields = ("answer", "person", "note")
        labels = {"person": _("Who comes"), "note": _("Note")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        words = [(each.value, each.label) for each in Answered]
        self.fields["answer"] = chosen(_("Answer"), words, must=True)
        there = Post.objects.held().filter(account=self.instance.account)
        self.fields["person"].queryset = Person.objects.filter(pk__in=there.values("person"))  # type: ignore[attr-defined]  # as above
        self.placed()
