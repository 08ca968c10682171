"""How people at customers are compared: by name as written and as heard, numbers, mail, and where they work."""

from typing import Final

from vitalfew.duplicates.linkage.features import Feature, Level, Model, Rarity
from vitalfew.terms import gettext_noop as _

_CLOSE: Final = (
    "least(length(a.plain), length(b.plain)) >= 5 AND strlen(a.plain) = length(a.plain) "
    "AND damerau_levenshtein(a.plain, b.plain) = 1"
)
NAME: Final = Feature(
    "name", "a.plain = '' OR b.plain = ''",
    (
        Level("same", "a.plain = b.plain", 0.75, 1.0, _("The names are the same")),
        Level("sound", "a.sound = b.sound", 0.1, 1.0, _("The names sound the same")),
        Level("close", _CLOSE, 0.05, 1e-5, _("The names are spelled almost the same")),
        Level("family", "left(a.plain, 1) = left(b.plain, 1)", 0.05, None),
        Level("other", "true", 0.05, None, _("The names differ")),
    ),
    learns=False,
)  # fmt: skip
PHONE: Final = Feature(
    "phone", "len(a.phones) = 0 OR len(b.phones) = 0",
    (
        Level("same", "list_has_any(a.phones, b.phones)", 0.75, 2e-5, _("Same telephone number")),
        Level("other", "true", 0.25, 1.0, _("Different telephone numbers")),
    ),
    learns=False,
)  # fmt: skip
MAIL: Final = Feature(
    "mail", "a.mail = '' OR b.mail = ''",
    (
        Level("same", "a.mail = b.mail", 0.7, 1e-6, _("Same e-mail address")),
        Level("other", "true", 0.3, 1.0, _("Different e-mail addresses")),
    ),
    learns=False,
)  # fmt: skip
WECHAT: Final = Feature(
    "wechat", "a.wechat = '' OR b.wechat = ''",
    (
        Level("same", "a.wechat = b.wechat", 0.9, 1e-6, _("Same WeChat name")),
        Level("other", "true", 0.1, 1.0, _("Different WeChat names")),
    ),
    learns=False,
)  # fmt: skip
WHERE: Final = Feature(
    "account", "len(a.accounts) = 0 OR len(b.accounts) = 0",
    (
        Level("same", "list_has_any(a.accounts, b.accounts)", 0.7, None, _("At the same account")),
        Level("other", "true", 0.3, None, _("At different accounts")),
    ),
    learns=False,
)  # fmt: skip

PERSONS: Final = Model(
    (
        "SELECT id, 'n|' || unnest(phones) AS k FROM r",
        "SELECT id, 'm|' || mail AS k FROM r WHERE mail <> ''",
        "SELECT id, 'w|' || wechat AS k FROM r WHERE wechat <> ''",
        "SELECT id, 's|' || sound AS k FROM r WHERE sound <> ''",
        "SELECT id, 'a|' || unnest(accounts) || '|' || left(sound, 2) AS k FROM r WHERE sound <> ''",
    ),
    (NAME, PHONE, MAIL, WECHAT, WHERE),
    (Rarity(("name",), (0, 1), "sound", "plain || list_aggregate(accounts, 'string_agg', '|')", world=500),),
)
