from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, AccountField, sees
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import STEPS, IdeaState, Sort, Way, Where
from vitalfew.people.fields import DAY, RecordForm, SettleForm, chosen, dressed
from vitalfew.people.models import User

ORDER: Final = ("account", "text", "sort", "product", "said_on", "person", "named", "origin", "owner")
LINES: Final = forms.Textarea(attrs={"rows": 3})


class MaybeAccountField(AccountField):
    """None where it is left empty."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if str(value or "").strip() else None


class IdeaForm(forms.ModelForm[Idea]):
    """What was said, by whom. Asked for an account, its people can be chosen; without one a colleague had it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Idea
        fields = ("text", "sort", "product", "said_on", "person", "named", "origin", "owner")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "autofocus": True}), "said_on": DAY}
        labels = {
            "text": _("What they would have us make or do"), "product": _("Product or category"), "said_on": _("Said on"),
            "person": _("Who said it"), "named": _("Who said it, if not among the contacts"), "owner": _("Who sees to it"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["sort"] = chosen(_("What it is"), [(each.value, each.label) for each in Sort], must=True)
        self.fields["origin"] = chosen(_("Where it was said"), [(each.value, each.label) for each in Where], must=True)
        self.fields["owner"] = ColleagueField(
            user, account, label=_("Who sees to it"), initial=user.username, required=False, empty_label="–"
        )
        if account is not None:
            there = Post.objects.held().filter(account=account)
            people = Person.objects.filter(Q(pk__in=there.values("person")) | Q(pk=self.instance.person_id))
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
        else:
            del self.fields["person"]
        if account is None and self.instance.pk is None:
            self.fields["account"] = MaybeAccountField(user)
            self.fields["account"].required = False
            self.fields["account"].help_text = _("Left empty where a colleague had it")
        self.order_fields(ORDER)
        dressed(self)

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        owner, account = said.get("owner"), said.get("account") or self.of
        if owner and account and not sees(owner, account):
            self.add_error("owner", UNSEEN)
        return said


class DecideForm(SettleForm):
    """How far it is."""

    state = forms.ChoiceField(label=_("State"))
    why = forms.CharField(label=_("Reason, for us alone"), max_length=500, required=False)
    outcome = forms.CharField(
        label=_("What who asked is told"), max_length=2000, required=False, widget=LINES,
        help_text=_("Every firm that asked reads it: name no other one"),
    )  # fmt: skip
    work = forms.CharField(label=_("Number in product work"), max_length=200, required=False)
    target = forms.DateField(label=_("Planned for"), widget=DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(each.value, _(each.label)) for each in STEPS]  # type: ignore[attr-defined]  # the stubs know the plain field only

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == IdeaState.PLANNED and not said.get("target"):
            self.add_error("target", _("Say by when it is planned"))
        return said


class JudgeForm(RecordForm):
    """What it may bring and cost."""

    class Meta:
        model = Idea
        fields = ("probability", "gain", "cost", "expected_on")
        widgets = {"expected_on": DAY}
        labels = {
            "probability": _("Chance that the gain comes, 0 to 1"), "gain": _("Gain if it comes"), "cost": _("What it costs us"),
            "expected_on": _("The gain is expected on"),
        }  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        dressed(self)


class ShareForm(SettleForm):
    """Words of ours for other customers."""

    outside_title = forms.CharField(label=_("Title for other customers"), max_length=100)
    outside_text = forms.CharField(
        label=_("Text for other customers"), max_length=1000, widget=LINES,
        help_text=_("In words of ours: nothing that tells who asked"),
    )  # fmt: skip


class MergeForm(SettleForm):
    """The same as another."""

    into = forms.CharField(label=_("Number of the other idea"), max_length=20)


class SayForm(SettleForm):
    """A word to who asked."""

    text = forms.CharField(label=_("What the customer reads in the portal"), max_length=1000, widget=LINES)


class TellForm(SettleForm):
    """It was told what came of it, or a letter goes out."""

    text = forms.CharField(label=_("What who asked is told"), max_length=2000, widget=LINES)
    way = forms.ChoiceField(label=_("How it is told"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [(each.value, _(each.label)) for each in Way]  # type: ignore[attr-defined]  # as above


class PilotForm(forms.Form):
    """With whom, from when until when, and by what one sees whether it works."""

    since = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(label=_("Until"), widget=DAY)
    measure = forms.CharField(label=_("What is measured"), max_length=300)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        self.order_fields(("account", "since", "until", "measure"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("It ends before it begins"))
        return said


class EndForm(SettleForm):
    """What came of a pilot."""

    result = forms.CharField(label=_("What came of it"), max_length=1000, widget=LINES)
    stopped = forms.BooleanField(label=_("Stopped before its time"), required=False)


class FileForm(forms.Form):
    """What somebody of a customer's files in the portal."""

    sort = forms.ChoiceField(label=_("What it is"))
    text = forms.CharField(
        label=_("What should we make or do better?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    product = forms.CharField(label=_("Product or category"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sort"].choices = [(each.value, _(each.label)) for each in Sort]  # type: ignore[attr-defined]  # as above
        dressed(self)
