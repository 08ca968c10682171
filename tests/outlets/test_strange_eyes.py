"""What first-time users stumbled on, and must not again."""

import json

import pytest
from typer.testing import CliRunner

from vitalfew.accounts.models import Account
from vitalfew.outlets.cli.app import app

ROWS = "order_id,line_no,ordered_on,customer,quantity,amount\nO1,1,2025-01-05,{code},1,10\n"


@pytest.mark.parametrize("words", [["--input", "orders.csv"], ["--as-of", "2025-13-01"], ["--as-of", "soon"]])
def test_a_slip_on_the_command_line_is_wrong_usage_in_one_line(words):
    answer = CliRunner().invoke(app, ["analyse", "pareto", *words])

    assert answer.exit_code == 2
    assert "Error" not in answer.output


def test_today_shows_no_tier_to_a_role_that_may_not_see_it(house, client):
    client.force_login(house.user("complaints"), backend="django.contrib.auth.backends.ModelBackend")
    assert 'class="tier' not in client.get("/").content.decode()

    client.force_login(house.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    assert 'class="tier' in client.get("/").content.decode()


def test_several_analyses_of_one_file_in_one_command(tmp_path):
    file = tmp_path / "orders.csv"
    rows = [f"O{n},2025-{n % 12 + 1:02d}-05,C{n % 12},1,{n + 1},{n}" for n in range(120)]
    file.write_text("\n".join(["order_id,ordered_on,customer,quantity,amount,cost", *rows]))

    asked = ["analyse", "pareto", "contribution", "lifetime", "--input", f"order_lines={file}"]
    answer = CliRunner().invoke(app, [*asked, "--format", "json"])
    shown = CliRunner().invoke(app, ["--lang", "en", *asked])

    names = [each["meta"]["analysis"] for each in json.loads(answer.stdout)]
    assert names == ["pareto", "contribution", "lifetime"]
    assert shown.exit_code == 0
    assert "Lifetime value" in shown.stdout


def test_a_table_of_ones_own_goes_beside_the_homes_facts(house, monkeypatch, tmp_path):
    """A campaign's list of accounts is no fact that is imported; the orders are the home's."""
    monkeypatch.setenv("VITALFEW_HOME", str(house.home.folder))
    file = tmp_path / "campaign.csv"
    members = Account.objects.filter(stub=False).values_list("code", flat=True)[:40]
    rows = [
        f"Spring,{code},{'treated' if n % 2 else 'holdout'},2026-08-01,2026-08-31" for n, code in enumerate(members)
    ]
    file.write_text("\n".join(["campaign,customer,arm,starts_on,ends_on", *rows]))

    answer = CliRunner().invoke(app, ["analyse", "campaign-effect", "--input", f"campaign={file}", "--format", "json"])

    assert answer.exit_code == 0, answer.output
    row = dict(
        zip(
            [c["name"] for c in json.loads(answer.stdout)["columns"]], json.loads(answer.stdout)["rows"][0], strict=True
        )
    )
    assert (row["accounts"], row["accounts_held_out"]) == (20, 20)
    assert row["held_out"] > 0


def test_a_table_in_several_files_is_one(tmp_path):
    rows = [f"O{n},2025-{n % 12 + 1:02d}-05,C{n % 12},1,{n + 1}" for n in range(60)]
    restated = [f"{row}000" for row in rows[30:]]
    for number, part in enumerate((rows[:40], restated)):
        (tmp_path / f"{number}.csv").write_text("\n".join(["order_id,ordered_on,customer,quantity,amount", *part]))
    twice = [each for number in (0, 1) for each in ("--input", f"order_lines={tmp_path / f'{number}.csv'}")]

    for given in (twice, ["--input", f"order_lines={tmp_path}"], ["--input", f"order_lines={tmp_path}/*.csv"]):
        answer = CliRunner().invoke(app, ["analyse", "pareto", *given, "--format", "json"])
        assert json.loads(answer.stdout)["meta"]["figures"]["total"] == sum(range(1, 31)) + 1000 * sum(range(31, 61))
