"""What ``--help`` says, in the reader's language: the words stand beside the commands in English."""

from collections.abc import Iterator
from typing import Any, Final

from vitalfew.language import Language, translate
from vitalfew.terms import gettext_noop as _

Command = Any
"""A command as Typer builds it; the class of its own is private to it."""
FRAME: Final = {
    "ARGUMENTS_PANEL_TITLE": _("Arguments"),
    "OPTIONS_PANEL_TITLE": _("Options"),
    "COMMANDS_PANEL_TITLE": _("Commands"),
    "ERRORS_PANEL_TITLE": _("Error"),
    "DEFAULT_STRING": _("[default: {}]"),
    "REQUIRED_LONG_STRING": _("[required]"),
    "RICH_HELP": _("Try [blue]'{command_path} {help_option}'[/] for help."),
}
"""Typer's own words around them, by the name it keeps each under."""
ON_HELP: Final = _("Show this message and exit.")


def whole(command: Command) -> Iterator[Command]:
    """The command and all below it."""
    yield command
    for below in getattr(command, "commands", {}).values():
        yield from whole(below)


def texts(command: Command) -> set[str]:
    """Every sentence of help, as it stands in the code."""
    each = [*whole(command)]
    told = [one.help for one in each] + [getattr(param, "help", None) for one in each for param in one.params]
    return {text for text in told if text}


def help_in(language: Language, command: Command) -> None:
    """From now on the help of the command, and of all below it, is in this language."""
    import typer.rich_utils

    for name, text in FRAME.items():
        setattr(typer.rich_utils, name, translate(text, language))
    for one in whole(command):
        _say(one, language)


def _say(command: Command, language: Language) -> None:
    command.help = translate(command.help, language) if command.help else None
    for param in command.params:
        if text := getattr(param, "help", None):
            param.help = translate(text, language)
    show = command.get_help_option
    command.get_help_option = lambda context: _on_help(show(context), language)


def _on_help(option: Any, language: Language) -> Any:
    if option:
        option.help = translate(ON_HELP, language)
    return option
