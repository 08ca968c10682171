"""Complaints that say nearly the same: proposed by their words, made a cause by a person, or dismissed."""

from typing import ClassVar, Final

from django.db import models
from django.urls import reverse

from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.models.learning import Cause
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import GroupState
from vitalfew.contacts.models import choices
from vitalfew.people.models import User
from vitalfew.people.records import Record

YEAR: Final = 365


class TextGroupQuerySet(models.QuerySet["TextGroup"]):
    def visible_to(self, user: User) -> "TextGroupQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "TextGroupQuerySet":
        """For who sees all complaints: a group's words come from any of them."""
        sees = user.is_active and user.may(ComplaintRight.GROUP) and user.sees_all_accounts
        return self if sees else self.none()


class TextGroup(Record):
    """One group, with the words that tell it from the others."""

    state = models.CharField(max_length=10, default=GroupState.PROPOSED, editable=False, choices=choices(GroupState))
    words = models.JSONField(default=list, editable=False)
    likeness = models.FloatField(editable=False)
    """The mean over all pairs, of 1."""
    complaints = models.ManyToManyField(Complaint, editable=False, related_name="text_groups")
    cause = models.ForeignKey(Cause, null=True, editable=False, on_delete=models.SET_NULL, related_name="text_groups")
    cause_made = models.BooleanField(default=False, editable=False)
    """Whether the cause came onto the tree with it."""
    before = models.JSONField(default=dict, editable=False)
    """From which cause each complaint was moved: its number to the cause's, or to none."""
    left_out = models.JSONField(default=list, editable=False)
    """Numbers of complaints that were proposed and did not belong."""

    objects = TextGroupQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return " · ".join(self.words)

    def get_absolute_url(self) -> str:
        return reverse("text-group", args=[self.pk])


class TextLook(models.Model):
    """When texts were last looked at, and over how many days they are looked at; one row."""

    days = models.PositiveSmallIntegerField(default=YEAR)
    at = models.DateTimeField(null=True)
    texts = models.PositiveIntegerField(default=0)
    grouped = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.at)


class Resembling(models.Model):
    """A complaint without a cause whose words are those of a confirmed group."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="resembling")
    group = models.ForeignKey(TextGroup, on_delete=models.CASCADE, related_name="resembling")
    likeness = models.FloatField()

    def __str__(self) -> str:
        return f"{self.complaint} {self.group}"
