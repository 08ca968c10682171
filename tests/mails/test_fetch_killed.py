"""A fetch that is killed on its way is completed by the same command; nothing is lost and nothing stands twice."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

from imap import MailServer
from written import mail

MAILS = 12
RUN = [sys.executable, "-m", "vitalfew", "--lang", "en", "mail", "fetch", "--json"]


def environment(home, server):
    return {**os.environ, "VITALFEW_HOME": str(home), "VITALFEW_MAIL": server.url, "DATABASE_URL": ""}


def kept(home):
    place = home / "work.sqlite3"
    if not place.exists():
        return []
    with sqlite3.connect(place) as database:
        return [key for (key,) in database.execute("SELECT key FROM mails_mail")]


def test_killed_in_the_middle_the_same_command_completes_it(tmp_path):
    home = tmp_path / "home"
    with MailServer(slow=0.15) as server:
        server.add(*(mail(number=n, sender="x@y.example") for n in range(MAILS)))
        subprocess.run([*RUN[:3], "init"], env=environment(home, server), check=True, capture_output=True)  # noqa: S603
        for few in (2, 6):
            running = subprocess.Popen(RUN, env=environment(home, server), stdout=subprocess.DEVNULL)  # noqa: S603
            until = time.monotonic() + 60
            while len(kept(home)) < few and time.monotonic() < until and running.poll() is None:
                time.sleep(0.02)
            running.send_signal(signal.SIGKILL)
            running.wait()
        cut = len(kept(home))

        done = subprocess.run(RUN, env=environment(home, server), check=True, capture_output=True)  # noqa: S603

    assert 2 <= cut < MAILS
    assert json.loads(done.stdout)["read"] == MAILS - cut
    assert len(set(kept(home))) == len(kept(home)) == MAILS
    assert len([place for place in (home / "mails").iterdir() if "." not in place.name]) == MAILS


def test_without_a_mailbox_one_line_says_what_to_set(tmp_path):
    given = {**os.environ, "VITALFEW_HOME": str(tmp_path / "home"), "DATABASE_URL": "", "VITALFEW_MAIL": ""}

    done = subprocess.run(RUN, env=given, check=False, capture_output=True, text=True)  # noqa: S603

    assert done.returncode == 1
    assert done.stderr.count("\n") == 2  # that the home is new, and what to set
    assert "VITALFEW_MAIL" in done.stderr
