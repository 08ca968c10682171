from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.complaints.forms import check_after, words
from vitalfew.complaints.models import EffectCheck
from vitalfew.complaints.words import Worked
from vitalfew.people.fields import SettleForm, chosen, dressed
from vitalfew.people.models import User


class FoundForm(SettleForm):
    """What was found."""

    evidence = forms.CharField(
        label=_("By what one knows"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was counted, measured or seen, and where"),
    )  # fmt: skip
    again = forms.IntegerField(
        label=_("Look again after so many days"), min_value=7, max_value=730, required=False,
        help_text=_("Only where nobody can tell yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["found"] = chosen(_("Does it work?"), words(Worked), must=True)
        self.order_fields(("found", "evidence", "again"))
        dressed(self)


class MoveForm(SettleForm):
    """When it is looked at, and by whom."""

    def __init__(self, user: User, row: EffectCheck, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": row.version, "days": row.days, "owner": row.owner}, **kwargs)
        self.fields["days"] = check_after(row.days)
        self.fields["days"].required = True
        self.fields["owner"] = ColleagueField(user, row.complaint.account, label=_("Who looks"))
        dressed(self)
