"""What the processes run that tests kill: the command itself, on a home of their own."""

import os


def vitalfew(home, words):
    os.environ.update(VITALFEW_HOME=home, DATABASE_URL="")
    from vitalfew.outlets.cli.app import app

    app(list(words))
