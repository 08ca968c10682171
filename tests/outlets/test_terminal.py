"""What the commands say to a person at a terminal."""

import io
import json
import re
import socket
import tarfile
from types import SimpleNamespace

import pytest
import typer
import typer.rich_utils
from django.conf import settings
from django_tasks_db.models import DBTaskResult
from rich.console import Console
from typer.testing import CliRunner

from vitalfew.imports.models import Import
from vitalfew.imports.work import refresh
from vitalfew.language import translate
from vitalfew.outlets.cli.app import app, for_all_first, main
from vitalfew.outlets.cli.helping import FRAME, texts
from vitalfew.outlets.cli.screen import FAILED, REFUSED, USAGE, language_named, screen, table

ORDERS = "order_id,客户编码,ordered_on,数量,金额,备注\nO1,C1,2025-01-03,2,200,x\n"


@pytest.fixture
def run(home, monkeypatch):
    """A command on an empty home, in English."""
    monkeypatch.setenv("VITALFEW_HOME", str(home.folder))
    monkeypatch.setenv("COLUMNS", "80")
    before = screen.language
    yield lambda *words: CliRunner().invoke(app, ["--lang", "en", *map(str, words)])
    screen.language = before


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *((tag, "zh-hans") for tag in ("zh", "zh-CN", "zh_CN", "zh-hans", "zh_SG.UTF-8")),
        *((tag, "zh-hant") for tag in ("zh-TW", "zh_HK", "zh-Hant", "zh_TW.UTF-8")),
        *((tag, "en") for tag in ("en", "en-GB", "en_US.UTF-8")),
        *((tag, None) for tag in ("fr", "chinese", "C.UTF-8")),
    ],
)
def test_languages_as_people_and_machines_write_them(tag, language):
    assert language_named(tag) == language


def test_an_unknown_language_is_refused_in_words(run):
    refused = run("--lang", "fr", "analyses")

    assert refused.exit_code == USAGE
    assert "There is no language 'fr'. Known: zh-hans, zh-hant, en" in refused.stderr


@pytest.mark.parametrize(
    ("words", "sorted_words"),
    [
        ("imports 3 --lang en --json", "--lang en imports 3 --json"),
        ("refresh --home=/x --debug", "--home=/x --debug refresh"),
        ("user add --lang", "--lang user add"),
        ("analyse pareto -- --lang", "analyse pareto -- --lang"),
    ],
    ids=["language", "home", "nothing-after", "after-the-dashes"],
)
def test_what_all_commands_take_may_stand_anywhere(words, sorted_words):
    assert for_all_first(words.split()) == sorted_words.split()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_help_is_in_the_readers_language(language):
    command = typer.main.get_command(app)
    english = texts(command)

    assert len(english) > 70
    assert not [text for text in english if translate(text, language) == text]


def test_help_is_asked_for_before_the_language_or_after(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["vitalfew", "user", "add", "--help", "--lang", "zh-hans"])
    for name in (*FRAME, "MAX_WIDTH"):
        monkeypatch.setattr(typer.rich_utils, name, getattr(typer.rich_utils, name))
    with pytest.raises(SystemExit):
        main()

    shown = capsys.readouterr().out
    assert {"新增用户。", "选项", "显示本说明。"} <= set(re.findall(r"[\u4e00-\u9fff。]+", shown))


def test_a_picture_is_not_written_to_a_terminal(run, monkeypatch):
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("vitalfew.outlets.cli.analyse.sys", terminal)

    refused = run("analyse", "pareto", "--format", "png")

    assert refused.exit_code == USAGE
    assert "name a file with --output FILE" in refused.stderr


def test_a_taken_port_is_told_before_anything_is_computed(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VITALFEW_HOME", str(tmp_path / "none"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = run("demo", "--port", port)

    assert refused.exit_code == FAILED
    assert f"Port {port} is taken" in refused.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("alone_with_its_files")
def test_a_backup_replaces_no_file_unasked(run, tmp_path):
    file = tmp_path / "b.tar.gz"
    file.write_text("of yesterday")

    refused = run("backup", file)

    assert (refused.exit_code, file.read_text()) == (FAILED, "of yesterday")
    assert "replace it with --force" in refused.stderr
    assert run("backup", file, "--force").exit_code == 0
    assert tarfile.is_tarfile(file)


def other_archive(path):
    with tarfile.open(path, "w:gz") as archive:
        archive.add(__file__, "notes.txt")


def cut_off(path):
    other_archive(path)
    path.write_bytes(path.read_bytes()[:-200])


@pytest.mark.parametrize("write", [lambda path: path.write_text("a,b\n1,2\n"), other_archive, cut_off])
def test_what_is_no_backup_is_not_restored(run, tmp_path, monkeypatch, write):
    monkeypatch.setenv("VITALFEW_HOME", str(tmp_path / "new"))
    write(tmp_path / "b.tar.gz")

    refused = run("restore", tmp_path / "b.tar.gz")

    assert refused.exit_code == FAILED
    assert "is no whole backup of vitalfew; nothing was restored" in refused.stderr
    assert not list((tmp_path / "new").iterdir())


def test_a_backup_that_is_not_there_is_told(run, tmp_path):
    assert f"There is no file {tmp_path / 'gone'}" in run("restore", tmp_path / "gone").stderr


@pytest.mark.django_db
def test_the_password_that_was_made_is_called_so(run):
    from vitalfew.people.models import User

    document = json.loads(run("user", "add", "wang", "--json").stdout)
    plain = run("user", "passwd", "wang")

    assert document == {"user": "wang", "role": "manager", "password": document["password"]}
    assert "The password that was made stands on standard output" in plain.stderr
    assert User.objects.get(username="wang").check_password(plain.stdout.strip())


@pytest.mark.django_db(transaction=True)
def test_an_import_tells_which_column_was_read_as_what(run, tmp_path):
    (tmp_path / "o.csv").write_text(ORDERS)

    told = run("import", "order-lines", tmp_path / "o.csv", "--map", "product=备注")
    shown = run("imports", Import.objects.latest("pk").pk)

    assert "order_id ← order_id" in told.stderr
    assert "customer ← 客户编码" in told.stderr
    assert "product ← 备注" in told.stderr
    assert "product ← 备注" in shown.stdout


@pytest.mark.django_db(transaction=True)
def test_the_list_of_imports_gives_the_reason_of_a_refusal(run, tmp_path):
    (tmp_path / "o.csv").write_text("a,b\n1,2\n")

    assert run("import", "order-lines", tmp_path / "o.csv").exit_code == REFUSED
    assert "Not found: Order number" in run("imports").stdout


@pytest.mark.usefixtures("run")
def test_headings_of_a_narrow_table_are_wrapped_not_cut():
    from vitalfew.outlets.cli.screen import out, table

    with out().capture() as drawn:
        table(
            "",
            [("Asked on", False), *((f"A heading of words {n}", True) for n in range(9))],
            [["2025-05-23"] + ["1"] * 9],
        )

    assert "2025-05-23" in drawn.get()
    assert "…" not in drawn.get()


def test_a_refusal_names_the_table_that_can_be_given(run, tmp_path):
    (tmp_path / "o.csv").write_text("order_id,customer,ordered_on,quantity,amount\nO1,C1,2025-01-03,2,200\n")

    refused = run("analyse", "knowledge-value", "--input", f"order_lines={tmp_path / 'o.csv'}")

    assert refused.exit_code == FAILED
    assert "(Tables that can be given: knowledge_events)" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_what_a_command_imports_is_refreshed_in_the_background_or_by_hand(run, tmp_path):
    def asked():
        return DBTaskResult.objects.filter(task_path=refresh.module_path, status="READY").count()

    orders = tmp_path / "orders.csv"
    orders.write_text(ORDERS)

    run("import", "order-lines", orders, "--currency", "CNY", "--dry-run")
    assert asked() == 0
    run("import", "order-lines", orders, "--currency", "CNY")
    run("import", "order-lines", orders, "--currency", "CNY")
    assert asked() == 1, "once, however often"

    run("refresh", "--as-of", "2025-01-02")
    assert asked() == 1, "of an earlier day"
    run("refresh")
    assert asked() == 0, "it was done by hand"

    for pk in Import.objects.order_by("-pk").values_list("pk", flat=True):
        run("import-undo", pk)
    assert asked() == 1


def test_the_version_is_said(run):
    assert run("--version").stdout.startswith("vitalfew 0.")


@pytest.mark.database
@pytest.mark.django_db
def test_replaced_rows_are_told_apart(run, tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS, encoding="utf-8")
    assert "older versions" not in run("import", "order-lines", file).stderr
    file.write_text(ORDERS.replace("200", "250"), encoding="utf-8")

    assert "Of the accepted rows 1 take the place of older versions" in run("import", "order-lines", file).output
    assert re.search(r"\d{4}-\d\d-\d\d", run("imports").output)


@pytest.mark.database
@pytest.mark.django_db
def test_columns_are_kept_once_a_file_could_be_read_with_them(run, tmp_path):
    from vitalfew.imports.models import Mapping

    file = tmp_path / "orders.csv"
    file.write_text(ORDERS.replace("ordered_on", "Wann"), encoding="utf-8")
    named = ("--mapping", "till", "--map", "ordered_on=Wann")

    run("import", "order-lines", file, *named, "--dry-run")
    run("import", "order-lines", tmp_path / "none.csv", *named)
    assert not Mapping.objects.exists()
    run("import", "order-lines", file, *named)
    assert Mapping.objects.get(name="till").fields == {"ordered_on": "Wann"}
    other = run("import", "payments", file, "--mapping", "till")
    assert other.exit_code == FAILED
    assert "is for order-lines" in other.stderr


@pytest.fixture
def orders(tmp_path):
    file = tmp_path / "orders.csv"
    rows = [f"O{n},C{n},2025-01-0{n},1,{n}00.12345,x" for n in range(1, 6)]
    file.write_text("\n".join([ORDERS.splitlines()[0], *rows]) + "\n", encoding="utf-8")
    return file


def test_a_table_goes_whole_into_the_file(run, orders, tmp_path):
    target = tmp_path / "found.txt"

    done = run("analyse", "pareto", "--input", f"order_lines={orders}", "--format", "table", "--output", target)

    assert done.exit_code == 0
    assert not done.stdout
    assert all(f"C{n}" in target.read_text(encoding="utf-8") for n in range(1, 6))


def test_what_was_left_out_stands_before_the_headline(run, orders):
    with orders.open("a", encoding="utf-8") as file:
        file.write("O9,C9,never,1,5,x\n")

    told = run("analyse", "pareto", "--input", f"order_lines={orders}").stdout

    assert told.index("1 row could not be read") < told.index("of accounts")


def test_each_reason_for_which_rows_were_left_out_is_told(run, orders):
    with orders.open("a", encoding="utf-8") as file:
        file.write("O8,C8,2025-01-03,many,5,x\nO9,C9,never,1,5,x\nO10,C10,never,1,5,x\n")

    told = " ".join(run("analyse", "pareto", "--input", f"order_lines={orders}").stdout.split())

    assert "2 rows could not be read and were left out. ordered_on: " in told
    assert "1 row could not be read and was left out. quantity: " in told


def test_accounts_are_called_by_name_where_the_file_has_it(run, tmp_path):
    file = tmp_path / "named.csv"
    rows = [f"O{n},C{n},华东电器{n}号,2025-01-0{n},1,{n}00" for n in range(1, 6)]
    file.write_text("\n".join(["order_id,客户编码,客户名称,ordered_on,数量,金额", *rows]) + "\n", encoding="utf-8")

    assert "C5 华东电器5号" in run("analyse", "pareto", "--input", f"order_lines={file}").stdout


def test_a_file_without_its_table_is_told_how_to_name_it(run, orders):
    refused = run("analyse", "pareto", "--input", orders)

    assert refused.exit_code == USAGE
    assert f"--input order_lines={orders}" in "".join(refused.stderr.split("\n"))


@pytest.mark.django_db
def test_a_role_without_pages_is_not_given(run):
    refused = run("user", "add", "somebody", "--role", "portal")

    assert refused.exit_code == USAGE
    assert "portal" not in refused.stderr.partition("Known:")[2]


def test_a_folder_that_is_not_there_is_told_before_anything_is_computed(run, orders):
    refused = run("analyse", "pareto", "--input", f"order_lines={orders}", "--output", "/nowhere/x.csv")

    assert refused.exit_code == USAGE
    assert "There is no folder /nowhere" in refused.stderr


def test_a_port_beyond_the_last_is_wrong_usage(run):
    assert run("serve", "--port", 99999).exit_code == USAGE


def test_a_missing_column_is_told_with_the_field_to_name_it_by(run, tmp_path):
    file = tmp_path / "few.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")

    refused = run("analyse", "pareto", "--input", f"order_lines={file}")

    assert refused.exit_code == REFUSED
    assert "--map FIELD=COLUMN; the fields are order_id, customer, ordered_on, quantity, amount" in refused.stderr


@pytest.mark.parametrize("said", [("--format", "svg", "--output", "{}/drawn"), ("--output", "{}/drawn.svg")])
def test_a_drawing_is_written_by_name_or_ending(run, tmp_path, said):
    (tmp_path / "lines.csv").write_text(
        "order_id,ordered_on,customer,quantity,amount\n"
        + "\n".join(f"O{n},2025-{n % 12 + 1:02d}-05,C{n % 7},1,{n + 1}" for n in range(60))
    )
    words = (
        "analyse",
        "pareto",
        "--input",
        f"order_lines={tmp_path}/lines.csv",
        *(each.format(tmp_path) for each in said),
    )

    done = run(*words)

    assert done.exit_code == 0, done.output
    assert b"<svg" in (tmp_path / said[-1].rpartition("/")[2]).read_bytes()


@pytest.mark.django_db
def test_an_import_nobody_reads_any_more_is_found(home):
    from vitalfew.outlets.doctor import examine
    from vitalfew.presence import name_here

    def checked():
        return next(each for each in examine(home) if each.name == "imports")

    row = Import.objects.create(
        kind="order-lines", file="a.csv", who="ann", state="reading", process=name_here(home.folder)
    )
    assert checked().good

    Import.objects.filter(pk=row.pk).update(process="gone")
    assert not checked().good
    assert checked().message.say("en").startswith("1 imports were cut off")


@pytest.mark.django_db(transaction=True)
def test_totals_that_were_skipped_are_told(run, tmp_path):
    file = tmp_path / "totals.csv"
    file.write_text(f"{ORDERS}合计,,,2,200,\n", encoding="utf-8")

    told = run("import", "order-lines", file, "--json")

    report = json.loads(told.stdout)
    assert (report["rows_read"], report["rows_skipped"], report["totals_skipped"]) == (1, 1, 1)
    assert "Totals rows skipped: 1" in run("imports", report["import"]).stdout


@pytest.mark.django_db(transaction=True)
def test_a_refresh_of_an_empty_home_says_so_in_a_line(run):
    done = run("refresh")

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.count("\n") <= 2
    assert "There are no orders to compute anything from" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_an_empty_house_begins_with_first_steps_and_no_day(run, client):
    from vitalfew.people.actions import add_user

    run("refresh")
    user = add_user("test", username="first", name="First", role="administrator", password="a-long-password")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get("/").content.decode()

    assert "No figures yet" in page
    assert "Nothing waits" not in page
    assert "count from" not in page
    assert "/data/" in page


@pytest.mark.django_db
def test_an_analysis_reads_the_facts_as_they_were_after_an_import(run, orders, tmp_path):
    later = tmp_path / "later.csv"
    later.write_text(f"{ORDERS.splitlines()[0]}\nO9,C9,2025-01-09,1,900,x\n", encoding="utf-8")
    run("import", "order-lines", orders)
    run("import", "order-lines", later)

    then, now = (run("analyse", "pareto", *asked).stdout for asked in (("--after-import", "1"), ()))

    assert "C9" not in then
    assert "C9" in now
    unknown = run("analyse", "pareto", "--after-import", "7")
    assert unknown.exit_code == USAGE
    assert "Import 7 has left no facts" in unknown.stderr
    both = run("analyse", "pareto", "--after-import", "1", "--input", f"order_lines={orders}")
    assert both.exit_code == USAGE


@pytest.mark.parametrize("width", [80, 200])
def test_a_table_too_wide_for_its_terminal_is_told_line_by_line(monkeypatch, width):
    drawn = io.StringIO()
    monkeypatch.setattr(screen, "console", Console(file=drawn, width=width, force_terminal=True, color_system=None))
    headings = [("Day", False), *((f"Heading {n}", True) for n in range(8))]

    table("", headings, [["2026-01-31", *(f"12,345,67{n}" for n in range(8))]])

    lines = drawn.getvalue().splitlines()
    assert ([line.split() for line in lines[:3]] == [["Day", "2026-01-31"], ["Heading", "0", "12,345,670"],
            ["Heading", "1", "12,345,671"]]) is (width == 80)  # fmt: skip
    assert ("12,345,677" in lines[1]) is (width == 200)


def test_a_table_for_a_pipe_stays_a_table(monkeypatch):
    drawn = io.StringIO()
    monkeypatch.setattr(screen, "console", Console(file=drawn, width=80))

    table("", [(f"Heading {n}", True) for n in range(9)], [[f"12,345,67{n}" for n in range(9)]])

    assert "Heading 0  12,345,670" not in drawn.getvalue()
    assert "Heading" in drawn.getvalue().splitlines()[0]
