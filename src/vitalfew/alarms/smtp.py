"""Which mail server sends, from its address: smtps://user:password@host, or smtp:// with STARTTLS.

>>> smtp("smtps://a%40b.cn:secret@mail.b.cn")["EMAIL_PORT"]
465
"""

from typing import Any, Final
from urllib.parse import unquote, urlsplit

HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
PATIENCE: Final = 15


def smtp(url: str) -> dict[str, Any]:
    """Django's settings for it; without an address mail goes nowhere."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("VITALFEW_SMTP is no address like smtps://user:password@host")
    whole = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if whole else 587), "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""), "EMAIL_USE_SSL": whole,
        "EMAIL_USE_TLS": not whole and parts.hostname not in HERE, "EMAIL_TIMEOUT": PATIENCE,
    }  # fmt: skip
