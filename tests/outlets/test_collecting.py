"""What pages load is of this version, whenever the files of the one before were written."""

from vitalfew.outlets.collecting import PACKAGE, collect


def test_an_older_version_that_seems_younger_is_replaced(home, monkeypatch):
    monkeypatch.setenv("VITALFEW_HOME", str(home.folder))
    collected = home.folder / "static"
    collected.mkdir(exist_ok=True)
    for name in ("app.js", "app.0123456789ab.js", "collected.txt"):
        (collected / name).write_text("// before")

    collect(collected)

    assert (collected / "app.js").read_bytes() == (PACKAGE / "app.js").read_bytes()
    assert (collected / "app.0123456789ab.js").read_text() == "// before", "a server that still runs gives it out"


def test_the_same_version_is_collected_once(home, monkeypatch):
    monkeypatch.setenv("VITALFEW_HOME", str(home.folder))
    collect(home.folder / "static")
    (home.folder / "static" / "app.js").unlink()

    collect(home.folder / "static")

    assert not (home.folder / "static" / "app.js").exists()
