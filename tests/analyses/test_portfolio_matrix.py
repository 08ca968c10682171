import pytest
from books import answers, ask, by_account, lines
from test_criteria import scores

NOW = "2025-12-31"
BOOK = lines(
    *((code, f"{year}-{month:02d}-05", 100) for code in "ABCD" for year in (2024, 2025) for month in range(1, 13))
)


def marks(**ours):
    both = [
        row
        for code, score in ours.items()
        for row in ((code, "2025-10-01", "x", "overall", score), (code, "2025-10-01", "x", "overall", 5, "Rival"))
    ]
    return answers(*both, low=0)


def judged(**values):
    from datetime import date

    rows = [
        (code, name, value, "a", date(2025, 1, 1), "x") for code, value in values.items() for name in ("size", "growth")
    ]
    return scores(
        *rows, *((code, "development_trend", value, "a", date(2025, 1, 1), "x") for code, value in values.items())
    )


def test_the_four_cells():
    result = ask(
        "portfolio-matrix", BOOK, NOW, surveys=marks(A=9, B=1, C=9, D=1), criteria_scores=judged(A=9, B=8, C=2, D=1)
    )

    rows = by_account(result)
    assert {code: row["cell"] for code, row in rows.items()} == {
        "A": "strategic", "B": "star", "C": "status", "D": "streamline",
    }  # fmt: skip
    assert [rows[code]["attractiveness"] for code in "ABCD"] == pytest.approx([8.75, 6.25, 3.75, 1.25])
    assert (rows["A"]["strength"], rows["B"]["strength"]) == (7, 3)


def test_on_the_middle_counts_as_high():
    rows = by_account(ask("portfolio-matrix", BOOK, NOW, surveys=marks(A=5)))

    assert (rows["A"]["attractiveness"], rows["A"]["strength"], rows["A"]["cell"]) == (5, 5, "strategic")


def test_strength_comes_from_the_customer_or_not_at_all():
    result = ask("portfolio-matrix", BOOK, NOW)

    assert {row["cell"] for row in by_account(result).values()} == {"unknown"}
    assert result.meta["headline"] == "No account can be placed: none has compared us with a competitor"


def test_the_picture_is_parted_where_the_cells_are():
    given = {"surveys": marks(A=9, B=1, C=9, D=1), "criteria_scores": judged(A=9, B=8, C=2, D=1)}
    result = ask("portfolio-matrix", BOOK, NOW, middle="6", **given)

    fields = result.chart("en").spec["fields"]
    assert (fields["x"], fields["y"]) == (6, 6)
    assert fields["names"] == ["Star account", "Strategic account", "Streamline account", "Status account"]
    corner = dict(zip(((False, True), (True, True), (False, False), (True, False)), fields["names"], strict=True))
    for row in result.table.to_pylist():
        if row["strength"] is not None:
            cell = corner[row["strength"] >= 6, row["attractiveness"] >= 6]
            assert cell.lower().startswith(row["cell"])
    names = {text.get_text() for text in result.chart("en").figure().axes[0].texts}
    assert names == set(fields["names"])
