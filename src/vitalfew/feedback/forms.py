import re
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.targets import TargetsForm
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Person
from vitalfew.feedback import questions
from vitalfew.feedback.actions import Wording
from vitalfew.feedback.models import Asked, Question, Round
from vitalfew.feedback.standard import Standard
from vitalfew.feedback.words import QuestionKind
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User

USUAL: Final = timedelta(days=30)
LONGEST: Final = 200
MOST: Final = 30
WAYS: Final = [(way.value, way.label) for way in Way if way != Way.NOTE]
FEWEST_CHOICES: Final = 2


class RoundForm(forms.ModelForm[Round]):
    """The name and the time of a round."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Round
        fields = ("name", "since", "until")
        widgets = {"since": DAY, "until": DAY}
        labels = {"name": _("Name of the round"), "since": _("From"), "until": _("Until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("A round ends on or after its first day"))
        return given


class QuestionsForm(forms.Form):
    """What is asked: questions known to the house, and own ones, one a line."""

    items = forms.MultipleChoiceField(
        required=False, label=_("Questions known to the house"), widget=forms.CheckboxSelectMultiple,
        choices=[(each.value, _(each.label)) for each in Standard],
        initial=[Standard.SATISFACTION.value, Standard.NPS.value, Standard.BETTER.value],
    )  # fmt: skip
    scored = forms.CharField(
        required=False, label=_("Own questions answered from 1 to 10"), help_text=_("One a line"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    chosen = forms.CharField(
        required=False, label=_("Own questions with answers to choose from"),
        help_text=_("One a line, with its answers behind bars: How shall we deliver? | daily | weekly"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    worded = forms.CharField(
        required=False, label=_("Own questions answered in words"), help_text=_("One a line"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_scored(self) -> list[str]:
        return _lines(self.cleaned_data["scored"])

    def clean_worded(self) -> list[str]:
        return _lines(self.cleaned_data["worded"])

    def clean_chosen(self) -> list[tuple[str, list[str]]]:
        split = [[part.strip() for part in re.split(r"[|｜]", line)] for line in _lines(self.cleaned_data["chosen"])]
        rows = [(parts[0], list(dict.fromkeys(part for part in parts[1:] if part))) for parts in split]
        if any(not text or len(answers) < FEWEST_CHOICES for text, answers in rows):
            raise forms.ValidationError(_("Write each question and at least two answers behind bars: | daily | weekly"))
        return rows

    @property
    def wording(self) -> Wording:
        return Wording(**self.cleaned_data)


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(line) > LONGEST for line in lines):
        raise forms.ValidationError(_("A question has room for 200 characters"))
    if len(lines) > MOST:
        raise forms.ValidationError(_("Nobody answers so many questions: 30 are the most"))
    return lines


class AccountsForm(TargetsForm):
    """Which accounts are asked, and by whom."""

    who = forms.ModelChoiceField(
        User.objects.none(), required=False, to_field_name="username", label=_("Who asks"),
        empty_label=_("Whoever manages the account"),
    )  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["who"].queryset = askers()  # type: ignore[attr-defined]  # the stubs know the plain field only


def askers() -> Any:
    from vitalfew.feedback.rights import FeedbackRight

    return User.objects.filter(is_active=True, role__in=FeedbackRight.ASK.roles).order_by("name")


class AskForm(forms.Form):
    """How and when it was asked."""

    way = chosen(_("How"), WAYS, must=True)
    day = forms.DateField(widget=DAY, label=_("Asked for feedback on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
        dressed(self)


class AssignForm(forms.Form):
    """Who asks."""

    who = forms.ModelChoiceField(
        User.objects.none(), required=False, to_field_name="username", label=_("Who asks"),
        empty_label=_("Whoever manages the account"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = askers()  # type: ignore[attr-defined]  # as above
        dressed(self)


class AnswerForm(forms.ModelForm[Asked]):
    """What an account answered, question by question; what is left empty stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Asked
        fields = ("way", "person", "answered_on", "will_do")
        widgets = {"answered_on": DAY, "will_do": forms.Textarea(attrs={"rows": 3})}
        labels = {"answered_on": _("Feedback given on"), "person": _("Who answered"), "will_do": _("What we will do")}

    def __init__(self, asked: Asked, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": asked})
        people = Person.objects.filter(posts__account=asked.account, posts__put_away_at=None).distinct()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # as above
        self.fields["person"].empty_label = "–"  # type: ignore[attr-defined]  # as above
        self.fields["way"] = chosen(_("How"), WAYS, must=True)
        self.fields["answered_on"].required = True
        given = questions.answers_of(asked)
        self.asked_of = questions.questions_of(asked.round)
        for question in self.asked_of:
            answer = given.get(question.pk)
            self.fields[f"q{question.pk}"] = _field(question, answer.value if answer else None)
        self.order_fields(["way", "person", "answered_on", *(f"q{each.pk}" for each in self.asked_of), "will_do"])
        dressed(self)

    def clean_answered_on(self) -> Any:
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This lies ahead: write it down when it is done"))
        return day

    @property
    def given(self) -> dict[int, int | str]:
        """The answers that were written down, by question."""
        values = {question.pk: self.cleaned_data.get(f"q{question.pk}") for question in self.asked_of}
        return {pk: value for pk, value in values.items() if value not in {None, ""}}


def _field(question: Question, value: int | str | None) -> forms.Field:
    label, rest = _(question.asked) if question.item else question.text, {"required": False, "initial": value}
    if question.kind == QuestionKind.SCORE:
        scale = f"{question.lowest}–{question.highest}"
        return forms.IntegerField(
            label=label, min_value=question.lowest, max_value=question.highest, help_text=scale,
            **rest,  # type: ignore[arg-type]  # as fields take them
        )  # fmt: skip
    if question.kind == QuestionKind.CHOICE:
        words = [("", "–"), *((each, each) for each in question.choices)]
        return forms.ChoiceField(label=label, choices=words, **rest)  # type: ignore[arg-type]  # as above
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=4000, widget=area, **rest)  # type: ignore[arg-type]  # as above
