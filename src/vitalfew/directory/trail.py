from vitalfew.terms import gettext_noop as _

STEPS = {
    "organisation-add": _("Organisation added"), "organisation-change": _("Organisation changed"),
    "organisation-put-away": _("Organisation put away"), "organisation-fetch-back": _("Organisation fetched back"),
    "served-add": _("Account served, as said"), "served-change": _("Service changed"),
    "served-put-away": _("Account served no more"), "served-fetch-back": _("Account served again"),
}  # fmt: skip
FIELDS = {"people": _("People"), "channel": _("Its name in the order lines"), "web": _("Website")}
