"""Submitting without a window follows what was chosen in it."""

import os
from datetime import date
from pathlib import Path

import pytest

from exporters.submission_export import export_again
from exporters.submission_making import collect_usual, make_submission
from importers.package_reading import read_package
from models import photos
from models.case import CaseStage
from models.case_recording import record_case
from models.case_repository import list_cases_in_period
from models.mail_limit import save_limit_mb
from models.notice import builtin_notice
from models.submission_content import DEFAULT_FORMS
from models.submission_repository import list_submissions
from tests.factories import NOW, a_case, a_clerk
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import THIRD, a_ready_ledger, add_captioned_photo, explain_everything


def test_the_size_of_a_mail_that_the_clerk_chose_counts_here_too(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        [case] = list_cases_in_period(ledger, THIRD)
        for number in range(3):
            picture = encoded(noise(900, 700), quality=90)
            add_captioned_photo(ledger, case.uid, photos.Pasted(f"{number}.jpg", lambda picture=picture: picture))
        explain_everything(ledger)
        save_limit_mb(ledger, 1)
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)
        made = make_submission(ledger, content, tmp_path / "出")
        zips = [path for path in made.files if path.suffix == ".zip"]
        assert len(zips) > 1 and all(path.stat().st_size <= 1 << 20 for path in zips)
        assert read_package(zips).receipt_code == made.receipt_code
        save_limit_mb(ledger, 20)
        assert made.submission is not None
        again = export_again(ledger, made.submission, tmp_path / "再")
        assert [path.read_bytes() for path in again] == [path.read_bytes() for path in sorted(zips)]


def test_the_list_of_cases_names_those_that_go_along_and_no_draft(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        record_case(
            ledger, a_case(title="没写完的", period_end=date(2025, 9, 1), period_start=date(2025, 8, 1)), a_clerk()
        )
        [sent] = [case for case in list_cases_in_period(ledger, THIRD) if case.stage != CaseStage.DRAFT]
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, ("表2", "表4"))
        [catalogue] = [report for report in content.reports if report.code == "表4"]
        assert len(list_cases_in_period(ledger, THIRD)) == 2
        assert [row.cells[1].value for row in catalogue.tables[0].rows] == [sent.title]


def test_what_a_killed_run_left_hidden_is_swept_away_by_a_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        pass

    def cut(*_arguments: object, **_options: object) -> None:
        raise KilledError

    out = tmp_path / "出"
    with a_ready_ledger(tmp_path / "台账") as ledger:
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)
        with monkeypatch.context() as power:
            power.setattr("exporters.submission_making.keep_submission", cut)
            power.setattr("shutil.rmtree", lambda *_arguments, **_options: None)
            with pytest.raises(KilledError):
                make_submission(ledger, content, out)
        [left] = out.iterdir()
        assert left.name.startswith(".") and list_submissions(ledger) == []
        os.utime(left, (0, 0))
        made = make_submission(ledger, content, out)
        assert sorted(out.iterdir()) == sorted(made.files) and len(list_submissions(ledger)) == 1
