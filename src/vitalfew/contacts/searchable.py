from collections.abc import Iterator

from vitalfew.contacts import questions
from vitalfew.contacts.rights import ContactRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """People by name, pinyin, initials, WeChat, e-mail or part of a telephone number, with the account they are at."""
    if not user.may(ContactRight.SEE):
        return
    for post in questions.people_found(user, text, most):
        url = post.person.get_absolute_url()
        yield Hit("contact", post.contact_id, post.person.name, f"{post.account.name} {post.title}".strip(), url)
