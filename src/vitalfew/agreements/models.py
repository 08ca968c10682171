from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.agreements.days import decided_by, notice_day
from vitalfew.agreements.measures import Measure
from vitalfew.agreements.pricing import Terms
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import (
    AgreementKind,
    AgreementState,
    BreachState,
    PriceKind,
    Renewal,
    Rhythm,
    Side,
    Standing,
)
from vitalfew.approvals.models import Approval
from vitalfew.coins import written
from vitalfew.contacts.models import Person
from vitalfew.language import Message, Percent
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.promises.models import Promise
from vitalfew.terms import Term

AMOUNT: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2}
LEAD: Final = 60
CUT: Final = 80


def said(words: type[Term]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class Exact:
    """Amounts are agreed to the cent, and written so."""

    currency: Any

    def exactly(self, amount: Decimal | None) -> str:
        return "" if amount is None else written(amount, self.currency)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> "AgreementQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "AgreementQuerySet":
        """What was put away, too."""
        if not user.is_active or not user.may(AgreementRight.SEE):
            return self.none()
        return self if user.sees_all_accounts else self.filter(account__in=Account.objects.visible_to(user))

    def standing(self, word: str, today: date) -> "AgreementQuerySet":
        """Those that stand so today."""
        over, gone_on = Q(until__lt=today), Q(renewed_on__isnull=False)
        of_force = {
            Standing.COMING: Q(since__gt=today), Standing.IN_FORCE: Q(since__lte=today) & ~over,
            Standing.OVER: over & ~gone_on,
        }  # fmt: skip
        if word in of_force:
            return self.filter(of_force[word], state=AgreementState.IN_FORCE)  # type: ignore[index]  # a word by its code
        if word == Standing.ENDED:
            return self.filter(Q(state=AgreementState.ENDED) | Q(over, gone_on, state=AgreementState.IN_FORCE))
        return self.filter(state=word)


class Agreement(Exact, Record):
    """What we and an account agreed on for a longer time."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="agreements", editable=False)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=said(AgreementKind))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    """None: until somebody ends it."""
    renewal = models.CharField(max_length=10, choices=said(Renewal))
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_on = models.DateField(null=True, editable=False)
    """The last day on which notice can be given."""
    lead_days = models.PositiveSmallIntegerField(default=LEAD)
    """So long ahead of the day of decision it stands on Today."""
    ask_on = models.DateField(null=True, editable=False)
    value = models.DecimalField(**AMOUNT, null=True, blank=True)
    """What it is worth a year."""
    currency = models.CharField(max_length=3, blank=True)
    ours = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="agreements_signed"
    )
    """Who signs for us."""
    theirs = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="agreements")
    """Who signs for the customer."""
    signed_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="agreements")
    note = models.TextField(max_length=2000, blank=True)
    contract = models.CharField(max_length=200, blank=True, editable=False)
    """Number of the contract in the facts from which it was taken over."""
    state = models.CharField(max_length=10, default=AgreementState.DRAFT, editable=False, choices=said(AgreementState))
    approval = models.ForeignKey(
        Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="agreements"
    )
    asked_version = models.PositiveIntegerField(null=True, editable=False)
    """In which version it waits for approval."""
    in_force_on = models.DateField(null=True, editable=False)
    """When it was approved."""
    notice_given_on = models.DateField(null=True, editable=False)
    notice_by = models.CharField(max_length=6, blank=True, editable=False, choices=said(Side))
    ended_on = models.DateField(null=True, editable=False)
    why = models.CharField(max_length=500, blank=True, editable=False)
    """Why notice was given."""
    ended_why = models.CharField(max_length=500, blank=True, editable=False)
    before = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="following")
    renewed_on = models.DateField(null=True, editable=False)
    """When the next one that goes on from it was approved."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="agreements")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["account", "-since", "-id"], name="agreement_account"),
            models.Index(fields=["state", "ask_on"], name="agreement_asks"),
            models.Index(fields=["until", "id"], name="agreement_until"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.pk])

    def with_days(self) -> "Agreement":
        """Its days of notice and of asking, as its terms say."""
        self.notice_on = notice_day(self.until, self.notice_days)
        decided = decided_by(self.until, self.notice_on, self.renewal)
        self.ask_on = decided - timedelta(days=self.lead_days) if decided else None
        return self

    @property
    def is_draft(self) -> bool:
        return self.state == AgreementState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == AgreementState.IN_FORCE

    @property
    def worth(self) -> str:
        return self.exactly(self.value)

    @property
    def standing(self) -> Standing:
        today = timezone.localdate()
        if not self.is_in_force:
            return next(each for each in Standing if each.value == self.state)
        if self.since > today:
            return Standing.COMING
        if self.until is None or self.until >= today:
            return Standing.IN_FORCE
        return Standing.ENDED if self.renewed_on else Standing.OVER


class PartQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "PartQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "PartQuerySet":
        seen = Agreement.objects.visible_to(user)
        return self.filter(agreement__in=seen).select_related("agreement", "agreement__account")


class Part(Record):
    """Something that belongs to an agreement."""

    OF_A_PERSON = True

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="%(class)ss", editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.agreement_id])


class Obligation(Part):
    """What one side owes, by when or how often, and by what one sees it."""

    side = models.CharField(max_length=6, choices=said(Side))
    text = models.CharField(max_length=300)
    rhythm = models.CharField(max_length=8, choices=said(Rhythm))
    due = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=10, choices=said(Measure))
    category = models.CharField(max_length=200, blank=True)
    target = models.DecimalField(**AMOUNT, null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Within how many days invoices are to be paid."""
    product = models.CharField(max_length=200, blank=True)
    """Of which so much is owed, for a quantity."""
    unit = models.CharField(max_length=20, blank=True)
    """In what the quantity is counted: piece, carton."""
    pieces = models.DecimalField(**AMOUNT, null=True, blank=True)
    """So many as orders count them are in such a unit."""
    kept_on = models.DateField(null=True, editable=False)
    """When what was owed once was done, as somebody said."""

    class Meta:
        ordering: ClassVar = ["side", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["due", "id"], name="obligation_due",
                condition=Q(rhythm=Rhythm.ONCE, kept_on=None, put_away_at=None),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text

    @property
    def written(self) -> str:
        """The quantity in its unit."""
        return f"{(self.target or Decimal(0)).normalize():f} {self.unit}".strip()

    @property
    def quantity(self) -> Decimal:
        """As orders count, in a month, quarter or year as its rhythm says."""
        return (self.target or Decimal(0)) * (self.pieces or Decimal(1))


class PriceRule(Part):
    """A discount or a fixed price, for a product, a category or everything, from a quantity on."""

    product = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=200, blank=True)
    from_quantity = models.DecimalField(**AMOUNT, default=Decimal(0))
    kind = models.CharField(max_length=8, choices=said(PriceKind))
    value = models.DecimalField(max_digits=14, decimal_places=4)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["product", "category", "from_quantity", "since", "pk"]

    def __str__(self) -> str:
        return self.product or self.category or "*"

    @property
    def written(self) -> Message:
        """The discount, or the price a unit, without places that say nothing."""
        plain = f"{self.value.normalize():f}"
        if self.kind == PriceKind.DISCOUNT:
            places = len(plain.partition(".")[2])
            return Message("{value}", {"value": Percent(float(self.value) / 100, places)})
        return Message("{value}", {"value": f"{plain} {self.agreement.currency}".strip()})

    @property
    def plain_quantity(self) -> str:
        return f"{self.from_quantity.normalize():f}" if self.from_quantity else ""

    @property
    def terms(self) -> Terms:
        return Terms(
            self.pk or 0, self.product, self.category, self.from_quantity, self.kind, self.value, self.since, self.until
        )


class Breach(Exact, Part):
    """Somebody did not keep to it: who, what, when, by what one sees it, and what followed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="breaches", editable=False)

    obligation = models.ForeignKey(
        Obligation, null=True, blank=True, on_delete=models.SET_NULL, related_name="breaches"
    )
    side = models.CharField(max_length=6, choices=said(Side))
    broken_on = models.DateField()
    text = models.TextField(max_length=1000)
    evidence = models.TextField(max_length=1000)
    state = models.CharField(max_length=10, default=BreachState.OPEN, editable=False, choices=said(BreachState))
    amount = models.DecimalField(**AMOUNT, null=True, editable=False)
    """Of the penalty: claimed from the customer, or owed by us."""
    currency = models.CharField(max_length=3, blank=True, editable=False)
    due = models.DateField(null=True, editable=False)
    """By when the penalty is to be paid."""
    promise = models.ForeignKey(Promise, null=True, editable=False, on_delete=models.SET_NULL, related_name="breaches")
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=500, blank=True, editable=False)
    """Why the penalty is waived."""
    settled_on = models.DateField(null=True, editable=False)
    settlement = models.CharField(max_length=500, blank=True, editable=False)
    """How it was settled: credit note, transfer, set off."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="breaches")

    class Meta:
        ordering: ClassVar = ["-broken_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "broken_on"], name="breach_state")]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("agreement-breach", args=[self.pk])

    @property
    def penalty(self) -> str:
        return self.exactly(self.amount)

    @property
    def is_closed(self) -> bool:
        """Settled without money."""
        return self.state == BreachState.SETTLED and self.amount is None

    @property
    def is_settled(self) -> bool:
        """Nothing more follows: paid, or its promise came to an end."""
        if self.state == BreachState.PROMISED:
            return self.promise is not None and not self.promise.is_open
        return self.state == BreachState.SETTLED
