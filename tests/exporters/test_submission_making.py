"""Submitting without a window follows what was chosen in it."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from exporters.submission_export import export_again
from exporters.submission_kept import kept_letter, kept_package
from exporters.submission_mail import DRAFTS
from exporters.submission_making import collect_usual, make_submission
from exporters.submission_writing import write_checked
from importers.package_reading import read_package
from models import photos
from models.case import CaseStage
from models.case_recording import record_case
from models.case_repository import list_cases_in_period
from models.errors import UserError
from models.ledger import Ledger
from models.mail_limit import save_limit_mb
from models.notice import builtin_notice
from models.submission_content import DEFAULT_FORMS, PackageContent
from models.submission_repository import list_submissions
from tests.factories import NOW, a_case, a_clerk
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import THIRD, a_ready_ledger, add_captioned_photo, explain_everything


def read_back(zips: Sequence[Path], password: str) -> str:
    return read_package(zips, password).digest


def usual(ledger: Ledger) -> PackageContent:
    return collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)


def names_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_the_drafts_lie_apart_from_what_is_attached_as_in_the_window(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        made = make_submission(ledger, usual(ledger), tmp_path / "出", read_back)
        assert [path.suffix for path in (tmp_path / "出").iterdir() if path.is_file()].count(".eml") == 0
        [draft] = (tmp_path / "出" / DRAFTS).iterdir()
        assert draft.suffix == ".eml" and draft in made.files
        assert {tmp_path / "出" / name for name in names_in(tmp_path / "出")} == {*made.files, draft.parent}


def test_a_package_that_does_not_read_back_is_no_submission(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        with pytest.raises(UserError, match="读回来和原来不一样，没有生成"):
            make_submission(ledger, usual(ledger), tmp_path / "出", lambda _zips, _password: "0" * 64)
        assert list_submissions(ledger) == [] and names_in(tmp_path / "出") == []


def test_a_file_in_the_way_leaves_no_record_and_the_same_folder(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        look = make_submission(ledger, usual(ledger), tmp_path / "看", read_back, keep=False)
        in_the_way = tmp_path / "出" / next(path.name for path in look.files if path.suffix == ".xlsx")
        in_the_way.mkdir(parents=True)
        with pytest.raises(UserError, match=in_the_way.name):
            make_submission(ledger, usual(ledger), tmp_path / "出", read_back)
        assert list_submissions(ledger) == [] and names_in(tmp_path / "出") == [in_the_way.name]


def test_what_the_ledger_did_not_keep_is_not_left_to_be_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: object, **_named: object) -> None:
        raise UserError("磁盘已满")

    monkeypatch.setattr("exporters.submission_making.keep_submission", full)
    with a_ready_ledger(tmp_path / "台账") as ledger:
        with pytest.raises(UserError, match="磁盘已满"):
            make_submission(ledger, usual(ledger), tmp_path / "出", read_back)
        assert names_in(tmp_path / "出") == []


def test_the_size_of_a_mail_that_the_clerk_chose_counts_here_too(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        [case] = list_cases_in_period(ledger, THIRD)
        for number in range(3):
            picture = encoded(noise(900, 700), quality=90)
            add_captioned_photo(ledger, case.uid, photos.Pasted(f"{number}.jpg", lambda picture=picture: picture))
        explain_everything(ledger)
        save_limit_mb(ledger, 1)
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)
        made = make_submission(ledger, content, tmp_path / "出", read_back)
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

    def cut(_zips: Sequence[Path], _password: str) -> str:
        raise KilledError

    out = tmp_path / "出"
    with a_ready_ledger(tmp_path / "台账") as ledger:
        with monkeypatch.context() as power:
            power.setattr("shutil.rmtree", lambda *_arguments, **_options: None)
            with pytest.raises(KilledError):
                make_submission(ledger, usual(ledger), out, cut)
        left = [path for path in out.rglob(".*") if path.is_dir()]
        assert left and list_submissions(ledger) == []
        assert [path for path in out.rglob("*.zip") if left[0] not in path.parents] == [], "nothing under its own name"
        for path in left:
            os.utime(path, (0, 0))
        made = make_submission(ledger, usual(ledger), out, read_back)
        assert {path for path in out.rglob("*") if path.is_file()} == set(made.files)
        assert not any(path.exists() for path in left) and len(list_submissions(ledger)) == 1


def test_nothing_of_another_division_stays_beside_what_was_made(tmp_path: Path) -> None:
    """As when a program was killed after it had divided a package anew and before it had noted that."""
    with a_ready_ledger(tmp_path / "台账") as ledger:
        made = make_submission(ledger, usual(ledger), tmp_path / "出", read_back)
        first = next(path for path in made.files if path.suffix == ".zip")
        others = [first.with_name(f"{first.stem}_2.zip"), first.parent / DRAFTS / f"{first.stem}_2.eml"]
        strangers = [first.with_name(f"{first.stem}0.zip"), first.with_name("我的.zip")]
        for path in (*others, *strangers):
            path.write_bytes(b"left over")
        look = make_submission(ledger, usual(ledger), tmp_path / "出", read_back, keep=False)
        assert look.version == 2 and all(path.exists() for path in others), "another version has files of its own"
        letter, package = kept_letter(made.submission), kept_package(ledger, made.submission)  # pyright: ignore
        again = write_checked(package, tmp_path / "出", letter, read_back, limit=20 << 20)
        assert set(again.attachments) | {each.draft for each in again.mails} == set(made.files)
        assert not any(path.exists() for path in others) and all(path.exists() for path in strangers)
