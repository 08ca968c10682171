from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.models import TeamRole
from vitalfew.alarms.models import AlarmRule, Hook, Wish
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.wire import Unsent, parted
from vitalfew.alarms.words import How, Trouble, Way
from vitalfew.people.fields import chosen, dressed
from vitalfew.people.models import User
from vitalfew.people.roles import GIVEN
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Urgency
from vitalfew.terms import label_of

HOUR: Final = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
BOXES: Final = forms.CheckboxSelectMultiple
PERSON: Final = "user:"
LONGEST: Final = 200
"""Working hours: a month and more."""


def addressees() -> list[tuple[str, Any]]:
    """Whom a rule may mean beside people by name."""
    own = [(CONCERNED, _("Whose matter it is")), (ITS_MANAGER, _("The account's manager"))]
    team = [(f"team:{role.value}", _("Team: %s") % _(role.label)) for role in TeamRole]
    roles = [(f"role:{role.value}", _("Everybody of the role: %s") % _(role.label)) for role in GIVEN]
    return [*own, *team, *roles]


class RuleForm(forms.Form):
    """Who is told of a kind, from how much on, by which ways, and who next."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    urgency = chosen(_("Urgency"), [(each.value, each.label) for each in Urgency], must=True)
    threshold = forms.FloatField(label="", required=True)
    key_only = forms.BooleanField(label=_("Most valuable and growable accounts alone"), required=False)
    to = forms.MultipleChoiceField(label=_("Who is told"), widget=BOXES, required=False)
    people = forms.MultipleChoiceField(label=_("Further people by name"), required=False)
    mail = forms.BooleanField(
        label=_("By mail too"), required=False, help_text=_("As each of them wishes: at once, in the digest, or not")
    )
    hooks = forms.MultipleChoiceField(label=_("Posted to"), widget=BOXES, required=False)
    after = forms.IntegerField(
        label=_("Goes higher after so many working hours without an answer"), required=False, min_value=1,
        max_value=LONGEST, help_text=_("Working hours are those from 9:00 to 18:00 on working days"),
    )  # fmt: skip
    higher = forms.MultipleChoiceField(label=_("Who is told then"), widget=BOXES, required=False)
    higher_people = forms.MultipleChoiceField(label=_("Further people told then"), required=False)

    def __init__(self, kind: Alarming, known: Iterable[Hook], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(f"{PERSON}{user.username}", str(user)) for user in _ours()]
        for name in ("to", "higher"):
            self.fields[name].choices = addressees()  # type: ignore[attr-defined]  # only choosing fields have them
        for name in ("people", "higher_people"):
            self.fields[name].choices = people  # type: ignore[attr-defined]  # as above
        self._hooks(known)
        self._threshold(kind)
        _dressed(self)

    def _hooks(self, known: Iterable[Hook]) -> None:
        choices = [(str(hook.pk), hook.name) for hook in known]
        self.fields["hooks"].choices = choices  # type: ignore[attr-defined]  # as above
        if not choices:
            del self.fields["hooks"]

    def _threshold(self, kind: Alarming) -> None:
        if not kind.threshold:
            del self.fields["threshold"]
            return
        self.fields["threshold"] = forms.FloatField(label=_(kind.threshold), min_value=kind.least, max_value=kind.most)
        self.order_fields(("urgency", "threshold"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "to" in said and "people" in said and not said["to"] and not said["people"]:
            self.add_error("to", _("Say who is told"))
        then = [*said.get("higher", ()), *said.get("higher_people", ())]
        if said.get("after") and not then:
            self.add_error("higher", _("Say who is told then"))
        if then and not said.get("after") and "after" in said:
            self.add_error("after", _("Say after how many working hours"))
        return said

    def fields_of_rule(self) -> dict[str, Any]:
        """As they are stored."""
        said = self.cleaned_data
        return {
            "urgency": said["urgency"], "threshold": said.get("threshold"), "key_only": said["key_only"],
            "to": [*said["to"], *said["people"]], "mail": said["mail"], "after": said["after"],
            "hooks": [int(each) for each in said.get("hooks", ())],
            "higher": [*said["higher"], *said["higher_people"]],
        }  # fmt: skip


def begun(kind: Alarming, rule: AlarmRule | None) -> dict[str, Any]:
    """What the form shows first: the rule as it is, else what the kind proposes."""
    to, higher = (rule.to, rule.higher) if rule else (list(kind.to), [])
    threshold = kind.usual if rule is None or rule.threshold is None else rule.threshold
    return {
        "version": rule.version if rule else 0, "urgency": rule.urgency if rule else kind.urgency.value,
        "threshold": f"{threshold:g}", "key_only": rule.key_only if rule else kind.of_figures,
        "mail": rule.mail if rule else True, "hooks": [str(each) for each in rule.hooks] if rule else [],
        "after": rule.after if rule else None, "to": _groups(to), "people": _people(to), "higher": _groups(higher),
        "higher_people": _people(higher),
    }  # fmt: skip


def _groups(words: Iterable[str]) -> list[str]:
    return [word for word in words if not word.startswith(PERSON)]


def _people(words: Iterable[str]) -> list[str]:
    return [word for word in words if word.startswith(PERSON)]


def _ours() -> list[User]:
    return [user for user in User.objects.filter(is_active=True).order_by("name") if user.may(AlarmRight.SEE)]


def _dressed(form: forms.BaseForm) -> None:
    dressed(form)
    for field in form.fields.values():
        if isinstance(field.widget, BOXES):
            field.widget.attrs.pop("class", None)


class HookForm(forms.ModelForm[Hook]):
    """The address of another system. What is secret in it is written anew or stays; it is never shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Hook
        fields = ("name", "way", "url", "secret", "inside", "names", "language")
        widgets = {
            "url": forms.PasswordInput(attrs={"autocomplete": "off"}),
            "secret": forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        }
        labels = {
            "name": _("Name"), "url": _("Address"), "secret": _("Secret for the signature"), "language": _("Language"),
            "inside": _("It lies in our own network: private addresses and http:// are allowed"),
            "names": _("Everybody who reads there may know of every account: name the account and what it says"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = chosen(_("System"), [(each.value, each.label) for each in Way], must=True)
        self.fields["url"].help_text = _("https://…, as the group robot or the program shows it")
        self.fields["secret"].help_text = _("Of DingTalk, Feishu and signed JSON; WeCom and Slack have none")
        if self.instance.pk:
            for name in ("url", "secret"):
                self.fields[name].required = False
                self.fields[name].help_text = _("Left empty, it stays as it is")
        self.order_fields(("name", "way", "url", "secret", "names", "inside", "language"))
        dressed(self)

    def clean_url(self) -> str:
        return str(self.cleaned_data["url"].strip()) or Hook.objects.get(pk=self.instance.pk).url

    def clean_secret(self) -> str:
        given: str = self.cleaned_data["secret"].strip()
        return Hook.objects.get(pk=self.instance.pk).secret if self.instance.pk and not given else given

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("url"):
            try:
                parted(said["url"], inside=bool(said.get("inside")))
            except Unsent as why:
                self.add_error("url", _(label_of(Trouble, why.trouble)))
        return said


class WishForm(forms.ModelForm[Wish]):
    """How somebody wishes to be told beside the page, and when not."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    digest_at = forms.IntegerField(label=_("Digest at (hour)"), min_value=0, max_value=23)

    class Meta:
        model = Wish
        fields = (
            "urgent", "normal", "low", "digest_at", "quiet_from", "quiet_until", "workdays_only", "breaks",
        )  # fmt: skip
        widgets = {"quiet_from": HOUR, "quiet_until": HOUR}
        labels = {
            "urgent": _("Urgent ones"), "normal": _("Normal ones"), "low": _("For information"), "quiet_from": _("Quiet from"),
            "quiet_until": _("Quiet until"), "workdays_only": _("On working days alone"),
            "breaks": _("Urgent ones in quiet hours too"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(each.value, _(each.label)) for each in How]
        for name in ("urgent", "normal", "low"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=words)
        self.order_fields(self.Meta.fields)
        self.fields["quiet_until"].help_text = _("The same hour twice: never quiet")
        dressed(self)
