"""That somebody may not do something is a line of the log, not a failure: it has no traceback."""

import logging

from django.core.exceptions import PermissionDenied


class Calm(logging.Filter):
    """Takes the traceback from what was only refused."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = record.exc_text = None
        return True
