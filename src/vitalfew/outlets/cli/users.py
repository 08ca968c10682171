"""``vitalfew user``: administration without a browser."""

import secrets
import sys
from typing import Annotated, Any

import typer

from vitalfew.outlets.cli.house import opened, who
from vitalfew.outlets.cli.screen import FAILED, USAGE, out, say, screen, stop, table, write_json
from vitalfew.people.roles import GIVEN, Role
from vitalfew.terms import gettext_noop as _

app = typer.Typer(no_args_is_help=True, help="Users, their roles, passwords and API tokens.")
ROLES = ", ".join(role.value for role in GIVEN)


def _user(name: str) -> Any:
    from vitalfew.people.models import User

    found = User.objects.exclude(role=Role.PORTAL).filter(username=name).first()
    if found is None:
        stop(_("There is no user '{name}'"), FAILED, name=name)
    return found


def _role(role: str) -> str:
    if role not in {each.value for each in GIVEN}:
        stop(_("There is no role '{role}'. Known: {known}"), USAGE, role=role, known=ROLES)
    return role


def _password(given: str | None) -> tuple[str, bool]:
    """The password typed or piped in, or a fresh one that is then shown once."""
    if given == "-":
        return sys.stdin.readline().rstrip("\n"), False
    return (given, False) if given else (secrets.token_urlsafe(12), True)


def _tell(done: dict[str, str], made: str | None, *, as_json: bool) -> None:
    """A password that was made is shown this once: named as such for people, alone on its line for scripts."""
    if as_json:
        write_json({**done, "password": made})
    elif made and sys.stdout.isatty():
        out().print(screen.tr(_("Password (shown this once): {password}"), password=made), markup=False)
    elif made:
        say(_("The password that was made stands on standard output, this once"))
        out().print(made, markup=False)


@app.command("add")
def add(
    username: str,
    role: Annotated[str, typer.Option(help=ROLES)] = Role.MANAGER.value,
    name: Annotated[str, typer.Option(help="The person's name, family name first in Chinese.")] = "",
    email: Annotated[str, typer.Option(help="Where mail to the person goes.")] = "",
    password: Annotated[
        str | None, typer.Option(help="- reads it from standard input; without it one is made.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Add a user."""
    opened()
    from vitalfew.people.actions import NotAPerson, UsernameTaken, add_user

    chosen, fresh = _password(password)
    try:
        add_user(who(), username=username, name=name or username, role=_role(role), email=email, password=chosen)
    except UsernameTaken:
        stop(_("The user name '{name}' is taken"), FAILED, name=username)
    except NotAPerson as wrong:
        stop("{wrong}", USAGE, wrong=wrong)
    say(_("User '{name}' added"), name=username)
    _tell({"user": username, "role": role}, chosen if fresh else None, as_json=as_json)


@app.command("passwd")
def passwd(
    username: str,
    password: Annotated[str | None, typer.Option(help="- reads it from standard input.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Set a new password; without one given, it is made and shown once."""
    opened()
    from vitalfew.people.actions import set_password

    chosen, fresh = _password(password)
    set_password(who(), _user(username), chosen)
    say(_("Password of '{name}' changed"), name=username)
    _tell({"user": username}, chosen if fresh else None, as_json=as_json)


@app.command("role")
def role(username: str, role: str) -> None:
    """Give a user another role."""
    opened()
    from vitalfew.people.actions import LastAdministrator, set_role

    try:
        set_role(who(), _user(username), _role(role))
    except LastAdministrator:
        stop(_("'{name}' is the only administrator: make another one first"), FAILED, name=username)
    say(_("'{name}' is now {role}"), name=username, role=role)


@app.command("token")
def token(username: str, name: Annotated[str, typer.Option(help="What the token is for.")] = "cli") -> None:
    """Make an API token; it is shown once."""
    opened()
    from vitalfew.people.actions import make_token

    out().print(make_token(who(), _user(username), name), markup=False)


@app.command("list")
def list_() -> None:
    """List users and their roles."""
    opened()
    from vitalfew.people.models import User

    headings = [(screen.tr(text), False) for text in (_("User name"), _("Name"), _("Role"), _("Active"))]
    table(
        "",
        headings,
        [
            [u.username, u.name, u.role, "✓" if u.is_active else ""]
            for u in User.objects.exclude(role=Role.PORTAL).order_by("username")
        ],
    )
