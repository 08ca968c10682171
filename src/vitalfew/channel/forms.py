from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.people.fields import dressed


class LongestForm(forms.Form):
    """How long anybody waits at most; ``version`` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    longest = forms.IntegerField(
        label=_("Working days that anybody waits at most"), min_value=1, max_value=60,
        help_text=_("What has waited so long goes ahead of everybody who goes first, whoever's it is"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
