from vitalfew.terms import gettext_noop as _

STEPS = {
    "comment-add": _("Comment written"), "comment-change": _("Comment changed"),
    "comment-put-away": _("Comment put away"), "comment-fetch-back": _("Comment fetched back"),
}  # fmt: skip
FIELDS = {"text": _("Text")}
