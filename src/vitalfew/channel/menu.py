from vitalfew.channel.rights import ChannelRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Green channel"), "green-channel", "clock", ChannelRight.SEE, 125, under="today",
        also=_("Queues, priority, how long everybody waits"),
    ),
)  # fmt: skip
