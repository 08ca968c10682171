from vitalfew.terms import gettext_noop as _

STEPS = {
    "access-add": _("Access to the portal given"), "access-change": _("Access to the portal changed, suspended or ended"),
    "access-put-away": _("Access to the portal put away"), "access-fetch-back": _("Access to the portal fetched back"),
    "access-invite": _("Link to the portal made"), "portal-accept": _("Password for the portal chosen"),
    "portal-preview": _("Looked at what a visitor of the portal sees"), "file-share": _("File shown in the portal"),
    "file-unshare": _("File no longer shown in the portal"), "portal-file": _("File opened in the portal"),
    "portal-export": _("List taken out of the portal"),
}  # fmt: skip
FIELDS = {
    "subsidiaries": _("Its subsidiaries too"), "parts": _("What is shown"), "until": _("Access until"),
    "suspended": _("Suspended"),
    "ended_on": _("Ended on"), "part": _("What is shown"), "user_id": _("User"), "code": _("Code"),
}  # fmt: skip
