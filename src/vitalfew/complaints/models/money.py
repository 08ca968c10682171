"""What is given for a complaint, and what third parties are to pay."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.approvals.models import Approval
from vitalfew.coins import written
from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.words import ClaimState, Granted, Party
from vitalfew.contacts.models import choices
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.people.roles import Role


class Compensation(Record):
    """Money or goods' worth given for a complaint, to who complained or who suffered too."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="compensations", editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="compensations", editable=False)
    silent = models.BooleanField(default=False, editable=False)
    """Whether the account has not complained itself."""
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, editable=False)
    why = models.CharField(max_length=500)
    state = models.CharField(max_length=10, editable=False, choices=choices(Granted))
    approval = models.ForeignKey(Approval, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=20, editable=False, choices=choices(Role))
    """By whose authority."""
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.complaint} {self.exactly}"

    @property
    def exactly(self) -> str:
        return written(self.amount, self.currency)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User) -> "ClaimQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "ClaimQuerySet":
        """Those of complaints that the user sees."""
        return self.filter(complaint__in=Complaint.objects.visible_to(user))


class Claim(Record):
    """What a supplier or carrier is to pay for a complaint, followed to the end."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="claims", editable=False)
    party = models.CharField(max_length=10, choices=choices(Party))
    name = models.CharField(max_length=200)
    what = models.TextField(max_length=1000)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    currency = models.CharField(max_length=3, editable=False)
    recovered = models.DecimalField(max_digits=16, decimal_places=2, default=0, editable=False)
    claimed_on = models.DateField()
    due = models.DateField()
    """When an answer or the money is expected."""
    state = models.CharField(max_length=10, default=ClaimState.OPEN, editable=False, choices=choices(ClaimState))
    note = models.CharField(max_length=500, blank=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.exactly}"

    def get_absolute_url(self) -> str:
        return f"{reverse('complaint', args=[self.complaint_id])}#claim-{self.pk}"

    @property
    def exactly(self) -> str:
        return written(self.amount, self.currency)

    @property
    def back(self) -> str:
        return written(self.recovered, self.currency)

    @property
    def is_open(self) -> bool:
        return self.state in {ClaimState.OPEN, ClaimState.ACCEPTED}


class MonthLimit(Record):
    """How much a role may give within a month without asking."""

    role = models.CharField(max_length=20, choices=choices(Role), editable=False)
    amount = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["role"]

    def __str__(self) -> str:
        return self.role
