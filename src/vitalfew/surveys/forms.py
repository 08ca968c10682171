import re
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.people.fields import DAY, RecordForm, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.surveys.models import Questionnaire, Wave
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import LANGUAGES, Question, asks_wallet
from vitalfew.surveys.words import Block, Kind, WaveState, Whom

PERIOD: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
MOST_RIVALS: Final = 3
MOST_CHOICES, LONGEST = 12, 300
NAMES: Final = {"zh-hans": _("Simplified Chinese"), "zh-hant": _("Traditional Chinese"), "en": _("English")}
OF_LANGUAGE: Final = {"zh-hans": "hans", "zh-hant": "hant", "en": "en"}
SCALES: Final = [("1-7", "1–7"), ("0-10", "0–10"), ("1-5", "1–5"), ("1-10", "1–10")]
READY: Final = [each for each in Block if each is not Block.OWN]
LEFT_OPEN: Final = ("rivals", "period")


class NewForm(forms.Form):
    """A questionnaire, begun with ready blocks."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autofocus": True}))
    blocks = forms.MultipleChoiceField(
        label=_("Ready blocks"), required=False, choices=[(each.value, _(each.label)) for each in READY],
        widget=forms.CheckboxSelectMultiple, help_text=_("In three languages; questions can be changed and added later"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class RenameForm(SettleForm):
    name = forms.CharField(label=_("Name"), max_length=120)


class BlockForm(SettleForm):
    block = chosen(_("Ready block"), [(each.value, each.label) for each in READY], must=True)


class QuestionForm(SettleForm):
    """A question in the house's own words, in each language; one that is left empty falls back to another."""

    text_hans = forms.CharField(label=_("Question, Simplified Chinese"), max_length=LONGEST, required=False)
    text_hant = forms.CharField(label=_("Question, Traditional Chinese"), max_length=LONGEST, required=False)
    text_en = forms.CharField(label=_("Question, English"), max_length=LONGEST, required=False)
    kind = chosen(_("How it is answered"), [(each.value, each.label) for each in Kind], must=True)
    scale = forms.ChoiceField(label=_("Scale"), choices=SCALES, required=False)
    choices_hans = forms.CharField(
        label=_("Answers, Simplified Chinese"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, where one or several of them are chosen"),
    )  # fmt: skip
    choices_hant = forms.CharField(
        label=_("Answers, Traditional Chinese"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    choices_en = forms.CharField(label=_("Answers, English"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reversed = forms.BooleanField(label=_("Reversed: a high score is bad"), required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(self, *args: Any, ready: bool = False, **kwargs: Any) -> None:
        """Of a ready question the words and the duty can be changed, not what it measures."""
        super().__init__(*args, **kwargs)
        if ready:
            for name in ("kind", "scale", "choices_hans", "choices_hant", "choices_en", "reversed"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(f"text_{each}", "").strip() for each in OF_LANGUAGE.values()):
            self.add_error("text_hans", _("Write the question in one language at least"))
        if said.get("kind") in {Kind.ONE, Kind.SEVERAL}:
            self._check_choices(said)
        return said

    def _check_choices(self, said: dict[str, Any]) -> None:
        written = [found for each in OF_LANGUAGE.values() if (found := _lines(said.get(f"choices_{each}", "")))]
        if not written or any(not 2 <= len(found) <= MOST_CHOICES for found in written):  # noqa: PLR2004  (a choice is one of two)
            self.add_error("choices_hans", _("Give two to twelve answers, each on a line of its own"))
        elif len({len(found) for found in written}) > 1:
            self.add_error("choices_hans", _("Give as many answers in each language that you write"))
        elif any(len(line) > LONGEST for found in written for line in found):
            self.add_error("choices_hans", _("An answer has at most 300 characters"))

    @property
    def question(self) -> Question:
        """As it stands in a questionnaire, as far as it was asked here."""
        said = self.cleaned_data
        text = {code: said[f"text_{each}"].strip() for code, each in OF_LANGUAGE.items()}
        found: Question = {"text": text, "required": said["required"]}
        if "kind" not in said:
            return found
        lowest, _dash, highest = (said["scale"] or "1-7").partition("-")
        choices = {code: _lines(said[f"choices_{each}"]) for code, each in OF_LANGUAGE.items()}
        scored = said["kind"] == Kind.SCORE
        return {
            **found, "kind": said["kind"], "lowest": int(lowest), "highest": int(highest),
            "choices": choices if said["kind"] in {Kind.ONE, Kind.SEVERAL} else {}, "reversed": scored and said["reversed"],
        }  # fmt: skip


def written(question: Question) -> dict[str, Any]:
    """A question as it stands in the form."""
    found: dict[str, Any] = {"kind": question["kind"], "scale": f"{question['lowest']}-{question['highest']}"}
    for code, name in OF_LANGUAGE.items():
        found[f"text_{name}"] = question["text"].get(code, "")
        found[f"choices_{name}"] = "\n".join(question["choices"].get(code, ()))
    return {**found, "reversed": question["reversed"], "required": question["required"]}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class WaveForm(RecordForm):
    rivals = forms.CharField(
        label=_("Competitors asked about"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, three at most; needed for delivered value and preference"),
    )  # fmt: skip

    class Meta:
        model = Wave
        fields = (
            "name", "questionnaire", "whom", "anonymous", "sender", "purpose", "opens", "closes", "keep_until", "rivals",
            "period", "remind_after", "remind_most", "low_below",
        )  # fmt: skip
        widgets = {"opens": DAY, "closes": DAY, "keep_until": DAY}
        labels = {
            "name": _("Name"), "questionnaire": _("Questionnaire"), "whom": _("Who is asked"), "anonymous": _("Anonymous"),
            "sender": _("Signed by"), "purpose": _("Purpose of the survey"), "opens": _("First day"), "closes": _("Last day"),
            "keep_until": _("Names are kept until"), "period": _("Period of the wallet"),
            "remind_after": _("Remind after working days"), "remind_most": _("Reminders at most"),
            "low_below": _("A score is low below"),
        }  # fmt: skip
        help_texts = {
            "anonymous": _("Answers are counted alone, nothing is told under five, and they don't reach the analyses"),
            "sender": _("As people read it, such as the firm and the department"),
            "purpose": _("Stands in the letter and on the page, such as: to serve you better next season"),
            "period": _("A year or month, such as 2026 or 2026-03, where the wallet is asked"),
            "low_below": _("Of 100: whoever manages the account sees it on Today"),
        }  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["questionnaire"].queryset = Questionnaire.objects.visible_to(user)  # type: ignore[attr-defined]  # the stubs know the plain field only
        words = [each for each in Whom if each is Whom.ACCOUNTS or user.may(SurveyRight.PULSE)]
        self.fields["whom"] = chosen(_("Who is asked"), [(each.value, each.label) for each in words], must=True)
        if self.instance.pk:
            self.initial["rivals"] = "\n".join(self.instance.rivals)
        if self.instance.pk and self.instance.state != WaveState.PLANNED:
            for name in ("questionnaire", "whom", "anonymous", "rivals", "period"):
                self.fields[name].disabled = True
        self.order_fields(self.Meta.fields)
        self.placed()

    def clean_rivals(self) -> list[str]:
        if self.fields["rivals"].disabled:
            return list(self.instance.rivals)
        found = list(dict.fromkeys(_lines(self.cleaned_data["rivals"])))
        if len(found) > MOST_RIVALS or any(len(each) > 100 for each in found):  # noqa: PLR2004  (as the facts take a name)
            raise forms.ValidationError(_("Name three competitors at most, each in at most 100 characters"))
        return found

    def clean_period(self) -> str:
        period: str = self.cleaned_data["period"].strip()
        if period and not PERIOD.fullmatch(period):
            raise forms.ValidationError(_("Write a year or a month, such as 2026 or 2026-03"))
        return period

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        opens, closes, keep = (said.get(name) for name in ("opens", "closes", "keep_until"))
        if opens and closes and closes < opens:
            self.add_error("closes", _("It ends before it begins"))
        form = said.get("questionnaire")
        if form and asks_wallet(form.questions) and not said.get("period") and "period" not in self.errors:
            self.add_error("period", _("It asks what accounts spend in all: say of which year or month first"))
        if closes and keep and keep < closes:
            self.add_error("keep_until", _("Names are needed as long as people answer"))
        return said


class LetterForm(SettleForm):
    """Own words for a letter; empty, the usual ones are written."""

    language = forms.ChoiceField(label=_("Language"), choices=[(each, NAMES[each]) for each in LANGUAGES])
    subject = forms.CharField(label=_("Subject"), max_length=150, required=False)
    text = forms.CharField(
        label=_("Text"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("{name} becomes the reader's name; the link is added by itself. Left empty, the usual words are written"),
    )  # fmt: skip


class NameForm(forms.Form):
    """Somebody who is no contact yet."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", "–"), *((each, NAMES[each]) for each in LANGUAGES)]
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        self.order_fields(["account", "name", "email", "language"])
        dressed(self)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


def begun() -> dict[str, Any]:
    """With what a new survey begins."""
    from datetime import timedelta

    today = timezone.localdate()
    return {"opens": today, "closes": today + timedelta(days=21), "keep_until": today + timedelta(days=730)}
