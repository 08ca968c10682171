from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vitalfew.contacts.models import LANGUAGES
from vitalfew.language import spoken
from vitalfew.outbox.models import LetterWords
from vitalfew.outbox.word_actions import fault
from vitalfew.outbox.words import Kind
from vitalfew.people.fields import chosen, dressed


class WordsForm(forms.ModelForm[LetterWords]):
    """How letters begin and end. Of a new one it is asked for which kind and language."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = LetterWords
        fields = ("sender", "opening", "closing")
        widgets = {"opening": forms.Textarea(attrs={"rows": 2}), "closing": forms.Textarea(attrs={"rows": 4})}
        labels = {"sender": _("Name of the sender"), "opening": _("How it begins"), "closing": _("How it ends")}
        help_texts = {
            "sender": _("Left empty: the mail address alone"),
            "opening": _("{name} stands for the reader's name. Left empty: Dear {name},"),
            "closing": _("Such as who signs it, and by which phone the firm is reached"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["kind"] = chosen(
                _("Why they are written"), [(each.value, each.label) for each in Kind], must=True
            )
            self.fields["language"] = forms.ChoiceField(choices=LANGUAGES, label=_("Language"))
        if settings.FIRM:
            self.fields["closing"].help_text = _(
                "{firm} stands for the firm's name. Such as who signs it, and its phone"
            )
        self.order_fields(("kind", "language", "sender", "opening", "closing"))
        dressed(self)

    def clean_sender(self) -> str:
        said: str = self.cleaned_data["sender"]
        if not said.isprintable():
            raise forms.ValidationError(_("A sender's name is one line"))
        return self._usable("sender")

    def clean_opening(self) -> str:
        return self._usable("opening")

    def clean_closing(self) -> str:
        return self._usable("closing")

    def _usable(self, name: str) -> str:
        text: str = self.cleaned_data[name].replace("\r\n", "\n").strip()
        if why := fault(name, text):
            raise forms.ValidationError(why.say(spoken(get_language() or "")))
        return text
