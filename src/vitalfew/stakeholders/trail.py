from vitalfew.terms import gettext_noop as _

STEPS = {
    "acquaintance-add": _("Acquaintance stated"), "acquaintance-change": _("Acquaintance stated anew"),
    "acquaintance-put-away": _("Acquaintance taken back"), "acquaintance-fetch-back": _("Acquaintance stated again"),
}  # fmt: skip
FIELDS: dict[str, str] = {}
