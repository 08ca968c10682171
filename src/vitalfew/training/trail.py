from vitalfew.terms import gettext_noop as _

STEPS = {
    "programme-add": _("Training programme written"), "programme-change": _("Training programme changed"),
    "programme-put-away": _("Training programme put away"), "programme-fetch-back": _("Training programme fetched back"),
    "session-add": _("Training session planned"), "session-change": _("Training session changed"),
    "session-put-away": _("Training session put away"), "session-fetch-back": _("Training session fetched back"),
    "company-add": _("Account invited to a training"), "company-change": _("Invitation to a training changed"),
    "company-put-away": _("Account taken off a training's list"), "company-fetch-back": _("Account back on a training's list"),
    "attendee-add": _("Person put on a training's list"), "attendee-change": _("Attendance of a training noted"),
    "attendee-put-away": _("Person taken off a training's list"), "attendee-fetch-back": _("Person back on a training's list"),
    "certificate-add": _("Certificate issued"), "certificate-change": _("Certificate revoked or given back"),
    "certificate-put-away": _("Certificate put away"), "certificate-fetch-back": _("Certificate fetched back"),
    "door-open": _("Link at a training's door opened"), "door-revoke": _("Link at a training's door revoked"),
}  # fmt: skip
FIELDS = {
    "programme": _("Programme"), "aim": _("What participants can do afterwards"), "levels": _("For whom, by level"),
    "hours": _("Hours taught"), "valid_months": _("Certificate valid for months"), "test": _("Test"), "came_at": _("Attendance"),
    "issued_on": _("Issued on"), "expires_on": _("Valid until"), "seats": _("Seats"),
}  # fmt: skip
