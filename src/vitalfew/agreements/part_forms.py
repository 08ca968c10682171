"""The forms of what an agreement is made of, and of its breaches."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, CategoryField, UploadField, sees
from vitalfew.accounts.products import product_codes
from vitalfew.agreements.forms import words
from vitalfew.agreements.measures import DAYS_IN, OF_A_CATEGORY, PART_OF_A_WHOLE, Measure
from vitalfew.agreements.models import AMOUNT, Agreement, Breach, Obligation, PriceRule
from vitalfew.agreements.pricing import WHOLE, contradicting
from vitalfew.agreements.unheard import unheard
from vitalfew.agreements.words import BreachState, PriceKind, Rhythm, Side
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User

MOST_GROWTH: Final = 1000


class PartForm(forms.ModelForm[Any]):
    """Something that belongs to an agreement; ``version`` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, user: User, row: Agreement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.row = user, row
        self.prepare()
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def prepare(self) -> None:
        """What it asks beyond the fields of its record."""

    def in_time(self, name: str, day: Any) -> None:
        last = self.row.until
        if day and (day < self.row.since or (last and day > last)):
            self.add_error(name, _("This day lies outside the agreement's time"))


class ObligationForm(PartForm):
    class Meta:
        model = Obligation
        fields = ("side", "text", "rhythm", "due", "measure", "category", "target", "days", "product", "unit", "pieces")
        widgets = {"due": DAY}
        labels = {
            "text": _("What is owed"), "due": _("By when"), "target": _("Target"),
            "days": _("Paid within so many days"), "product": _("Product code"), "unit": _("Unit"),
            "pieces": _("Pieces in a unit"),
        }  # fmt: skip
        help_texts = {
            "target": _("Amounts in the currency of the agreement, shares and growth in per cent; of every year"),
            "days": _("Only for a share of invoices paid"),
            "product": _("Only for a quantity: what is short is shared out after this minimum"),
            "unit": _("Only for a quantity: piece, carton"),
            "pieces": _("As orders count them; empty: one"),
        }

    def prepare(self) -> None:
        self.fields["side"] = chosen(_("Who owes it"), words(Side), must=True)
        self.fields["rhythm"] = chosen(_("How often"), words(Rhythm), must=True)
        self.fields["measure"] = chosen(_("Measured by"), words(Measure), must=True)
        self.fields["category"] = CategoryField(self.instance.category, required=False)
        self.order_fields(self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        self.in_time("due", said.get("due"))
        if said.get("rhythm") == Rhythm.ONCE and not said.get("due") and "due" not in self.errors:
            self.add_error("due", _("What is owed once needs a day"))
        self._check_measure(said)
        return said

    def _check_measure(self, said: dict[str, Any]) -> None:
        """What the measure needs, and no more of it is kept."""
        measure, target = said.get("measure"), said.get("target")
        if measure in OF_A_CATEGORY and not said.get("category"):
            self.add_error("category", _("This measure needs a category"))
        if measure == Measure.PAYMENT and not said.get("days"):
            self.add_error("days", _("Say within how many days"))
        if measure == Measure.QUANTITY:
            self._check_quantity(said)
        if measure not in {None, Measure.NONE} and target is None and "target" not in self.errors:
            self.add_error("target", _("What is measured needs a target"))
        if target is not None:
            self._check_target(measure, target)
        said["category"] = said.get("category", "") if measure in OF_A_CATEGORY else ""
        said["days"] = said.get("days") if measure == Measure.PAYMENT else None
        said["target"] = None if measure == Measure.NONE else target
        if measure != Measure.QUANTITY:
            said |= {"product": "", "unit": "", "pieces": None}

    def _check_quantity(self, said: dict[str, Any]) -> None:
        if not said.get("product"):
            self.add_error("product", _("Say of which product"))
        elif (known := product_codes()) and said["product"] not in known:
            self.add_error("product", _("We sell no product of this code: look it up in the product list or an order"))
        if said.get("rhythm") not in DAYS_IN:
            self.add_error("rhythm", _("A quantity is owed every month, every quarter or every year"))
        if said.get("target") == 0:
            self.add_error("target", _("A quantity is more than nothing"))
        if (pieces := said.get("pieces")) is not None and pieces <= 0:
            self.add_error("pieces", _("A unit has more than no pieces"))

    def _check_target(self, measure: Any, target: Decimal) -> None:
        if target < 0:
            self.add_error("target", _("A target below zero can't be measured so"))
        elif measure in PART_OF_A_WHOLE and target > WHOLE:
            self.add_error("target", _("A share is at most 100 per cent"))
        elif measure == Measure.GROWTH and target > MOST_GROWTH:
            self.add_error("target", _("Growth is written in per cent: this is more than tenfold"))


class RuleForm(PartForm):
    class Meta:
        model = PriceRule
        fields = ("product", "category", "from_quantity", "kind", "value", "since", "until")
        widgets = {"since": DAY, "until": DAY}
        labels = {
            "product": _("Product code"), "from_quantity": _("From this quantity on a line"), "value": _("Discount or price"),
            "since": _("Begins on"), "until": _("Ends on"),
        }  # fmt: skip
        help_texts = {
            "product": _("Empty: for a whole category, or for everything"),
            "value": _("Discounts in per cent, prices a unit in the currency of the agreement"),
        }

    def prepare(self) -> None:
        self.fields["kind"] = chosen(_("How the price is agreed"), words(PriceKind), must=True)
        self.fields["category"] = CategoryField(self.instance.category, required=False)
        self.fields["from_quantity"].required = False
        self.order_fields(self.Meta.fields)
        if self.instance.pk and (text := unheard(self.row.account, [self.instance]).get(self.instance.pk)):
            self.fields["product" if self.instance.product else "category"].warning = text  # type: ignore[attr-defined]  # said beside it

    def clean_from_quantity(self) -> Decimal:
        quantity = self.cleaned_data["from_quantity"] or Decimal(0)
        if quantity < 0:
            raise forms.ValidationError(_("A quantity below zero can't be agreed on"))
        return quantity

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if said.get("product") and said.get("category"):
            self.add_error("category", _("A product or a category, not both"))
        self._check_value(said)
        self.in_time("since", since)
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        else:
            self.in_time("until", until)
        if not self.errors:
            self._check_others(said)
        return said

    def _check_value(self, said: dict[str, Any]) -> None:
        kind, value = said.get("kind"), said.get("value")
        if value is None:
            return
        if value <= 0:
            self.add_error("value", _("An amount above zero is needed"))
        elif kind == PriceKind.DISCOUNT and value >= WHOLE:
            self.add_error("value", _("A discount is less than 100 per cent"))
        elif kind == PriceKind.FIXED and not said.get("product"):
            self.add_error("kind", _("A fixed price needs the product it is for"))

    def _check_others(self, said: dict[str, Any]) -> None:
        """No two rules say different things of the same line."""
        rule = PriceRule(pk=self.instance.pk, **{name: said[name] for name in self.Meta.fields})
        others = [each.terms for each in self.row.pricerules.filter(put_away_at=None)]
        if contradicting(rule.terms, others):
            self.add_error(
                "since",
                _(
                    "Another rule holds for the same, from the same quantity, on some of these days: change that one, or the days"
                ),
            )


PART_FORMS: Final = {"obligation": ObligationForm, "rule": RuleForm}


class BreachForm(PartForm):
    """Who broke what, when, and by what one sees it."""

    class Meta:
        model = Breach
        fields = ("side", "obligation", "broken_on", "text", "evidence")
        widgets = {
            "broken_on": DAY, "text": forms.Textarea(attrs={"rows": 3}), "evidence": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip
        labels = {
            "obligation": _("Which obligation"), "broken_on": _("Broken on"), "text": _("What was broken"),
            "evidence": _("Evidence"),
        }  # fmt: skip
        help_texts = {"evidence": _("Order, invoice, mail, photo: by what one sees it")}

    def prepare(self) -> None:
        self.fields["side"] = chosen(_("Who broke it"), words(Side), must=True)
        owed = Obligation.objects.visible_to(self.user).filter(agreement=self.row)
        self.fields["obligation"].queryset = owed  # type: ignore[attr-defined]  # the stubs know the plain field only
        if self.instance.pk is None:
            self.fields["file"] = UploadField()
        self.order_fields(self.Meta.fields)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        day, owed = said.get("broken_on"), said.get("obligation")
        if day and day > timezone.localdate():
            self.add_error("broken_on", _("This day lies ahead"))
        elif day and day < self.row.since:
            self.add_error("broken_on", _("This day lies before the agreement began"))
        if owed and said.get("side") and owed.side != said["side"]:
            self.add_error("obligation", _("The other side owes this"))
        return said


class PromiseForm(SettleForm):
    """What we promise to make it good."""

    text = forms.CharField(label=_("What is promised"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    due = forms.DateField(label=_("To be kept by"), widget=DAY)

    def __init__(self, user: User, breach: Breach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = breach.agreement.account
        self.fields["owner"] = ColleagueField(user, self.of, label=_("Who sees to it"), initial=user.username)
        dressed(self)

    def clean_due(self) -> Any:
        if self.cleaned_data["due"] < timezone.localdate():
            raise forms.ValidationError(_("This day has passed"))
        return self.cleaned_data["due"]

    def clean_owner(self) -> Any:
        if not sees(self.cleaned_data["owner"], self.of):
            raise forms.ValidationError(UNSEEN)
        return self.cleaned_data["owner"]


def _amount() -> forms.DecimalField:
    return forms.DecimalField(label=_("Amount"), min_value=Decimal("0.01"), **AMOUNT)


class PenaltyForm(SettleForm):
    """What is claimed, or owed."""

    amount = _amount()
    due = forms.DateField(label=_("To be paid by"), widget=DAY)


class WaiveForm(SettleForm):
    """What is not claimed, and why; of a penalty that is open the whole."""

    amount = _amount()
    why = forms.CharField(label=_("Why it is waived"), max_length=500)

    def __init__(self, breach: Breach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if breach.state == BreachState.PENALTY:
            del self.fields["amount"]


class ClosedForm(SettleForm):
    """What was settled otherwise, without money."""

    on = forms.DateField(label=_("Settled on"), widget=DAY)
    settlement = forms.CharField(
        label=_("What was settled"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What both sides agreed on, and with whom"),
    )  # fmt: skip


class PaidForm(SettleForm):
    """How it was settled; that stays."""

    on = forms.DateField(label=_("Settled on"), widget=DAY)
    settlement = forms.CharField(
        label=_("How it was settled"),
        max_length=500,
        help_text=_("Credit note, transfer, set off; it can't be taken back"),
    )
