from collections.abc import Iterator

from vitalfew.accounts.models import Account
from vitalfew.contacts import questions
from vitalfew.contacts.rights import ContactRight
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Who came to the account, and who left it."""
    if not user.may(ContactRight.SEE):
        return
    for post in questions.at(account):
        figures = {"name": post.person.name, "title": post.title}
        about, url = {"person": post.person_id, **figures}, post.person.get_absolute_url()
        if post.since:
            yield Touch(post.since, "came", Message(_("{name} began there: {title}"), figures), about, url=url)
        if post.left_on:
            yield Touch(post.left_on, "left", Message(_("{name} left the customer"), figures), about, url=url)
