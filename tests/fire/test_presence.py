"""Who works in a home is known to every process that shares its folder, however a process ends."""

import multiprocessing

import pytest

from vitalfew import presence
from vitalfew.home import Home


@pytest.fixture
def folder(tmp_path):
    home = Home(tmp_path / "home")
    home.make()
    return home.folder


@pytest.fixture(scope="module")
def processes():
    return multiprocessing.get_context("forkserver")


def be_there(folder, told, until):
    told.put(presence.name_here(folder))
    with presence.one_at_a_time(folder, "work"):
        presence.occupy(folder)
        told.put("working")
        until.wait(60)


@pytest.fixture
def other(processes, folder):
    """Another process at work in the home: its name, itself, and what lets it end."""
    told, until = processes.Queue(), processes.Event()
    process = processes.Process(target=be_there, args=(folder, told, until))
    process.start()
    name = told.get(timeout=60)
    assert told.get(timeout=60) == "working"
    yield name, process, until
    process.kill()
    process.join()


@pytest.mark.parametrize("killed", [True, False])
def test_a_process_is_present_until_it_ends_however_it_does(folder, other, killed):
    name, process, until = other
    assert presence.is_present(folder, name)

    process.kill() if killed else until.set()
    process.join()
    assert not presence.is_present(folder, name)
    assert not (folder / "processes" / name).exists()


def test_nobody_else_does_the_work_meanwhile_and_whoever_waits_does_it_then(folder, other):
    _name, process, _until = other
    with pytest.raises(presence.Busy), presence.one_at_a_time(folder, "work", wait=False):
        pytest.fail("two at one time")
    with presence.one_at_a_time(folder, "other work", wait=False):
        pass

    process.kill()
    with presence.one_at_a_time(folder, "work"):
        pass


def test_a_home_is_nobodys_alone_while_another_is_in_it(folder, other):
    _name, process, until = other
    presence.occupy(folder)
    with pytest.raises(presence.Busy), presence.alone(folder):
        pytest.fail("not alone")
    until.set()
    process.join()

    presence.occupy(folder)
    with presence.alone(folder):
        pass
    presence.occupy(folder)


def test_one_who_leaves_is_there_no_more_and_comes_back_under_another_name(folder):
    name = presence.name_here(folder)
    assert presence.name_here(folder) == name
    assert presence.is_present(folder, name)
    presence.leave(folder)

    assert not presence.is_present(folder, name)
    assert presence.name_here(folder) != name
    presence.leave(folder)


@pytest.mark.parametrize("name", ["", "../secret.key", "4711:99", "x" * 65, "never-was-here"])
def test_what_is_no_name_of_a_process_is_nobody(folder, name):
    assert not presence.is_present(folder, name)
    assert (folder / "secret.key").exists()


def test_many_who_come_at_once_have_names_of_their_own(processes, folder):
    told, until = processes.Queue(), processes.Event()
    started = [processes.Process(target=just_come, args=(folder, told, until)) for _ in range(6)]
    for process in started:
        process.start()
    names = [told.get(timeout=60) for _ in started]

    assert len(set(names)) == 6
    assert all(presence.is_present(folder, name) for name in names)
    until.set()
    for process in started:
        process.join()
    assert not any(presence.is_present(folder, name) for name in names)
    assert list((folder / "processes").iterdir()) == []


def just_come(folder, told, until):
    told.put(presence.name_here(folder))
    until.wait(60)
