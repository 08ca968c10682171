"""The words of alarms."""

from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class AlarmState(Term):
    """How far an alarm has come."""

    OPEN = "open", _("Nobody has answered")
    SEEN = "seen", _("Acknowledged")
    DONE = "done", _("Done")
    ENDED = "ended", _("Ended by itself")


class How(Term):
    """How somebody wishes to be told of alarms of an urgency, beside the page."""

    AT_ONCE = "at-once", _("By mail at once")
    DIGEST = "digest", _("In the daily digest")
    PAGE = "page", _("On the page alone")


class Why(Term):
    """Why somebody is told."""

    ADDRESSED = "addressed", _("Addressed by the rule")
    ESCALATED = "escalated", _("Nobody had answered")
    FALLBACK = "fallback", _("Nobody else could be told")


class Way(Term):
    """What kind of system takes posts."""

    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    SLACK = "slack", "Slack"
    JSON = "json", _("JSON, signed")


class Trouble(Term):
    """Why something could not be sent."""

    ADDRESS = "address", _("The address is no https:// address of a host")
    INSIDE = "inside", _("The address lies inside a private network, which is not allowed for it")
    UNKNOWN = "unknown", _("The host cannot be found")
    UNREACHED = "unreached", _("The host cannot be reached, or its certificate is not trusted")
    SLOW = "slow", _("The host did not answer in time")
    ANSWER = "answer", _("The host answered with an error")
    REFUSED = "refused", _("The receiver did not take the message: look at its key, signature and limits")
    MAIL = "mail", _("The mail server did not take it")


class Whose(Term):
    """Of whom the list tells."""

    MINE = "mine", _("Told to me")
    ALL = "all", _("Told to anybody")


class Verdict(Term):
    """What became of a kind's alarms."""

    UNKNOWN = "unknown", _("Cannot tell yet")
    NOISE = "noise", _("Noise: none led to anything")
    RARE = "rare", _("Seldom leads to anything")
    USEFUL = "useful", _("Leads to something")
