from vitalfew.terms import gettext_noop as _

STEPS = {
    "pair-add": _("Possible duplicate found"), "pair-change": _("Possible duplicate decided"),
    "pair-put-away": _("Possible duplicate put away"), "pair-fetch-back": _("Possible duplicate fetched back"),
    "account-merge": _("Another account merged into this one"), "account-merged": _("Merged into another account"),
    "account-part": _("Merge of another account undone"), "account-parted": _("On its own again"),
    "person-merge": _("Another record of the person merged into this one"), "person-part": _("Merge of the person undone"),
    "duplicates-find": _("Duplicates looked for"),
}  # fmt: skip
FIELDS = {"merged": _("Merged record"), "into": _("Merged into"), "state": _("Decision")}
