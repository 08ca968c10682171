from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from vitalfew.contacts.models import Post
from vitalfew.people.fields import DAY, dressed
from vitalfew.people.models import User
from vitalfew.portal.models import Access
from vitalfew.portal.parts import parts


class PasswordForm(forms.Form):
    """A visitor chooses a password, by the rules that hold for everybody."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
        help_text=_("At least ten characters"), strip=False,
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def __init__(self, guest: User, data: Any = None) -> None:
        super().__init__(data)
        self.guest = guest
        dressed(self)

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        validate_password(given, self.guest)
        return given

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "password" in said and said.get("again") != said["password"]:
            self.add_error("again", _("The two passwords differ"))
        return said


class AccessForm(forms.ModelForm[Access]):
    """For whom else, of what, until when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    parts = forms.MultipleChoiceField(label=_("What is shown"), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Access
        fields = ("subsidiaries", "parts", "until")
        widgets = {"until": DAY}
        labels = {"subsidiaries": _("Its subsidiaries too"), "until": _("Access until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(each.name, say(each.label)) for each in parts()]  # type: ignore[attr-defined]  # the stubs know the plain field only
        dressed(self)
        self.fields["parts"].widget.attrs.pop("class", None)

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed"))
        return day


class GiveForm(AccessForm):
    """To whom."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Visitor"))
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=200,
        help_text=_("The invitation goes there, and one may sign in by it. Left out, the one of the contact is taken"),
    )  # fmt: skip
    field_order = ("post", "email", "subsidiaries", "parts", "until")

    def __init__(self, people: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Post.objects.filter(pk__in=[each.pk for each in people]).select_related("person")
        self.fields["post"].queryset = known  # type: ignore[attr-defined]  # as above
        self.fields["parts"].initial = [each.name for each in parts()]
        dressed(self)
        self.fields["parts"].widget.attrs.pop("class", None)
