from vitalfew.terms import gettext_noop as _

STEPS = {
    "complaint-add": _("Complaint taken in"), "complaint-change": _("Complaint changed or a step further"),
    "complaint-put-away": _("Complaint put away"), "complaint-fetch-back": _("Complaint fetched back"),
    "compensation-add": _("Compensation given or asked for"), "compensation-change": _("Compensation decided"),
    "compensation-put-away": _("Compensation put away"), "compensation-fetch-back": _("Compensation fetched back"),
    "claim-add": _("Claim on a third party made"), "claim-change": _("Claim on a third party answered"),
    "claim-put-away": _("Claim on a third party put away"), "claim-fetch-back": _("Claim on a third party fetched back"),
    "deadline-add": _("Times of complaints set"), "deadline-change": _("Times of complaints changed"),
    "deadline-put-away": _("Times of complaints put away"), "deadline-fetch-back": _("Times of complaints fetched back"),
    "monthlimit-add": _("Limit of compensation set"), "monthlimit-change": _("Limit of compensation changed"),
    "monthlimit-put-away": _("Limit of compensation dropped"), "monthlimit-fetch-back": _("Limit of compensation fetched back"),
    "opening-add": _("Business hours set"), "opening-change": _("Business hours changed"),
    "opening-put-away": _("Business hours put away"), "opening-fetch-back": _("Business hours fetched back"),
    "closedmonth-add": _("Month of complaints closed"), "closedmonth-change": _("Month of complaints closed"),
    "closedmonth-put-away": _("Month of complaints opened again"), "closedmonth-fetch-back": _("Month of complaints closed"),
    "cause-add": _("Cause added to the tree"), "cause-change": _("Cause renamed or moved"),
    "eightd-add": _("8D record begun"), "eightd-change": _("8D record written on, signed or given to the customer"),
    "eightd-put-away": _("8D record put away"), "eightd-fetch-back": _("8D record fetched back"),
    "effectcheck-add": _("Day set to look whether a countermeasure works"),
    "effectcheck-change": _("Looked whether a countermeasure works"),
    "effectcheck-put-away": _("Check of a countermeasure dropped"),
    "effectcheck-fetch-back": _("Check of a countermeasure asked again"),
    "inquiry-add": _("Question to a customer set"), "inquiry-change": _("Question to a customer answered or moved"),
    "inquiry-put-away": _("Question to a customer put away"), "inquiry-fetch-back": _("Question to a customer fetched back"),
    "cause-put-away": _("Cause put away"), "cause-fetch-back": _("Cause fetched back"),
}  # fmt: skip
FIELDS = {
    "opens": _("The house opens at"), "closes": _("The house closes at"),
    "acknowledge": _("Acknowledge it"), "answer": _("First answer"), "step": _("Each step"), "close": _("Resolve it"),
    "recovered": _("Recovered so far"), "compensations": _("Compensation"), "related": _("Related"),
    "branch": _("Branch of the tree of causes"),
}  # fmt: skip
