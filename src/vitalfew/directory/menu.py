from vitalfew.directory.rights import DirectoryRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Directory"), "directory", "supply", DirectoryRight.SEE, 460),
    Entry(_("Found in the facts"), "directory-found", "search", DirectoryRight.SEE, 470, under="directory"),
    Entry(_("Import a list"), "directory-import", "upload", DirectoryRight.IMPORT, 480, under="directory"),
)
