from vitalfew.terms import gettext_noop as _

STEPS = {
    "journeytemplate-add": _("Template of service journeys defined"),
    "journeytemplate-change": _("Template of service journeys changed"),
    "journeytemplate-put-away": _("Template of service journeys put away"),
    "journeytemplate-fetch-back": _("Template of service journeys fetched back"),
    "checkpoint-add": _("Check added to a template"), "checkpoint-change": _("Check of a template changed"),
    "checkpoint-put-away": _("Check taken out of a template"), "checkpoint-fetch-back": _("Check brought back to a template"),
    "journey-add": _("Service journey begun"), "journey-change": _("Service journey changed or closed"),
    "journey-put-away": _("Service journey put away"), "journey-fetch-back": _("Service journey fetched back"),
    "journey-suggestion": _("Suggestion of a service journey answered"),
    "check-add": _("Check of a service journey added"), "check-change": _("Check of a service journey settled or changed"),
    "check-put-away": _("Check of a service journey put away"), "check-fetch-back": _("Check of a service journey fetched back"),
}  # fmt: skip
FIELDS = {"stage": _("Stage"), "months": _("Comes again every so many months"), "edition": _("Edition")}
