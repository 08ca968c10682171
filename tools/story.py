"""Plays stories of the department on the demo book through the browser, with pictures of every step.

    python tools/story.py DIR                  all of them, each with a folder of pictures: desktop in Chinese, phone in English
    python tools/story.py DIR monday           one of them
    python tools/story.py DIR --home HOME      on a demo home that stays; else each story begins on a fresh one

Whoever changes a page on one of these roads is told here: a story stops where it cannot go on.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stories import complaint, monday, portal_tour, rebate, resigning, shortage, survey_round, visit_week
from stories.telling import told

STORIES = {
    "resigning": resigning, "monday": monday, "visit-week": visit_week, "rebate": rebate, "complaint": complaint,
    "survey-round": survey_round, "portal-tour": portal_tour, "shortage": shortage,
}  # fmt: skip


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Play stories of the department through the browser.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("names", nargs="*", choices=[*STORIES, []], help="which stories; all without one")
    parser.add_argument("--home", type=Path, help="a demo home that stays")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = asked(arguments)
    for name in wanted.names or STORIES:
        folder = wanted.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as temporary, told(folder, wanted.home or Path(temporary)) as story:
            STORIES[name].tell(story, wanted.home or Path(temporary))


if __name__ == "__main__":
    main()
