from datetime import timedelta
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Category, Channel, Due, Effect, Procedure, Standing, State
from vitalfew.contacts.models import LANGUAGES, Person, choices
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.terms import label_of

SOON: Final = timedelta(hours=2)
CUT: Final = 60
RESTING: Final = (State.IMPORTED.value, State.CLOSED.value)
"""Nothing is due."""


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> "ComplaintQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "ComplaintQuerySet":
        """What was put away, too; one whose account is not known yet for who sees all of them, and who wrote it down."""
        if not user.is_active or not user.may(ComplaintRight.SEE):
            return self.none()
        if user.sees_all_accounts:
            return self
        mine = Q(account__in=Account.objects.visible_to(user))
        return self.filter(mine | Q(account=None, made_by=user.username))

    def running(self) -> "ComplaintQuerySet":
        """Those that are being settled."""
        return self.filter(put_away_at=None, merged_into=None).exclude(state__in=RESTING)

    def standing(self, word: str) -> "ComplaintQuerySet":
        """Those whose clock stands so now."""
        now, running = timezone.now(), self.running().filter(waiting_since=None)
        found: dict[str, ComplaintQuerySet] = {
            Standing.MERGED: self.exclude(merged_into=None),
            Standing.CLOSED: self.filter(Q(state=State.CLOSED) | Q(state=State.IMPORTED, closed_on__isnull=False)),
            Standing.REST: self.filter(state=State.IMPORTED, closed_on=None),
            Standing.WAITS: self.running().exclude(waiting_since=None),
            Standing.LATE: running.filter(due_at__lt=now),
            Standing.SOON: running.filter(due_at__range=(now, now + SOON)),
            Standing.FINE: running.filter(due_at__gt=now + SOON),
        }
        return found[word]


class Complaint(Record):
    """What a customer complained of: of the facts, or taken in here."""

    OF_A_PERSON = True
    COMES_AGAIN: ClassVar = Q(imported=True, taken_up=False)

    number = models.CharField(max_length=100, editable=False)
    imported = models.BooleanField(default=False, editable=False)
    """Whether the facts have it: then what they say is read only."""
    taken_up = models.BooleanField(default=False, editable=False)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="complaints")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints")
    named = models.CharField(max_length=100, blank=True)
    company = models.CharField(max_length=200, blank=True)
    """As the person wrote it, until it is brought to its account."""
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE, choices=LANGUAGES)
    channel = models.CharField(max_length=10, choices=choices(Channel), default=Channel.PHONE)
    category = models.CharField(max_length=100, blank=True)
    product = models.CharField(max_length=100, blank=True)
    batch = models.CharField(max_length=100, blank=True)
    order_number = models.CharField(max_length=100, blank=True)
    carrier = models.CharField(max_length=100, blank=True)
    text = models.TextField(max_length=4000, blank=True)
    demand = models.CharField(max_length=500, blank=True)
    """What the customer wants done."""
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True, editable=False)
    """None as long as only the facts have it."""
    key = models.BooleanField(default=False, editable=False)
    """Whether its account went first when it was judged."""
    effect = models.CharField(max_length=10, blank=True, choices=choices(Effect))
    grows = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(null=True, editable=False)
    severity_why = models.CharField(max_length=500, blank=True, editable=False)
    """Why it is another than the rule gives."""
    priority = models.PositiveSmallIntegerField(default=3, editable=False)
    procedure = models.CharField(max_length=10, default=Procedure.ORDINARY, editable=False, choices=choices(Procedure))
    state = models.CharField(max_length=12, default=State.RECEIVED, editable=False, choices=choices(State))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="complaints",
    )
    step_since = models.DateTimeField(null=True, editable=False)
    waiting_since = models.DateTimeField(null=True, editable=False)
    paused = models.PositiveIntegerField(default=0, editable=False)
    """Business minutes it waited for the customer."""
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    """When the customer was first told more than that it has reached us."""
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    due_acknowledge = models.DateTimeField(null=True, editable=False)
    due_answer = models.DateTimeField(null=True, editable=False)
    due_step = models.DateTimeField(null=True, editable=False)
    due_close = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    """The first of what is still due."""
    due_what = models.CharField(max_length=12, blank=True, editable=False, choices=choices(Due))
    outcome = models.CharField(max_length=1000, blank=True, editable=False)
    satisfied = models.BooleanField(null=True, editable=False)
    satisfied_note = models.CharField(max_length=1000, blank=True, editable=False)
    fair_result = models.PositiveSmallIntegerField(null=True, editable=False)
    fair_way = models.PositiveSmallIntegerField(null=True, editable=False)
    fair_manner = models.PositiveSmallIntegerField(null=True, editable=False)
    """Of 5: what came of it, how it was gone about, how one was treated."""
    word_since = models.DateTimeField(null=True, editable=False)
    """Since when a word of the customer's waits to be seen or answered."""
    reopened = models.PositiveSmallIntegerField(default=0, editable=False)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.SET_NULL, related_name="merged")
    related = models.ManyToManyField("self", blank=True, editable=False)
    cause = models.ForeignKey(
        "complaints.Cause", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="complaints"
    )
    """Where on the tree of causes it stands."""
    nonce = models.CharField(max_length=32, blank=True, editable=False)
    """By which its address outside is made."""
    told = models.BooleanField(default=False, editable=False)
    """Whether the facts have it as it is now."""
    given = models.BooleanField(default=False, editable=False)
    """Whether the facts have it at all: then they hear, too, that it was merged or put away."""
    files = models.ManyToManyField(AccountFile, blank=True, editable=False, related_name="complaints")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_on", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["imported", "number"], name="complaint_number")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-received_on", "id"], name="complaint_account"),
            models.Index(fields=["state", "due_at", "id"], name="complaint_due"),
            models.Index(fields=["owner", "state", "due_at"], name="complaint_owner"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaint", args=[self.pk])

    @property
    def brief(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CUT else f"{line[:CUT]}…"

    @property
    def category_word(self) -> str:
        """A marked word where it is one of ours; else as the facts have it."""
        return label_of(Category, self.category) if self.category in {*Category} else self.category

    @property
    def who(self) -> str:
        return str(self.person or self.named)

    @property
    def is_open(self) -> bool:
        return self.state not in RESTING and self.merged_into_id is None

    @property
    def is_ours(self) -> bool:
        """Whether it is settled here."""
        return not self.imported or self.taken_up

    @property
    def standing(self) -> Standing:
        if self.merged_into_id:
            return Standing.MERGED
        if self.state in RESTING:
            return Standing.CLOSED if self.state == State.CLOSED or self.closed_on else Standing.REST
        if self.waiting_since:
            return Standing.WAITS
        now = timezone.now()
        if self.due_at is None or self.due_at > now + SOON:
            return Standing.FINE
        return Standing.LATE if self.due_at < now else Standing.SOON

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.told = False
        super().save(*args, **kwargs)
