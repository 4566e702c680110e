"""Next year's notice is one file: forms, clauses, titles and the recipient change, the program does not."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QRadioButton

from models.letters import compose_letter
from models.notice import builtin_notice, load_notice
from models.periods import quarter
from models.preferences import Preferences
from models.reports import build
from tests.factories import NOW, TODAY, a_ledger, a_unit, an_activity
from tests.ui.driver import settle
from ui.context import Context, Place
from ui.main_window import MainWindow

READING = load_notice(Path(__file__).parent.parent / "notices" / "reading-2026.toml")


def test_the_form_offers_what_the_other_notice_names(qtbot, qapp, tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    window = MainWindow(Context(ledger, READING, Preferences(), lambda: NOW))
    window.resize(1366, 768)
    window.show()
    window.show_place(Place("activities", action="new"))
    settle()
    form = window.page("activities").form()  # pyright: ignore[reportAttributeAccessIssue]
    radios = [radio.accessibleName() or radio.text() for radio in form.findChildren(QRadioButton) if radio.isVisible()]
    assert [name for name in radios for each in READING.forms if each.radio in name]
    assert not [name for name in radios for each in builtin_notice().forms if each.radio in name]
    form.focus_field("form")
    settle()
    said = "".join(label.text() for label in form.strip.findChildren(QLabel))
    assert "坐在一起读的选读书会" in said
    assert "通知包 2026.1" in window.status.notice.text()
    window.close()
    window.deleteLater()
    settle()
    ledger.close()


def test_the_report_and_the_letter_are_those_of_the_other_notice(tmp_path: Path) -> None:
    form, focus = READING.forms[0], READING.focuses[0]
    with a_ledger(tmp_path, an_activity(form=form.code, focus=(focus.code,))) as ledger:
        report = build("表2", ledger, READING, quarter(2025, 3), TODAY)
    assert (report.title, report.basis) == ("读书活动台账", "修工〔2026〕5号")
    assert report.tables[0].rows[0].cells[4].text == form.printed
    letter = compose_letter(READING, a_unit(), quarter(2025, 3), [report], ())
    assert letter.recipient == READING.recipient.email
    assert letter.body.startswith("县总工会宣教部：")


def test_a_record_of_another_notice_is_still_shown(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(form="F1", focus=("Q1",))) as ledger:
        [row] = build("表2", ledger, READING, quarter(2025, 3), TODAY).tables[0].rows
    assert row.cells[4].text == "F1"
