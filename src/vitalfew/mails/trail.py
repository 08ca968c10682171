from vitalfew.terms import gettext_noop as _

STEPS = {
    "mail-add": _("Mail came in"), "mail-change": _("Mail changed"), "mail-match": _("Mail brought to its account"),
    "mail-complain": _("Mail taken in as a complaint"),
    "mail-part": _("Mail taken back into the tray"), "mail-put-away": _("Mail put away"),
    "mail-fetch-back": _("Mail fetched back"),
}  # fmt: skip
FIELDS: dict[str, str] = {}
