from collections.abc import Iterator

from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.training import questions
from vitalfew.training.rights import TrainingRight


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Programmes, sessions, the latest first, and certificates by their number or name."""
    if not user.may(TrainingRight.SEE):
        return
    for programme in questions.found_programmes(questions.programmes(user), text).order_by("title")[:most]:
        yield Hit("programme", str(programme.pk), programme.title, "", programme.get_absolute_url())
    for row in questions.found_sessions(questions.sessions(user), text).order_by("-day", "-pk")[:most]:
        yield Hit(
            "training", str(row.pk), row.programme.title, f"{row.day.isoformat()} {row.place}", row.get_absolute_url()
        )
    for each in questions.found_certificates(questions.certificates(user), text).order_by("-issued_on", "-pk")[:most]:
        yield Hit("certificate", each.number, each.name, each.programme.title, each.get_absolute_url())
