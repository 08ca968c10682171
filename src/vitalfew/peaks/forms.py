import csv
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.peaks.actions import Line
from vitalfew.peaks.models import CODE, Arrangement, Booking, Peak, monday
from vitalfew.peaks.words import Answer, Heard, Side
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.terms import Follows

ORDER: Final = (
    "account", "category", "begins", "ends", "follows", "owner", "view", "heard", "growth", "stock", "commitment"
)  # fmt: skip
LONGEST: Final = timedelta(days=200)
MOST: Final = 500
LARGEST: Final = Decimal("1e9")
AREA: Final = forms.Textarea(attrs={"rows": 3})


class PeakForm(forms.ModelForm[Peak]):
    """What is agreed on; asked for an account, that one is known."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Peak
        fields = ("category", "begins", "ends", "owner", "view", "growth", "stock", "commitment")
        widgets = {"begins": DAY, "ends": DAY, "view": AREA, "commitment": AREA}
        labels = {
            "category": _("Product category"), "begins": _("Begins on"), "ends": _("Ends on"),
            "view": _("How the account sees the trend"), "growth": _("Growth it expects, in percent"),
            "stock": _("Sensible stock as it begins"), "commitment": _("To what we commit ourselves"),
        }  # fmt: skip
        help_texts = {
            "category": _("Empty: all goods"), "growth": _("Over its last peak"),
            "stock": _("Pieces that the account should then have"), "commitment": _("The account reads it in the portal"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["follows"] = chosen(_("Comes round by"), [(each.value, each.label) for each in Follows], must=True)
        self.fields["heard"] = chosen(_("From where we know it"), [(each.value, each.label) for each in Heard])
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), initial=user.username)
        if account is None:
            self.fields["account"] = AccountField(user)
        self.order_fields(ORDER)
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and not begins <= ends <= begins + LONGEST:
            self.add_error("ends", _("It ends on its first day at the earliest, and lasts half a year at most"))
        owner, account = said.get("owner"), said.get("account", self.of)
        if owner and account and not Account.objects.visible_to(owner).filter(pk=account.pk).exists():
            self.add_error("owner", _("This colleague does not see the account: add him or her to its team first"))
        return said


class BookForm(SettleForm):
    """All booked quantities, one a line; what is wrong is said line by line, and then nothing is stored."""

    lines = forms.CharField(
        label=_("Booked quantities"), widget=forms.Textarea(attrs={"rows": 8}), max_length=60_000,
        help_text=_("One a line: product code, day of the week, quantity, parted by commas or tabs"),
    )  # fmt: skip

    def clean_lines(self) -> list[Line]:
        text = self.cleaned_data["lines"].replace("，", ",")
        rows = [line for line in text.splitlines() if line.strip()]
        if len(rows) > MOST:
            raise ValidationError(_("More than %(n)s lines: send them in parts"), params={"n": MOST})
        read = [_line(cells) for cells in csv.reader(rows, delimiter="\t" if "\t" in rows[0] else ",")]
        if wrong := [n for n, line in enumerate(read, 1) if line is None]:
            said = _("Line %(n)s: a product code, a day as 2027-01-04, a quantity above zero, parted by commas")
            raise ValidationError([ValidationError(said, params={"n": n}) for n in wrong])
        lines = [line for line in read if line]
        if len({line[:2] for line in lines}) < len(lines):
            raise ValidationError(_("A product stands twice in a week: put its quantities together"))
        return lines


def _line(cells: list[str]) -> Line | None:
    """None where it is none."""
    try:
        product, day, said = (cell.strip() for cell in cells)
        week, quantity = monday(date.fromisoformat(day)), Decimal(said).quantize(Decimal("0.01"))
    except (ValueError, ArithmeticError):
        return None
    known = product and len(product) <= CODE
    return Line(product, week, quantity) if known and 0 < quantity < LARGEST else None


def as_lines(rows: list[Booking]) -> str:
    """As they are typed."""
    return "\n".join(f"{row.product}, {row.week}, {row.quantity.normalize():f}" for row in rows)


class ButtonForm(SettleForm):
    """A step that asks for nothing else."""


class AgreeForm(SettleForm):
    """Both sides hold to it."""

    on = forms.DateField(label=_("Agreed on"), widget=DAY)
    whom = forms.CharField(label=_("Who of the customer's agreed"), max_length=100)
    theirs = forms.BooleanField(label=_("Book the quantities that the account said in the portal"), required=False)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies ahead"))
        return day


class CloseForm(SettleForm):
    """It is over."""

    lesson = forms.CharField(
        label=_("What we do differently the next time"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ArrangementForm(forms.ModelForm[Arrangement]):
    """What production or transport is asked."""

    class Meta:
        model = Arrangement
        fields = ("text", "due")
        widgets = {"due": DAY}
        labels = {"text": _("What is asked"), "due": _("To be done by")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"] = chosen(_("Asked of"), [(each.value, each.label) for each in Side], must=True)
        self.order_fields(("side", "text", "due"))
        dressed(self)


class AnswerForm(SettleForm):
    """What production or transport says."""

    answer = forms.ChoiceField(label=_("Answer"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    other_day = forms.DateField(label=_("On which day instead"), widget=DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(each.value, each.label) for each in Answer if each is not Answer.OPEN]
        self.fields["answer"] = chosen(_("Answer"), words, must=True)
        self.order_fields(("answer", "reason", "other_day"))
        dressed(self)


class SayForm(forms.Form):
    """What somebody of the account's would take of each product and week, and how he sees the trend."""

    view = forms.CharField(
        label=_("How do you see this season?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, rows: list[Booking], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"of-{row.pk}"] = forms.DecimalField(
                label=f"{row.product} · {row.week}", min_value=0, max_value=LARGEST, decimal_places=2, required=False,
                initial=(row.quantity if row.said is None else row.said).normalize(),
            )  # fmt: skip
        dressed(self)

    @property
    def quantities(self) -> dict[int, Decimal]:
        return {
            int(name.removeprefix("of-")): value for name, value in self.cleaned_data.items()
            if name.startswith("of-") and value is not None
        }  # fmt: skip
