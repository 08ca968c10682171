from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Ten characters; says so in every language of the house."""

    def __init__(self) -> None:
        super().__init__(10)

    def get_error_message(self) -> str:
        return _("The password is too short: at least ten characters")
