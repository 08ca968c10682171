from datetime import date, time
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.words import AlarmState, How, Trouble, Way, Why
from vitalfew.language import LANGUAGES, Kept
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import Record
from vitalfew.rooms import Alarming, Urgency

CUT: Final = 120
OPEN: Final = (AlarmState.OPEN, AlarmState.SEEN)
TONGUES: Final = list(LANGUAGES.items())


def words(term: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in term]


class RuleQuerySet(models.QuerySet["AlarmRule"]):
    def visible_to(self, user: User) -> "RuleQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "RuleQuerySet":
        return self.filter(kind__in=list(kinds())) if user.may(AlarmRight.RULE) else self.none()


class AlarmRule(Record):
    """A kind that is switched on: who is told, by which ways, and who next. Put away, it is switched off."""

    kind = models.CharField(max_length=40, editable=False)
    urgency = models.CharField(max_length=10, choices=words(Urgency))
    threshold = models.FloatField(null=True, blank=True)
    key_only = models.BooleanField(default=False)
    to = models.JSONField(default=list, blank=True)
    """Words for people, as in `rooms.Alarming`."""
    mail = models.BooleanField(default=True)
    hooks = models.JSONField(default=list, blank=True)
    """Numbers of the addresses it is posted to."""
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    """Working hours without an answer after which those of ``higher`` are told."""
    higher = models.JSONField(default=list, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind"], condition=Q(put_away_at=None), name="one_rule_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        return reverse("alarm-rule", args=[self.kind])


class HookQuerySet(models.QuerySet["Hook"]):
    def visible_to(self, user: User) -> "HookQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "HookQuerySet":
        return self if user.may(AlarmRight.POST) else self.none()


class Hook(Record):
    """An address of another system that alarms are posted to. Its path and secret open that system: they are never shown."""

    OF_A_PERSON = True
    """Its values stay out of the audit trail."""

    name = models.CharField(max_length=100)
    way = models.CharField(max_length=10, choices=words(Way))
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=200, blank=True)
    inside = models.BooleanField(default=False)
    """Whether it may lie in a private network, and be reached without encryption."""
    names = models.BooleanField(default=False)
    """Whether it is told the account and what it says; a group of people is no user whose rights are known."""
    language = models.CharField(max_length=10, choices=TONGUES, default=TONGUES[0][0])

    objects = HookQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alarm-hook", args=[self.pk])

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def visible_to(self, user: User) -> "AlarmQuerySet":
        """Of the kinds and accounts that the user may see now: those he was told of; heads see all."""
        if not user.may(AlarmRight.SEE):
            return self.none()
        found = self.filter(kind__in=[kind.value for kind in kinds().values() if user.may(kind.see)])
        if not user.sees_all_accounts:
            found = found.filter(Q(account=None) | Q(account__in=Account.objects.visible_to(user)))
        return found if user.may(Right.OVERSEE) else found.told_to(user)

    def told_to(self, user: User) -> "AlarmQuerySet":
        return self.filter(Exists(Telling.objects.filter(alarm=OuterRef("pk"), user=user)))


class Alarm(Record):
    """Something that stood, from when it was first seen until it was seen no more; it comes again as another one."""

    kind = models.CharField(max_length=40, editable=False)
    matter = models.CharField(max_length=150, editable=False)
    """By what it is told again, within its kind."""
    account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="alarms")
    said = models.TextField(editable=False)
    """Sentences, kept to be said in any language."""
    url = models.CharField(max_length=300, blank=True, editable=False)
    urgency = models.CharField(max_length=10, choices=words(Urgency), editable=False)
    since = models.DateField(null=True, editable=False)
    raised_at = models.DateTimeField(editable=False)
    state = models.CharField(max_length=10, choices=words(AlarmState), default=AlarmState.OPEN, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    escalated_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    """When what it tells of stood no more, whatever people had said of it."""
    repeats = models.PositiveIntegerField(default=0, editable=False)
    """On how many further days it stood: so often nobody was told again."""
    last_seen = models.DateField(editable=False)
    acted_on = models.DateField(null=True, editable=False)
    """When something was done about it first, as far as the house knows."""
    episode = models.PositiveSmallIntegerField(default=1, editable=False)
    """The how-manieth time it came."""

    objects = AlarmQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-raised_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "matter"], condition=Q(ended_at=None), name="one_alarm_while_it_stands"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-raised_at", "-id"], name="alarm_state"),
            models.Index(fields=["account", "-raised_at", "-id"], name="alarm_account"),
            models.Index(fields=["kind", "matter", "-id"], name="alarm_matter"),
        ]

    def __str__(self) -> str:
        line = self.text
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    def get_absolute_url(self) -> str:
        return reverse("alarm", args=[self.pk])

    @property
    def text(self) -> str:
        return Kept(self.said).say(language())

    @property
    def of(self) -> Alarming | None:
        """Its kind, where the rooms still declare it."""
        return kinds().get(self.kind)

    @property
    def is_open(self) -> bool:
        return self.state == AlarmState.OPEN


class Sending(models.Model):
    """What goes out: when it is due, how often it was tried, and what came of it."""

    due_at = models.DateTimeField(null=True)
    """None where nothing is to be sent, or no longer."""
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=10, blank=True, choices=words(Trouble))
    detail = models.CharField(max_length=40, blank=True)
    """What tells the trouble further: a number the host answered with."""

    class Meta:
        abstract = True

    @property
    def failed(self) -> bool:
        return bool(self.trouble) and self.sent_at is None and self.due_at is None


class Telling(Sending):
    """Somebody is told of an alarm, once: on the page from then on, and by mail where that is wished."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="tellings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="told_alarms")
    why = models.CharField(max_length=10, choices=words(Why), default=Why.ADDRESSED)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["alarm", "user"], name="alarm_told_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=~Q(due_at=None), name="alarm_telling_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.alarm_id}"


class Post(Sending):
    """An alarm goes to an address of another system, once; without an alarm it is a trial."""

    alarm = models.ForeignKey(Alarm, null=True, on_delete=models.CASCADE, related_name="posts")
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="posts")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alarm", "hook"], condition=~Q(alarm=None), name="alarm_posted_once")
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=~Q(due_at=None), name="alarm_post_due")]

    def __str__(self) -> str:
        return f"{self.hook} {self.alarm_id}"


class Unseen(models.Model):
    """A kind that could not be looked at lately: since when, and why."""

    kind = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    why = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.kind

    @property
    def since_day(self) -> date:
        return timezone.localdate(self.since)


class Wish(Record):
    """How somebody wishes to be told, beside the page, and when not."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, editable=False, related_name="wish")
    urgent = models.CharField(max_length=10, choices=words(How), default=How.AT_ONCE)
    normal = models.CharField(max_length=10, choices=words(How), default=How.DIGEST)
    low = models.CharField(max_length=10, choices=words(How), default=How.PAGE)
    digest_at = models.PositiveSmallIntegerField(default=8)
    """The hour."""
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(7, 30))
    workdays_only = models.BooleanField(default=True)
    breaks = models.BooleanField(default=False)
    """Whether urgent ones come in quiet hours too."""

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("alarm-wish")

    def how(self, urgency: str) -> str:
        return {Urgency.URGENT.value: self.urgent, Urgency.NORMAL.value: self.normal}.get(urgency, self.low)
