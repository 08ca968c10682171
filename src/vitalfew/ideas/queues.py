from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import IdeaState
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _

IDEAS = Queue(
    "ideas", _("Ideas"), Idea.objects.all, {"state": IdeaState.NEW.value, "put_away_at": None}, "made_at", "looked_at"
)
QUEUES = (IDEAS,)
