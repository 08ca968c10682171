from vitalfew.terms import gettext_noop as _

STEPS = {
    "level-add": _("Level of the club defined"), "level-change": _("Level of the club changed"),
    "level-put-away": _("Level of the club put away"), "level-fetch-back": _("Level of the club fetched back"),
    "benefit-add": _("Right of a level added"), "benefit-change": _("Right of a level changed"),
    "benefit-put-away": _("Right of a level put away"), "benefit-fetch-back": _("Right of a level fetched back"),
    "use-add": _("Use of a right written down"), "use-put-away": _("Use of a right put away"),
    "use-fetch-back": _("Use of a right fetched back"), "use-change": _("Use of a right changed"),
    "nomination-add": _("Member nominated"), "nomination-change": _("Nomination decided"),
    "nomination-put-away": _("Nomination put away"), "nomination-fetch-back": _("Nomination fetched back"),
    "member-add": _("Came into the club"), "member-change": _("Membership changed"),
    "member-put-away": _("Membership put away"), "member-fetch-back": _("Membership fetched back"),
    "member-in": _("Came into the club"), "member-out": _("Left the club"),
    "event-add": _("Event planned"), "event-change": _("Event changed"), "event-put-away": _("Event put away"),
    "event-fetch-back": _("Event fetched back"), "invited-add": _("Invited to an event"),
    "invited-change": _("Invitation answered"), "invited-put-away": _("Invitation put away"),
    "invited-fetch-back": _("Invitation fetched back"),
}  # fmt: skip
FIELDS = {"level": _("Club level"), "how": _("How it came in")}
