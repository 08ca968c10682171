from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.duplicates.states import Kind, State
from vitalfew.people.models import User
from vitalfew.people.records import Record


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: User) -> "PairQuerySet":
        """Those of whose records the user may see both."""
        if not user.is_active or user.role == "portal":
            return self.none()
        if user.sees_all_accounts:
            return self
        mine = Account.everyone.visible_to(user).values("pk")
        known = Post.objects.filter(account__in=Account.objects.visible_to(user)).values("person")
        companies = models.Q(kind=Kind.ACCOUNT, one_account__in=mine, other_account__in=mine)
        people = models.Q(one_person__in=known) & (models.Q(other_person__in=known) | models.Q(state=State.SAME))
        merged = models.Q(other_person__in=known, state=State.SAME)
        return self.filter(companies | models.Q(models.Q(kind=Kind.PERSON) & (people | merged)))

    def waiting(self) -> "PairQuerySet":
        return self.filter(state=State.WAITING)


class Pair(Record):
    """Two records that may be one: two companies, or two people. The first is the one with the lower number."""

    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Kind], editable=False)
    one_account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    other_account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    one_person = models.ForeignKey(Person, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    other_person = models.ForeignKey(Person, null=True, editable=False, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField(editable=False)
    evidence = models.JSONField(default=list, editable=False)
    """The levels of agreement that say something: [feature, level] each."""
    at_stake = models.FloatField(default=0, editable=False)
    """Net sales of twelve months of both together."""
    state = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in State], default=State.WAITING, editable=False
    )
    until = models.DateField(null=True, editable=False)
    """The day on which what was put off waits again."""
    decided_by = models.CharField(max_length=150, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    moved = models.JSONField(default=dict, editable=False)
    """What a merge moved and filled, so that it can be undone."""

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at_stake", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one_account", "other_account"], name="one_pair_of_accounts"),
            models.UniqueConstraint(fields=["one_person", "other_person"], name="one_pair_of_persons"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "-at_stake", "id"], name="pair_state")]

    def __str__(self) -> str:
        return f"{self.one} / {self.other}"

    def get_absolute_url(self) -> str:
        return reverse("duplicate", args=[self.pk])

    @property
    def one(self) -> Any:
        return self.one_account if self.kind == Kind.ACCOUNT else self.one_person

    @property
    def other(self) -> Any:
        return self.other_account if self.kind == Kind.ACCOUNT else self.other_person
