"""A record of every model of the house for an account, a canary in every text of it."""

import re
from datetime import time, timedelta

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils import timezone

LEFT_OUT = {
    "people.User", "people.ApiToken", "people.AuditEntry", "accounts.Account", "portal.Access", "portal.Invitation",
    "warehouse.Refresh", "warehouse.Scorecard", "warehouse.Proposal", "imports.Import", "outbox.LetterWords",
}  # fmt: skip
"""Whose texts are the house's own, or are needed as they are; the test plants those of the visitor and the account itself."""
SHAPE = re.compile(r"zq\d{5}o[wt]")
STAYS_OPEN = {"put_away_at", "reversed_at", "revoked_at", "until", "ended_on", "left_on", "agreed", "answered_at"}
MADE = (
    (models.DateTimeField, timezone.now), (models.DateField, lambda: timezone.localdate() + timedelta(days=3)),
    (models.TimeField, lambda: time(9)), (models.BooleanField, lambda: False), (models.DurationField, lambda: timedelta(days=1)),
    (models.BinaryField, lambda: b"packed"),
)  # fmt: skip
STATES = ("state", "kind", "answer", "section", "role")


class Canaries:
    """Which canary stands for which text of whose record."""

    def __init__(self):
        self.planted = {}

    def text(self, model, name, whose):
        word = f"zq{len(self.planted):05d}{whose[:2]}"
        self.planted[word] = (f"{model._meta.label}.{name}", whose)
        return word

    def found(self, body):
        return {self.planted[word] for word in SHAPE.findall(body) if word in self.planted}


class Planter:
    """Plants for one account; ``user`` is who of ours made it, ``person`` who of the customer's."""

    def __init__(self, canaries, whose, account, user, person):
        self.canaries, self.whose, self.user = canaries, whose, user
        self.why = {}
        self.made = {account._meta.label: account, user._meta.label: user, person._meta.label: person}

    def everything(self):
        """One of every model and of every state it may have; gives the models that can't be planted so."""
        missed = set()
        for model in apps.get_models():
            if not model.__module__.startswith("vitalfew.") or model._meta.label in LEFT_OUT or model._meta.proxy:
                continue
            varied = next((each for each in model._meta.concrete_fields if each.name in STATES and each.choices), None)
            ways = [{varied.name: value} for value, _label in varied.choices] if varied else [{}]
            rows = [self.plant(model, way) for way in ways]
            if not any(rows):
                missed.add(model._meta.label)
        return {label: self.why[label] for label in missed}

    def plant(self, model, fixed):
        row = model()
        try:
            with transaction.atomic():
                for field in model._meta.concrete_fields:
                    if field.is_relation or not field.primary_key:
                        self._fill(row, field, fixed)
                row.save_base(raw=True, force_insert=True)
        except (DatabaseError, ValueError, TypeError) as why:
            self.why[model._meta.label] = str(why)[:90]
            return None
        self.made.setdefault(model._meta.label, row)
        return row

    def _fill(self, row, field, fixed):
        if field.name in fixed:
            setattr(row, field.name, fixed[field.name])
        elif field.is_relation:
            self._point(row, field)
        elif field.name in STAYS_OPEN and field.null:
            setattr(row, field.name, None)
        else:
            setattr(row, field.name, self._value(row, field))

    def _point(self, row, field):
        label = field.related_model._meta.label
        if field.related_model is type(row):
            return
        if label not in self.made and not field.null:
            self.plant(field.related_model, {})
        setattr(row, field.name, self.made.get(label))

    def _value(self, row, field):
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.CharField | models.TextField):
            return self.canaries.text(type(row), field.name, self.whose)[: field.max_length or 99]
        if isinstance(field, models.JSONField):
            text = [{"text": self.canaries.text(type(row), field.name, self.whose)}]
            return text if field.name == "content" else field.get_default() or {}
        number = 1 if self.whose == "own" else 2
        return next((made() for kind, made in MADE if isinstance(field, kind)), number)
