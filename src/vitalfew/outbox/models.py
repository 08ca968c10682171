from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import LANGUAGES, Person, choices
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.words import Kind, LetterState, Trouble
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.people.roles import Role


class LetterQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, user: User) -> "LetterQuerySet":
        """Those to accounts the user sees; those to nobody's account for who sees all of them."""
        kept = self.filter(put_away_at=None)
        if not user.is_active or user.role == Role.PORTAL:
            return kept.none()
        return kept if user.sees_all_accounts else kept.filter(account__in=Account.objects.visible_to(user))


class OutgoingMail(Record):
    """A letter to somebody at a customer: what it says, and what became of it."""

    OF_A_PERSON = True

    kind = models.CharField(max_length=12, editable=False, choices=choices(Kind))
    account = models.ForeignKey(Account, null=True, editable=False, on_delete=models.CASCADE, related_name="letters")
    """None where nobody knows whose it is: who complains without saying so."""
    person = models.ForeignKey(Person, null=True, editable=False, on_delete=models.SET_NULL, related_name="letters")
    address = models.EmailField(max_length=200, editable=False)
    name = models.CharField(max_length=100, blank=True, editable=False)
    language = models.CharField(max_length=10, editable=False, choices=LANGUAGES)
    title = models.CharField(max_length=200, editable=False)
    paragraphs = models.JSONField(editable=False)
    button = models.CharField(max_length=100, blank=True, editable=False)
    url = models.CharField(max_length=500, blank=True, editable=False)
    """Where the button leads: of the house, or a whole address."""
    about = models.CharField(max_length=100, blank=True, editable=False)
    """The record it is about, as the audit trail calls it."""
    state = models.CharField(max_length=10, editable=False, choices=choices(LetterState), default=LetterState.WAITING)
    trouble = models.CharField(max_length=10, blank=True, editable=False, choices=choices(Trouble))
    due_at = models.DateTimeField(null=True, editable=False)
    """When it is sent, or tried again; None where nothing of it is due."""
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    sender = models.CharField(max_length=300, blank=True, editable=False)
    opening = models.TextField(blank=True, editable=False)
    closing = models.TextField(blank=True, editable=False)
    """These three in the firm's own words, as they were when it was written; empty: the house's."""

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="letter_due"),
            models.Index(fields=["about"], name="letter_about"),
            models.Index(fields=["-made_at", "id"], name="letter_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])

    @property
    def to(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address

    @property
    def can_be_sent(self) -> bool:
        return self.state in {LetterState.KEPT, LetterState.FAILED, LetterState.STOPPED}


class WordsQuerySet(models.QuerySet["LetterWords"]):
    def visible_to(self, user: User) -> "WordsQuerySet":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "WordsQuerySet":
        """What was put away, too."""
        return self if user.is_active and user.may(OutboxRight.WORD) else self.none()


class LetterWords(Record):
    """The firm's own words around every letter of a kind in a language."""

    kind = models.CharField(max_length=12, choices=choices(Kind), editable=False)
    language = models.CharField(max_length=10, choices=LANGUAGES, editable=False)
    sender = models.CharField(max_length=100, blank=True)
    opening = models.TextField(max_length=300, blank=True)
    closing = models.TextField(max_length=1000, blank=True)

    objects = WordsQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "language"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "language"], condition=models.Q(put_away_at=None), name="letter_words_once"
            )
        ]

    def __str__(self) -> str:
        return f"{_(self.get_kind_display())} · {self.get_language_display()}"

    def get_absolute_url(self) -> str:
        return reverse("letter-words-one", args=[self.pk])


class Refusal(models.Model):
    """What an address does not want: kept under its mark, so that it is heeded after its person was forgotten."""

    mark = models.CharField(max_length=40, unique=True)
    unwanted = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.mark
