from copy import copy
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints import voice
from vitalfew.people.fields import dressed

AREA: Final = {"rows": 3}


class VoiceForm(forms.Form):
    """The form open to everybody: what happened, and as much of who as one likes to say."""

    text = forms.CharField(label=_("What happened?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    demand = forms.CharField(label=_("What should we do?"), max_length=500, required=False)
    company = forms.CharField(label=_("Your company"), max_length=200, required=False)
    order_number = forms.CharField(label=_("Order, product or batch number"), max_length=100, required=False)
    named = forms.CharField(label=_("Your name"), max_length=100, required=False, help_text=_("You may stay anonymous"))
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), max_length=200, required=False)
    website = forms.CharField(required=False, max_length=200, label=_("Leave this empty"))
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    SEEN: ClassVar = ("text", "demand", "company", "order_number", "named", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    @property
    def seen(self) -> list[Any]:
        return [self[name] for name in self.SEEN]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "\0" in "".join(str(each) for each in said.values()):
            self.add_error(None, _("Something in it cannot be read: please write it anew"))
        if said.get("website"):
            self.add_error(
                None, _("A field that stays empty was filled in. If you did not see one, please send it again")
            )
            self._anew(website="")
        elif voice.too_soon(said.get("stamp", "")):
            self.add_error(None, _("That was very quick: please look over it once more, and send it again"))
            self._anew()
        return said

    def _anew(self, **fields: str) -> None:
        """The form again, shown now."""
        data: Any = copy(self.data)
        for name, value in {"stamp": voice.stamp(), **fields}.items():
            data[name] = value
        self.data = data


class FileForm(forms.Form):
    """A complaint in the portal, where it is known who writes."""

    text = forms.CharField(label=_("What happened?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    demand = forms.CharField(label=_("What should we do?"), max_length=500, required=False)
    order_number = forms.CharField(label=_("Order, product or batch number"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class WordForm(forms.Form):
    """A word from the customer, under its link."""

    text = forms.CharField(label=_("Your message"), max_length=2000, widget=forms.Textarea(attrs=AREA))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


MARKS: Final = [("", "–"), *((str(n), str(n)) for n in range(1, 6))]


class JudgeForm(forms.Form):
    """Whether the customer is satisfied, and how fair it found what was done."""

    satisfied = forms.ChoiceField(
        label=_("Are you satisfied?"),
        choices=[("", "–"), ("yes", _("Satisfied")), ("no", _("Not satisfied"))],
    )
    note = forms.CharField(
        label=_("What we should know"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    fair_result = forms.TypedChoiceField(
        label=_("What came of it was fair (1–5)"), choices=MARKS, coerce=int, empty_value=None, required=False
    )
    fair_way = forms.TypedChoiceField(
        label=_("How it was gone about was fair (1–5)"), choices=MARKS, coerce=int, empty_value=None, required=False
    )
    fair_manner = forms.TypedChoiceField(
        label=_("I was treated with respect (1–5)"), choices=MARKS, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
