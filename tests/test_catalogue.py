"""Every analysis goes through the same checks, and one more file is one more analysis everywhere."""

import importlib
import json
import random
import subprocess
import sys
import textwrap

import pyarrow as pa
import pytest

from vitalfew.catalogue import Refusal, catalogue
from vitalfew.demobook import generate
from vitalfew.outlets.answers import document
from vitalfew.terms import Term
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import start
from vitalfew.warehouse.sources import FromTables
from vitalfew.warehouse.tables import TABLES

NAMES = list(catalogue())


@pytest.fixture(scope="module")
def book():
    return generate(accounts=60, months=30).tables


def run_on(tables):
    engine = DuckEngine()
    return start(FromTables(engine, tables), engine)


@pytest.fixture(scope="module")
def run(book):
    """One run for all analyses, as the others below: each result is computed once."""
    return run_on(book)


@pytest.fixture(scope="module")
def run_shuffled(book):
    lines = list(range(len(book["order_lines"])))
    random.Random(7).shuffle(lines)  # noqa: S311  (an order, not a secret)
    return run_on({**book, "order_lines": book["order_lines"].take(pa.array(lines))})


@pytest.fixture(scope="module")
def run_without_rows():
    return run_on({table: TABLES[table].schema.empty_table() for table in TABLES})


@pytest.fixture(scope="module")
def run_with_a_stranger(book):
    customers = book["customers"]
    stranger = customers.slice(0, 1).set_column(0, "customer", pa.array(["ZZ-9999"]))
    return run_on({**book, "customers": pa.concat_tables([customers, stranger])})


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_those_declared(name, run):
    result = run.result(name)

    assert result.table.column_names == [column.name for column in result.analysis.columns]
    if result.analysis.per_account:
        assert result.table.column_names[0] == "customer"
        codes = result.table["customer"].to_pylist()
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_explained(name):
    analysis = catalogue()[name]

    assert analysis.question.endswith("?")
    assert analysis.source
    assert len(analysis.description) > 200
    assert all(column.label and column.meaning for column in analysis.columns)
    assert all(name in analysis.choices for name in analysis.options)


@pytest.mark.parametrize("name", NAMES)
def test_words_are_of_their_closed_set(name, run):
    result = run.result(name)

    for column in result.analysis.columns:
        if column.words is not None:
            assert issubclass(column.words, Term)
            assert set(result.table[column.name].to_pylist()) <= {word.value for word in column.words}


@pytest.mark.parametrize("name", NAMES)
def test_json_has_no_nan(name, run):
    text = json.dumps(document(run.result(name)), allow_nan=False)

    assert json.loads(text)["meta"]["analysis"] == name


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_does_not_matter(name, run, run_shuffled):
    rows = document(run_shuffled.result(name))["rows"]

    assert close(rows, document(run.result(name))["rows"])


def close(left, right):
    return all(
        a == b or (isinstance(a, float) and a == pytest.approx(b, rel=1e-6))
        for one, other in zip(left, right, strict=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_book_without_rows_is_refused_in_words(name, run_without_rows):
    with pytest.raises(Refusal) as refused:
        run_without_rows.result(name)
    assert str(refused.value)


@pytest.mark.parametrize("name", NAMES)
def test_an_account_without_orders_changes_nothing(name, run, run_with_a_stranger):
    assert run_with_a_stranger.result(name).table.equals(run.result(name).table)


@pytest.mark.parametrize("name", NAMES)
def test_it_draws(name, run):
    chart = run.result(name).chart("zh-hans")

    if chart is not None:
        assert chart.png().startswith(b"\x89PNG")
        json.dumps(chart.spec, allow_nan=False)


NEW = '''
"""How many order lines each account has.

A count, and nothing more.

Nobody (2026).
"""

import pyarrow as pa

from vitalfew.catalogue import Column, Findings, Frame, analysis
from vitalfew.panels import Panel
from vitalfew.terms import Group, Unit


@analysis(
    group=Group.BEHAVIOUR,
    title="Tally of lines",
    question="How many order lines does each account have?",
    columns=(Column("customer", Unit.CODE, "Account", "Code"), Column("lines", Unit.COUNT, "Lines", "Number")),
    source="Nobody (2026)",
)
def line_count(account_months: Frame) -> Findings:
    panel = Panel.of(account_months.group_by("customer").agg(lines=__import__("narwhals").col("lines").sum()))
    return Findings(pa.table({"customer": panel.codes, "lines": panel.table["lines"]}))
'''


@pytest.fixture
def one_more(tmp_path, monkeypatch):
    """A new file in the package's path, and nothing else."""
    import vitalfew.analyses

    (tmp_path / "line_count.py").write_text(textwrap.dedent(NEW))
    monkeypatch.setattr(vitalfew.analyses, "__path__", [*vitalfew.analyses.__path__, str(tmp_path)])
    catalogue.cache_clear()
    yield
    importlib.sys.modules.pop("vitalfew.analyses.line_count", None)
    catalogue.cache_clear()


@pytest.mark.usefixtures("one_more")
def test_one_more_file_is_one_more_analysis_and_command(book):
    from typer.testing import CliRunner

    from vitalfew.outlets.cli.app import app

    assert run_on(book).result("line-count").table.num_rows == 60
    assert "line-count" in CliRunner().invoke(app, ["analyses", "--json"]).output


@pytest.mark.usefixtures("one_more")
def test_one_more_file_is_one_more_panel_on_the_account_page(own_facts, client):
    from vitalfew.imports.work import refresh_now

    refresh_now(own_facts.home)
    client.force_login(own_facts.user("director"), backend="django.contrib.auth.backends.ModelBackend")

    assert "Tally of lines" in client.get(f"/accounts/{own_facts.mine}/?tab=behaviour").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("one_more", "home")
def test_one_more_file_is_one_more_page(client, django_user_model):
    user = django_user_model.objects.create_user("another", role="analyst")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert "Tally of lines" in client.get("/insight/").content.decode()
    assert client.get("/insight/line-count/").status_code == 200


def test_the_catalogue_is_read_without_libraries_that_start_slowly():
    asked = "import sys; from vitalfew.catalogue import catalogue; catalogue(); print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()  # noqa: S603

    assert "vitalfew.analyses.pareto" in loaded
    assert not {"scipy.stats", "scipy.optimize", "scipy.sparse", "matplotlib", "django"} & {*loaded}
