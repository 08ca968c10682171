from vitalfew.terms import gettext_noop as _

STEPS = {
    "acquaintance-add": _("Acquaintance stated"), "acquaintance-change": _("Acquaintance stated anew"),
    "acquaintance-put-away": _("Acquaintance taken back"), "acquaintance-fetch-back": _("Acquaintance stated again"),
    "meetingrule-add": _("Meeting planned"), "meetingrule-change": _("Planned meeting changed"),
    "meetingrule-put-away": _("Planned meeting taken back"), "meetingrule-fetch-back": _("Meeting planned again"),
}  # fmt: skip
FIELDS = {"role": _("Role"), "rhythm": _("How often")}
