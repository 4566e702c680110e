"""data.json says all that the forms were filled from, in a form that other programs can rely on."""

import json
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import resources
from models import periods
from models.activity import Activity
from models.case import Case
from models.ledger import Ledger
from models.notice import builtin_notice
from models.publicity import Exemplar, Work
from models.recording import record_many
from models.reports import BUILDERS, build
from models.reports.basis import ReportBasis
from models.samples import SAMPLE_DAY
from models.submission_content import collect
from models.submission_data import data_bytes, submission_data
from models.submission_differences import changes_as_data, differences
from models.submission_photos import photos_of_cases
from models.unit import Unit
from tests.factories import NOW, a_clerk, a_ledger, a_sample_ledger
from tests.models.hostile_ledger import HOSTILE, a_hostile_ledger, write_hostile
from tests.models.random_activities import random_activities
from tests.models.year_ledger import LAST_DAY, a_year_ledger

SCHEMA = json.loads((resources.path("schemas") / "package-1.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
PERIOD = periods.quarter(2025, 3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    with a_sample_ledger(tmp_path_factory.mktemp("示例") / "台账") as ledger:
        basis = ReportBasis(ledger, builtin_notice(), PERIOD, SAMPLE_DAY)
        photos = photos_of_cases(ledger, basis.cases)
        return submission_data(basis, 1, ["表2", "表3", "表10"], basis.cases, photos)


def test_it_follows_the_published_schema(data: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(data_bytes(data)), SCHEMA, format_checker=jsonschema.FormatChecker())
    assert data["activities"] and data["cases"] and data["works"]


def test_equal_data_gives_equal_bytes_whatever_the_order_of_keys(data: dict[str, Any]) -> None:
    turned = dict(reversed(data.items()))
    assert data_bytes(turned) == data_bytes(data)
    assert json.loads(data_bytes(data)) == data


def test_the_totals_of_the_form_can_be_added_up_again(data: dict[str, Any], tmp_path: Path) -> None:
    with a_sample_ledger(tmp_path / "台账") as ledger:
        table = build("表2", ledger, builtin_notice(), PERIOD, SAMPLE_DAY).tables[0]
    assert table.total is not None
    titles = [column.title for column in table.columns]
    printed = {name: table.total.cells[titles.index(name)].value for name in ("场次", "线下人次", "线上人次")}
    activities = data["activities"]
    assert len(activities) == len(table.rows)
    assert printed == {
        "场次": sum(each["sessions"] or 0 for each in activities if each["role"] in ("host", "co_host")),
        "线下人次": sum(each.get("people_offline", 0) for each in activities),
        "线上人次": sum(each.get("people_online", 0) for each in activities),
    }


@pytest.mark.parametrize(
    ("kind", "name"), [(Activity, "activity"), (Case, "case"), (Work, "work"), (Exemplar, "exemplar"), (Unit, "unit")]
)
def test_the_schema_knows_every_field_that_a_record_has(kind: type, name: str) -> None:
    own = {"series", "fate", "fate_note", "stage", "finalised", "secret_checked"}
    assert set(SCHEMA["$defs"][name]["properties"]) == {field.name for field in fields(kind)} - own


def test_nothing_of_this_computer_goes_out(data: dict[str, Any]) -> None:
    text = data_bytes(data).decode()
    assert "/photos/" not in text and "secret_checked" not in text and str(Path.home()) not in text


def valid(ledger: Ledger, period: periods.Period, day: date) -> dict[str, Any]:
    """What data.json says of a period with all its cases, works and photos; it is what the schema promises."""
    content = collect(ledger, builtin_notice(), period, datetime.combine(day, NOW.time()), forms=list(BUILDERS))
    data = json.loads(content.data)
    VALIDATOR.validate(data)
    return data


@pytest.mark.parametrize("seed", range(12))
def test_random_activities_follow_the_schema_in_every_period(seed: int, tmp_path: Path) -> None:
    """Whatever roles, states, codes of other notices and empty figures come together."""
    with a_ledger(tmp_path / "台账") as ledger:
        record_many(ledger, random_activities(seed, 120), a_clerk(), "登记")
        every = [*(periods.quarter(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4))]
        found = [each for period in every for each in valid(ledger, period, date(2026, 12, 1))["activities"]]
    assert len(found) > 20 and {"host", "assist"} <= {each["role"] for each in found}


@pytest.mark.parametrize("shift", range(0, len(HOSTILE), 2))
def test_texts_that_nobody_would_type_follow_the_schema(shift: int, tmp_path: Path) -> None:
    """Each kind of record is there, every field of text filled with one of them, a correction included."""
    with a_hostile_ledger(tmp_path / "台账", shift=shift) as ledger:
        data = valid(ledger, periods.year(2025), LAST_DAY)
        assert all(data[kind] for kind in ("activities", "cases", "works", "exemplars", "photos"))
    write_hostile(tmp_path / "台账", shift=shift + 1)
    with Ledger.open(tmp_path / "台账") as ledger:
        after = {**valid(ledger, periods.year(2025), LAST_DAY), "cases": []}
    changes = json.loads(data_bytes({"changes": changes_as_data(differences(data, after, builtin_notice()))}))
    assert {each["change"] for each in changes["changes"]} == {"changed", "removed"}
    VALIDATOR.validate({**after, **changes})


def test_a_year_of_a_big_union_follows_the_schema(tmp_path: Path) -> None:
    with a_year_ledger(tmp_path / "台账", activities=600, cases=60, photographed=5) as ledger:
        data = valid(ledger, periods.year(2025), LAST_DAY)
    assert len(data["activities"]) > 500 and len(data["cases"]) == 60 and data["works"] and data["exemplars"]
