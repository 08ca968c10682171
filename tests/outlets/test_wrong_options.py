"""A value that an option can't take is told beside its field, not as something that the data can't tell."""

import pytest

from house import signed_in

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.mark.parametrize("value", ["abc", "99"])
def test_a_wrong_value_is_marked_in_the_form(house, client, value):
    browser = signed_in(house, client, "director")
    browser.cookies["django_language"] = "en"

    page = browser.get("/insight/forecast/", {"horizon": value, "confidence": "0.8"})

    text = page.content.decode()
    assert page.status_code == 422
    assert [field["option"].name for field in page.context["options"] if field["error"]] == ["horizon"]
    assert text.count('aria-invalid="true"') == 1
    assert f'name="horizon" value="{value}" aria-invalid' in text
    assert 'name="confidence" value="0.8"' in text
    assert "这些数据" not in text
    assert "cannot be told from the data" not in text


def test_the_api_names_the_field(house, client):
    answer = signed_in(house, client, "director").get("/api/v1/analyses/forecast", {"horizon": "abc"})

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["horizon"]
