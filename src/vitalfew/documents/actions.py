"""Reading a document, and deciding about one that names a person whose data were erased."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from vitalfew.accounts.actions import drop_file
from vitalfew.accounts.models import AccountFile
from vitalfew.documents.indexing import index
from vitalfew.documents.kinds import BROKEN, KINDS, LOCKED, NO_WORDS
from vitalfew.documents.models import DocumentText
from vitalfew.documents.words import Reading
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

PATIENCE: Final = 60
"""So many seconds on the clock; the process has fewer of the processor's."""
ENDED: Final = {0: Reading.READ, NO_WORDS: Reading.PICTURE, LOCKED: Reading.LOCKED, BROKEN: Reading.BROKEN}


def read(file: AccountFile) -> DocumentText:
    """Keep the words of a document; the same again changes nothing."""
    text, reading = words_of(settings.HOME.files / file.place, file.name.rpartition(".")[2].lower())
    with transaction.atomic():
        row, made = DocumentText.objects.select_for_update().get_or_create(file=file)
        if made or not row.names_erased:
            row.text, row.reading = text, reading.value
            row.save()
        index([row])
    return row


def words_of(place: Path, kind: str) -> tuple[str, Reading]:
    """What a document says, read by a process of its own."""
    if not place.is_file():
        return "", Reading.GONE
    if kind not in KINDS:
        return "", Reading.PICTURE
    command = [sys.executable, "-m", "vitalfew.documents.kinds", str(place), kind]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603  (our own command)
    except subprocess.TimeoutExpired:
        return "", Reading.TOO_MUCH
    return done.stdout.decode(), ENDED.get(done.returncode, Reading.TOO_MUCH)


def drop(user: User, file: AccountFile) -> None:
    """A document that names an erased person goes for good."""
    user.must(Right.EDIT_ACCOUNTS)
    drop_file(user, file, settings.HOME)


@transaction.atomic
def keep(user: User, file: AccountFile) -> None:
    """A document that names an erased person is kept, because somebody says that it has to be."""
    user.must(Right.EDIT_ACCOUNTS)
    if DocumentText.objects.filter(file=file, names_erased=True).update(names_erased=False):
        audit.record(user, "file-keep", f"account:{file.account.code}", {"file": file.name})
