from vitalfew.terms import gettext_noop as _

STEPS = {
    "visit-add": _("Visit planned"), "visit-change": _("Visit changed, moved, held or cancelled"),
    "visit-put-away": _("Visit put away"), "visit-fetch-back": _("Visit fetched back"),
    "feed-add": _("Calendar address made"), "feed-revoke": _("Calendar address revoked"),
}  # fmt: skip
FIELDS = {
    "at": _("Time"), "minutes": _("Minutes"), "place": _("Place"), "purpose": _("Purpose"), "topic": _("Topic"),
    "leader": _("Who goes"), "result": _("Result"), "follow_ups": _("Follow-ups"), "companions": _("Who goes along"),
}  # fmt: skip
