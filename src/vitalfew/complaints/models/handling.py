"""What is done with a complaint, said about it, and within which times."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from vitalfew.complaints.models.complaint import Complaint
from vitalfew.complaints.words import Event, State, Way
from vitalfew.contacts.models import choices
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.records import Record


class Counted(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class Step(models.Model):
    """What was done with a complaint: who, when, what was said."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12, choices=[*choices(State), *choices(Event)])
    at = models.DateTimeField(default=timezone.now)
    who = models.CharField(max_length=150)
    name = models.CharField(max_length=150)
    why = models.TextField(max_length=1000, blank=True)
    given = models.JSONField(default=dict)
    """What the step needed, by name."""
    undone = models.BooleanField(default=False)
    """Whether it has to be done again, since the complaint was opened again."""

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint} {self.what}"


class Said(models.Model):
    """A word to the customer, or from it; one to it that stands to be said has no moment yet."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="said")
    to_us = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=choices(Way))
    text = models.TextField(max_length=4000)
    made_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(null=True)
    who = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=150, blank=True)
    proposed = models.BooleanField(default=False)
    """Whether its text is ours to propose, by the step as it is when somebody says it."""
    letter = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint} {self.made_at:%Y-%m-%d}"


class Deadline(Record):
    """Within how many business hours each thing is due, of one priority."""

    priority = models.PositiveSmallIntegerField(editable=False, unique=True)
    acknowledge = models.PositiveSmallIntegerField()
    answer = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    close = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["priority"]

    def __str__(self) -> str:
        return str(self.priority)


class Opening(Record):
    """From when until when the house works on a business day; the one there is, or none."""

    opens = models.TimeField()
    closes = models.TimeField()

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class Knock(models.Model):
    """How often the open form was sent within an hour, from somewhere."""

    source = models.CharField(max_length=64)
    hour = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "hour"], name="complaint_knock")]

    def __str__(self) -> str:
        return f"{self.source} {self.count}"
