from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField, colleagues
from vitalfew.accounts.forms import AccountField, UploadField
from vitalfew.accounts.models import Account
from vitalfew.accounts.responsible import seen_by
from vitalfew.complaints import causes, procedure
from vitalfew.complaints.checks import AFTER, DAYS
from vitalfew.complaints.closing import WITHOUT
from vitalfew.complaints.models import Complaint, Deadline
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Category, Channel, Effect, Severity, State, Way
from vitalfew.contacts.models import Person, Post
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.people.permissions import may
from vitalfew.people.roles import Role

TAKEN_BY: Final = (Channel.PHONE, Channel.VISIT, Channel.MAIL, Channel.CARD)
"""By which ways one of ours takes it in."""
FIRST: Final = ("account", "text", "effect", "grows", "phone", "named")
"""What is asked at once; all else can be said later."""
AREA: Final = {"rows": 3}
MOMENT: Final = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def words(kinds: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in kinds]


def cause_field(*, must: bool = False) -> forms.ChoiceField:
    """A place on the tree of causes, by its branches."""
    known = [*([] if must else [("", "–")]), *causes.choices()]
    return forms.ChoiceField(label=_("On the tree of causes"), choices=known, required=must)


def effect_field() -> forms.ChoiceField:
    """What it does: nothing is chosen before somebody chooses it, for the severity follows from it."""
    field = chosen(_("What it does to the customer"), words(Effect))
    field.required = True
    return field


class MaybeAccountField(AccountField):
    """An account, or none where nobody knows it yet."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.required = False

    def clean(self, value: Any) -> Any:
        return super().clean(value) if str(value or "").strip() else None


class ComplaintForm(forms.ModelForm[Complaint]):
    """What was taken down of a complaint. Asked for an account, its people can be chosen; one that stands keeps its account."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Complaint
        fields = (
            "text", "grows", "phone", "named", "company", "person", "email", "language", "product", "batch", "order_number",
            "carrier", "demand",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs=AREA), "phone": forms.TextInput(attrs={"type": "tel"})}
        labels = {
            "text": _("What happened, as the customer says it"), "grows": _("It goes on or spreads"), "phone": _("Phone"),
            "named": _("Who complains"), "company": _("Company, as written"), "person": _("Contact"), "email": _("E-mail"),
            "language": _("Language"), "product": _("Product"), "batch": _("Batch or serial number"),
            "order_number": _("Order number"), "carrier": _("Carrier"), "demand": _("What the customer wants done"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, stands = account, self.instance.pk is not None
        self.fields["text"].required = True
        self.fields["category"] = chosen(_("Subject of the complaint"), words(Category))
        self.fields["channel"] = chosen(_("Channel"), words(Channel if stands else TAKEN_BY), must=True)
        if stands:
            del self.fields["grows"]
            for name in ("category", "channel"):
                self.initial.setdefault(name, getattr(self.instance, name))
        else:
            self.fields["effect"] = effect_field()
            self.fields["file"] = UploadField()
        self._of(user, account, stands=stands)
        self.order_fields(FIRST)
        dressed(self)

    def _of(self, user: User, account: Account | None, *, stands: bool) -> None:
        if account is None and not stands:
            self.fields["account"] = MaybeAccountField(user)
        if account is None:
            del self.fields["person"]
            return
        there = Post.objects.held().filter(account=account)
        people = Person.objects.filter(pk__in={*there.values_list("person", flat=True), self.instance.person_id or 0})
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only

    @property
    def first(self) -> list[Any]:
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def rest(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in FIRST]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("file") and not (self.of or said.get("account")):
            self.add_error("file", _("A file is kept at its account: say whose it is, or add it once you know"))
        return said

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).strip()


class MatchForm(SettleForm):
    """Whose it is."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        dressed(self)


class AssessForm(SettleForm):
    """How bad it is, by what it does."""

    grows = forms.BooleanField(label=_("It goes on or spreads"), required=False)
    why = forms.CharField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Needed where another severity is chosen")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effect"] = effect_field()
        self.fields["severity_set"] = chosen(_("Another severity than the rule gives"), words(Severity))
        self.order_fields(("effect", "grows", "severity_set", "why"))
        dressed(self)

    def clean_severity_set(self) -> int | None:
        return int(self.cleaned_data["severity_set"]) if self.cleaned_data["severity_set"] else None


class StepForm(SettleForm):
    """A step of the procedure, with what it needs."""

    to = forms.CharField(widget=forms.HiddenInput, max_length=12)

    def __init__(self, to: str, *args: Any, head: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in procedure.NEEDS.get(to, ()):
            self.fields[each.name] = self._field(each)
        if to == State.CAUSE:
            self.fields["branch"] = cause_field()
            self.order_fields(("branch",))
        if to == State.STANDARD:
            self.fields[AFTER] = check_after(DAYS)
        if to == State.CLOSED and head:
            self.fields[WITHOUT] = _without()
        dressed(self)

    def _field(self, each: procedure.Needed) -> forms.Field:
        if each.a_day:
            return forms.DateField(label=_(each.label), widget=DAY)
        return forms.CharField(label=_(each.label), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "to"}}


def check_after(days: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Look whether it works after so many days"), min_value=7, max_value=730, initial=days, required=False
    )


def _without() -> forms.Field:
    return forms.CharField(
        label=_("Why it is closed without a signed 8D record"), max_length=500, required=False,
        help_text=_("Only where a serious complaint has none; it stays in the history"),
    )  # fmt: skip


class ClassForm(SettleForm):
    """From what it came, on the tree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"] = cause_field()
        dressed(self)


class WhyForm(SettleForm):
    """Why."""

    why = forms.CharField(label=_("Reason"), max_length=500)


def settlers(account: Account | None) -> QuerySet[User]:
    """Who could settle it: with the right to, and seeing the account."""
    seeing = seen_by(account) if account else colleagues()
    able = [role for role in Role if may(role, ComplaintRight.HANDLE)]
    return seeing.filter(role__in=able).order_by("name", "pk")


class HandForm(SettleForm):
    """Who settles it."""

    why = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = ColleagueField(user, account, settlers(account), label=_("Who settles it"))
        self.order_fields(("owner", "why"))
        dressed(self)


class TellForm(SettleForm):
    """What the customer is told, and how."""

    text = forms.CharField(
        label=_("What the customer is told"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = chosen(_("How"), words(each for each in Way if each is not Way.PAGE), must=True)
        dressed(self)


class OpeningForm(SettleForm):
    """From when until when the house works on a business day."""

    opens = forms.TimeField(label=_("The house opens at"), widget=MOMENT)
    closes = forms.TimeField(label=_("The house closes at"), widget=MOMENT)


class DeadlineForm(forms.ModelForm[Deadline]):
    """Business hours, of one priority."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Deadline
        fields = ("acknowledge", "answer", "step", "close")
        labels = {
            "acknowledge": _("Acknowledge it"), "answer": _("First answer"), "step": _("Each step"), "close": _("Resolve it"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].min_value = 1  # type: ignore[attr-defined]  # a number's
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for name in self.Meta.fields:
            if said.get(name) == 0:
                self.add_error(name, _("At least one hour"))
        if said.get("answer") and said.get("close") and said["close"] < said["answer"]:
            self.add_error("close", _("It cannot be settled before it is answered"))
        return said
