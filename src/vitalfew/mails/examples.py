"""Mail of the demo house: one at its account, one that waits."""

from email.message import EmailMessage
from typing import Final

from django.conf import settings

from vitalfew.accounts.largest import largest
from vitalfew.contacts.models import Post
from vitalfew.mails import actions

PDF: Final = b"%PDF-1.4\n%%EOF\n"


def plant() -> None:
    """From a contact to its manager, and from somebody whom nobody knows."""
    for account in largest():
        post = Post.objects.held().filter(account=account).exclude(person__email="").order_by("pk").first()
        if post and account.manager and account.manager.email:
            known = _written(post.person.email, account.manager.email, "关于十月到货", "请把十月的到货计划发给我们。")
            known.add_attachment(PDF, maintype="application", subtype="pdf", filename="到货计划.pdf")
            strange = _written("purchase@newcomer.example", account.manager.email, "询价", "请报五十台柜机的价格。")
            for each in (known, strange):
                actions.take_in(each.as_bytes(), settings.HOME)
            return


def _written(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = f"<demo-{sender}>"
    made.set_content(text)
    return made
