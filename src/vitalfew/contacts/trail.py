from vitalfew.terms import gettext_noop as _

STEPS = {
    "person-add": _("Person added"), "person-change": _("Person changed"),
    "person-hand-out": _("What is kept of a person handed out"), "person-erase": _("Person erased"),
    "person-put-away": _("Person put away"), "person-fetch-back": _("Person fetched back"), "post-add": _("Post added"),
    "post-change": _("Post changed"), "post-put-away": _("Post put away"), "post-fetch-back": _("Post fetched back"),
}  # fmt: skip
FIELDS = {"person": _("Person"), "posts": _("Posts"), "files": _("Files"), "fields": _("Fields")}
