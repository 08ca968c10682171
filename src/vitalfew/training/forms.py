from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.between import categories
from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import AccountField
from vitalfew.contacts.models import Post
from vitalfew.contacts.words import LEVELS, Part
from vitalfew.people.fields import DAY, RecordForm, Row, SettleForm, dressed
from vitalfew.people.models import User
from vitalfew.training.marking import Question
from vitalfew.training.models import Programme, Session

YEARS: Final = range(1990, 2101)
AFTERWARDS: Final = ("cost", "outcome")
"""What is not asked before a session was held."""
SETTLED: Final = ("programme", "day")
"""What stays as it is once somebody came: tests, certificates and other rooms rest on it."""
MARK: Final = ("*", "＊", "√", "✓")
"""What stands before a right choice."""
MOST_CHOICES: Final = 8
LONGEST: Final = 300
TIME: Final = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
SHOWN: Final = 4
"""Signs of a company's name that are told to who is asked which is his."""


class ProgrammeForm(RecordForm):
    class Meta:
        model = Programme
        fields = ("title", "aim", "levels", "parts", "categories", "hours", "valid_months")
        widgets = {"aim": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "title": _("Title"), "aim": _("What participants can do afterwards"), "hours": _("Hours taught"),
            "valid_months": _("Certificate valid for months"),
        }  # fmt: skip
        help_texts = {"valid_months": _("Left empty, it does not expire")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        levels = [(each.value, _(each.label)) for each in LEVELS]
        parts = [(each.value, _(each.label)) for each in Part]
        kept = [each for each in self.instance.categories if each]
        goods = [(each, each) for each in dict.fromkeys([*kept, *categories()])]
        self.fields["levels"] = ticks(
            _("For whom, by level"), levels, _("None ticked: shop assistants, storekeepers, salespeople")
        )
        self.fields["parts"] = ticks(_("For whom, by part in buying"), parts)
        self.fields["categories"] = ticks(_("About which goods"), goods)
        self.placed()


def ticks(label: Any, choices: list[tuple[str, Any]], hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=hint
    )


class TestForm(SettleForm):
    """What it takes to pass; the questions stand in rows of their own."""

    __test__ = False

    pass_mark = forms.IntegerField(label=_("Passed from per cent of the questions on"), min_value=1, max_value=100)
    tries = forms.IntegerField(label=_("Tries allowed"), min_value=1, max_value=20)


class QuestionForm(Row, forms.Form):
    """A question, its choices a line each; a star stands before each that is right."""

    WRITTEN: ClassVar = ("text", "choices")
    text = forms.CharField(label=_("Question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    choices = forms.CharField(
        label=_("Choices, one a line"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Put * before each right one"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_choices(self) -> Question:
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        texts = [line.lstrip("".join(MARK)).strip() for line in lines]
        right = [place for place, line in enumerate(lines) if line.startswith(MARK)]
        if not 2 <= len(lines) <= MOST_CHOICES:  # noqa: PLR2004  (a choice is one of two)
            raise forms.ValidationError(_("Give two to eight choices, each on a line of its own"))
        if len(set(texts)) < len(texts) or not all(texts) or max(map(len, texts)) > LONGEST:
            raise forms.ValidationError(_("Each choice says something of its own, in at most 300 characters"))
        if not right:
            raise forms.ValidationError(_("Put * before at least one choice that is right"))
        return Question(text="", choices=texts, right=right)


Questions = forms.formset_factory(QuestionForm, extra=3, max_num=50, absolute_max=60)


def asked(rows: Any) -> list[Question]:
    """The questions that were written down, in order."""
    said = [form.cleaned_data for form in rows.forms if form.cleaned_data.get("text", "").strip()]
    return [
        Question(text=each["text"].strip(), choices=each["choices"]["choices"], right=each["choices"]["right"])
        for each in said
    ]


def written(questions: list[Question]) -> list[dict[str, str]]:
    """As they stand in the rows."""
    return [{"text": each["text"], "choices": "\n".join(_starred(each))} for each in questions]


def _starred(question: Question) -> list[str]:
    """Its choices, a star before the right ones."""
    return [f"* {line}" if at in question["right"] else line for at, line in enumerate(question["choices"])]


class SessionForm(RecordForm):
    class Meta:
        model = Session
        fields = (
            "programme",
            "day",
            "begins",
            "ends",
            "place",
            "online",
            "trainer",
            "seats",
            "budget",
            "cost",
            "outcome",
        )
        widgets = {"day": DAY, "begins": TIME, "ends": TIME, "outcome": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "programme": _("Programme"), "day": _("Date"), "begins": _("Begins at"), "ends": _("Ends at"), "place": _("Venue"),
            "online": _("Online"), "trainer": _("Trainer of ours"), "seats": _("Seats"), "budget": _("Budget"),
            "cost": _("What it cost"), "outcome": _("What came of it"),
        }  # fmt: skip
        help_texts = {"place": _("Where it is held, or the address of the meeting; stands on the page at the door")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.visible_to(user)  # type: ignore[attr-defined]  # the stubs know the plain field only
        if not self.instance.pk:
            for name in AFTERWARDS:
                self.fields.pop(name, None)
        elif not self.instance.is_open or self.instance.attendees.filter(came_at__isnull=False).exists():
            for name in SETTLED:
                self.fields[name].disabled = True
        self.fields["trainer"].queryset = colleagues()  # type: ignore[attr-defined]  # as above
        self.placed()

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day.year not in YEARS:
            raise forms.ValidationError(_("This year lies too far away"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("It ends after it begins"))
        return said


class InviteForm(forms.Form):
    """An account; and of it, somebody by name who is no contact."""

    name = forms.CharField(
        label=_("Full name"), max_length=100, required=False, help_text=_("Left empty, the account alone is invited")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        self.order_fields(["account", "name"])
        dressed(self)


class ContactsForm(forms.Form):
    """Contacts of the invited accounts."""

    def __init__(self, posts: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.pk), f"{post.person} · {post.account}") for post in posts]
        self.fields["posts"] = ticks(_("Contacts"), choices)


class CloseForm(SettleForm):
    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    cost = forms.DecimalField(label=_("What it cost"), min_value=0, max_digits=14, decimal_places=2, required=False)


class ReasonForm(SettleForm):
    reason = forms.CharField(label=_("Why"), max_length=300)


class DoorForm(forms.Form):
    """Who somebody at the door is."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True})
    )
    company = forms.CharField(
        label=_("Your company"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        help_text=_("Needed only if you were not announced"),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("I agree that my name, company, attendance and test result are kept as proof of this training"),
        error_messages={"required": _("Without your consent nothing is kept: please speak to the trainer")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not any(each.isalpha() for each in name):
            raise forms.ValidationError(_("Please write your name"))
        return name

    def among(self, rows: Any) -> None:
        """Several are called so: which company."""
        choices = [(str(row.pk), shortened(row.where)) for row in rows]
        self.fields["which"] = forms.ChoiceField(
            label=_("Which of these is your company?"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(["name", "company", "which", "agreed"])


def shortened(company: str) -> str:
    """So much of a name that who belongs there knows it.

    >>> shortened("华东恒达电器有限公司"), shortened("恒达")
    ('华东恒达…', '恒达')
    """
    return company if len(company) <= SHOWN else f"{company[:SHOWN]}…"
