from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.contacts.rights import ContactRight
from vitalfew.mails.models import Mail
from vitalfew.people.fields import dressed
from vitalfew.people.models import User


class MatchForm(forms.Form):
    """Where a mail belongs, and, where its sender is not known yet, who that is."""

    name = forms.CharField(
        required=False, max_length=100, label=_("Keep the other side as a contact, by this name"),
        help_text=_("Empty: nobody is added"),
    )  # fmt: skip

    def __init__(self, user: User, mail: Mail, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        self.order_fields(["account", "name"])
        if not user.may(ContactRight.EDIT) or not other_side(mail):
            del self.fields["name"]
        dressed(self)


def other_side(mail: Mail) -> str:
    """The address of whom it is from, or, of one of ours, the first it went to."""
    ours = {user.email.lower() for user in mail.ours.all()}
    return next((address for address in (mail.sender, *mail.addresses) if address and address not in ours), "")
