from vitalfew.terms import gettext_noop as _

STEPS = {
    "plan-add": _("Account plan begun"), "plan-change": _("Account plan changed or moved on"),
    "plan-put-away": _("Account plan put away"), "plan-fetch-back": _("Account plan fetched back"),
    "plan-share": _("Section of a plan shown in the portal, or no longer"), "plan-answer": _("Customer answered to a plan"),
    "goal-add": _("Goal set"), "goal-change": _("Goal changed"),
    "goal-put-away": _("Goal taken out"), "goal-fetch-back": _("Goal brought back"),
    "step-add": _("Action planned"), "step-change": _("Action changed or done"),
    "step-put-away": _("Action taken out"), "step-fetch-back": _("Action brought back"),
    "target-add": _("White space targeted"), "target-change": _("White space target changed"),
    "target-put-away": _("White space target taken out"), "target-fetch-back": _("White space target brought back"),
    "promotion-add": _("Joint promotion planned"), "promotion-change": _("Joint promotion changed"),
    "promotion-put-away": _("Joint promotion taken out"), "promotion-fetch-back": _("Joint promotion brought back"),
}  # fmt: skip
FIELDS = {
    "section": _("Section"), "shared": _("Shown in the customer portal"),
    "strengths": _("Strengths"), "weaknesses": _("Weaknesses"), "opportunities": _("Opportunities"),
    "threats": _("Threats"), "service": _("What we do for it alone"), "sales_model": _("Sales model"),
    "sales_model_why": _("Why this sales model"), "review_on": _("To be reviewed on"), "rating": _("Rating"),
    "lessons": _("Lessons"), "goal": _("Goal"), "step": _("Action"), "target": _("Target"),
    "promotion": _("Joint promotion"), "measure": _("Measured by"), "figure": _("Figure noted"),
    "budget": _("Budget"), "our_share": _("Our share in per cent"), "begun_on": _("Begun on"),
    "readings": _("Readings"),
    "effect": _("Effect of the promotion"),
    "figure_on": _("Noted on"), "done_on": _("Done on"), "unit": _("Unit"), "categories": _("What is promoted"),
}  # fmt: skip
