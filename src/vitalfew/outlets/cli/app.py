"""``vitalfew``: the command and its options for all subcommands."""

import importlib.metadata
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from vitalfew.home import Home
from vitalfew.outlets.cli import analyse, backtest, bench, data, mails, operate, report, upgrade, users
from vitalfew.outlets.cli.helping import help_in
from vitalfew.outlets.cli.screen import FAILED, asked_for, err, out, screen, speak
from vitalfew.outlets.cli.trouble import sentence

app = typer.Typer(
    name="vitalfew",
    help="Key account management: find the vital few customers and look after them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001  (as Typer calls it)
    if wanted:
        out().print(f"vitalfew {importlib.metadata.version('vitalfew')}", markup=False)
        raise typer.Exit


VERSION = typer.Option("--version", help="Say which version this is.", callback=_say_version, is_eager=True)


@app.callback()
def _options(
    home: Annotated[str | None, typer.Option(help="Folder of all state (else VITALFEW_HOME).")] = None,
    lang: Annotated[str | None, typer.Option(help="en, zh-hans or zh-hant; zh-CN and zh-TW too.")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,  # noqa: FBT002  (Typer's flag)
    _version: Annotated[bool, VERSION] = False,  # noqa: FBT002  (as above)
) -> None:
    if home:
        os.environ["VITALFEW_HOME"] = home
    screen.debug = debug
    speak(lang)


for subject in (operate, upgrade, data, analyse, backtest, bench, report):
    subject.add_to(app)
app.add_typer(users.app, name="user")
app.add_typer(mails.app, name="mail")


FOR_ALL: Final = {"--home": 2, "--lang": 2, "--debug": 1}
"""What every command takes, with the words each needs."""


def for_all_first(words: Sequence[str]) -> list[str]:
    """The same words, those for all commands in front: people write ``vitalfew imports --lang zh-hans`` as well."""
    first, rest, left = list[str](), list[str](), list(words)
    while left and left[0] != "--":
        name, equals, _value = left[0].partition("=")
        taken = FOR_ALL.get(name, 0)
        n = 1 if equals or not taken else taken
        (first if taken else rest).extend(left[:n])
        del left[:n]
    return [*first, *rest, *left]


def main() -> None:
    """Run the command; a failure is one line, with its traceback only when asked for."""
    try:
        words = for_all_first(sys.argv[1:])
        command = typer.main.get_command(app)
        if (language := asked_for(words)) != "en":
            help_in(language, command)
        command(args=words, prog_name="vitalfew")
    except (SystemExit, KeyboardInterrupt):
        raise
    except Exception as failure:
        if screen.debug or "--debug" in sys.argv:
            raise
        home = Home.named()
        told = sentence(failure, home)
        text = screen.tr(told, folder=home.folder) if told else f"{type(failure).__name__}: {failure}"
        err().print(text, style="red", markup=False, soft_wrap=True)
        raise SystemExit(FAILED) from None
