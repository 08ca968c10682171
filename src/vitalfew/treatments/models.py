from typing import Any, ClassVar, Final

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.analyses.negative_assets import LossReason
from vitalfew.approvals.models import Approval
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.treatments.words import Effect, TreatmentKind, TreatmentState

LONGEST: Final = 1000
LONGEST_LETTER: Final = 4000
FEWEST_MONTHS, MOST_MONTHS = 6, 24


def said(words: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in words]


class TreatmentQuerySet(models.QuerySet["Treatment"]):
    def visible_to(self, user: User) -> "TreatmentQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "TreatmentQuerySet":
        if not user.is_active or not user.may(TreatmentRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self.filter(account__merged_into=None)
        return self.filter(account__in=Account.objects.visible_to(user))


class Treatment(Record):
    """What is done about an account that costs more than it brings."""

    OF_A_PERSON = True

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="treatments", editable=False)
    kind = models.CharField(max_length=8, choices=said(TreatmentKind))
    why = models.TextField(max_length=LONGEST)
    """What is done, and what speaks for it."""
    aim = models.DecimalField(max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    """By how much better the account is to stand a year."""
    months = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(FEWEST_MONTHS), MaxValueValidator(MOST_MONTHS)]
    )
    """After how many months it is judged."""
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="treatments")
    reason = models.CharField(max_length=8, choices=said(LossReason), blank=True, editable=False)
    earned = models.FloatField(null=True, editable=False)
    """What the account earned in twelve months, as it was told when this was proposed."""
    currency = models.CharField(max_length=3, blank=True, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """Who is written to when one parts."""
    last_day = models.DateField(null=True, blank=True)
    """The day on which the relationship ends."""
    letter = models.TextField(max_length=LONGEST_LETTER, blank=True)
    written_on = models.DateField(null=True, editable=False)
    state = models.CharField(max_length=12, choices=said(TreatmentState), default=TreatmentState.DRAFT, editable=False)
    approval = models.ForeignKey(Approval, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    asked_version = models.PositiveIntegerField(null=True, editable=False)
    begun_on = models.DateField(null=True, editable=False)
    until = models.DateField(null=True, editable=False)
    effect = models.CharField(max_length=12, choices=said(Effect), blank=True, editable=False)
    """Of the months since it began, as they were known when it was judged; so are the figures."""
    judged_months = models.PositiveSmallIntegerField(null=True, editable=False)
    before = models.FloatField(null=True, editable=False)
    after = models.FloatField(null=True, editable=False)
    change = models.FloatField(null=True, editable=False)
    change_low = models.FloatField(null=True, editable=False)
    change_high = models.FloatField(null=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    outcome = models.TextField(max_length=LONGEST, blank=True, editable=False)

    objects = TreatmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(put_away_at=None, state__in=("draft", "waiting", "running")),
                name="one_treatment_of_an_account",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "until"], name="treatment_state")]

    def __str__(self) -> str:
        return str(self.account)

    def get_absolute_url(self) -> str:
        return reverse("treatment", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == TreatmentState.DRAFT

    @property
    def is_running(self) -> bool:
        return self.state == TreatmentState.RUNNING

    @property
    def parts(self) -> bool:
        return self.kind == TreatmentKind.PART
