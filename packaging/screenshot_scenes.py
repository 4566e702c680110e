"""What is on each picture: every scene brings a page into a state and answers with the window to be taken."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget
from screenshot_reports import reports, reports_figure, reports_several, summary
from screenshot_sample import FOLDER, WITH_CASE, WITH_PHOTOS, add_duplicate, find
from screenshot_stage import PERIOD, Stage, at, drawn, listed, with_day
from screenshot_submit import (
    submissions,
    submit_checks,
    submit_contents,
    submit_correction,
    submit_pack,
    submit_receipt,
    submit_send,
    submit_view,
)

from models.backup import default_folder
from models.backup_query import DAMAGED
from models.case_repository import CASES
from models.preferences import Preferences
from models.unit import Unit

EMPTY = Path("D:/工会台账")  # where the first run would put a ledger
BLOCK = """活动名称\t日期\t地点\t线下参加人次\t活动简述
冬季职工健步走\t2025-11-8\t厂区环路\t180\t沿厂区环路走三公里，分两批出发
消防安全知识讲座\t11月9日\t职工培训中心\t九十\t请消防救援站讲灭火器怎样用
“书香车间”职工读书分享会\t2025-9-24\t职工书屋\t66\t
元旦文艺汇演\t2025-12-30\t文体活动室\t240\t各车间自排节目，班组报名"""


def home(stage: Stage) -> QWidget:
    """What is due and missing."""
    return stage.go("home")


def calendar(stage: Stage) -> QWidget:
    """The month."""
    stage.go("calendar", action="month", field="2025-10-18")
    return with_day(stage)


def calendar_week(stage: Stage) -> QWidget:
    stage.go("calendar", action="week", field="2025-10-09")
    return with_day(stage)


def calendar_list(stage: Stage) -> QWidget:
    stage.go("calendar", action="list")
    return with_day(stage)


def calendar_year(stage: Stage) -> QWidget:
    return stage.go("calendar", action="year")


def activities(stage: Stage) -> QWidget:
    """The third quarter, on a record about which the check has something to say."""
    listed(stage)
    return at(stage, "收看纪念抗战胜利80周年大会并座谈")


def search(stage: Stage) -> QWidget:
    """What pinyin initials find."""
    stage.page("activities").filters.search.setText("lmgj")
    stage.settle()
    return stage.window


def bulk(stage: Stage) -> QWidget:
    """批量修改 of six records, with its preview."""
    page = listed(stage)
    grid = page.grid
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    grid.selectionModel().clearSelection()
    for line in range(2, 8):
        grid.selectionModel().select(grid.model().index(line, 0), rows)
    page.tools.edit_in_bulk()
    tool = page.currentWidget()
    tool.field.set_value("leader")
    tool.field.value_changed.emit("leader")
    tool.value.box.set_value("赵芳")
    tool.preview()
    return stage.window


def replace(stage: Stage) -> QWidget:
    """查找替换 with what it found."""
    page = listed(stage)
    page.tools.find_and_replace()
    tool = page.currentWidget()
    tool.where.set_value("all")
    tool.what.setText("职工培训中心")
    tool.by.setText("职工教育培训中心")
    tool.search()
    return stage.window


def paste(stage: Stage) -> QWidget:
    """A block from Excel before it is written."""
    page = listed(stage)
    from ui.pages.paste_page import PastePage

    tool = page.tools._tool(PastePage)
    tool.show_text(BLOCK)
    page.tools._bring(PastePage)
    return stage.window


def form(stage: Stage) -> QWidget:
    """A draft with an answer missing."""
    stage.go("activities", uid=stage.uid("“百年·百书·百名劳模心声”书法作品征集"), field="people_offline")
    return stage.window


def form_photos(stage: Stage) -> QWidget:
    """The photos of an activity."""
    stage.go("activities", uid=stage.uid(WITH_PHOTOS))
    shown = stage.page("activities").form()
    shown.extras.open_group("pictures")
    group = shown.extras.accordion.groups()[0]
    stage.settle()
    shown.middle.area.ensureWidgetVisible(group, 0, 0)
    return stage.window


def cases(stage: Stage) -> QWidget:
    """The list of cases."""
    stage.page("activities").form().back()
    return stage.go("cases")


def case_pick(stage: Stage) -> QWidget:
    """案例孵化: two activities chosen."""
    stage.go("cases", action="hatch")
    picker = stage.page("cases").picker()
    picker.search.setText("lmgj")
    stage.settle()
    for line in range(2):
        picker.list.toggle(line)
    return stage.window


def case_hatched(stage: Stage) -> QWidget:
    """The draft that came of them."""
    stage.page("cases").picker().go()
    editor = stage.page("cases").editor()
    editor.keep_unsaved()
    editor.preview.draw()
    stage.settle()
    return drawn(stage, editor.preview.pages)


def case(stage: Stage) -> QWidget:
    """A case with its printed page."""
    page = stage.page("cases")
    page.editor().give_up()
    page.editor().back()
    stage.settle()
    wanted = next(each for each in CASES.list_all(stage.window.context.ledger) if each.title == WITH_CASE)
    stage.go("cases", uid=wanted.uid)
    preview = page.editor().preview
    preview.draw()
    stage.settle()
    return drawn(stage, preview.pages)


def checks(stage: Stage) -> QWidget:
    """Everything the check finds in the quarter."""
    stage.page("cases").editor().back()
    stage.window.context.set_period(PERIOD)
    return stage.go("checks")


def history(stage: Stage) -> QWidget:
    """修改记录 of one record."""
    return stage.go("history", uid=stage.uid(WITH_PHOTOS))


def clauses(stage: Stage) -> QWidget:
    return stage.go("clauses")


def _settings(section: str) -> Callable[[Stage], QWidget]:
    """A part of 设置."""
    return lambda stage: stage.go("settings", field=section)


def settings_mail(stage: Stage) -> QWidget:
    """邮箱, being set up: how to get a 授权码."""
    stage.go("settings", field="mail")
    card = stage.page("settings").mail
    card.edit()
    stage.settle()
    card.form.begin(None, "somebody@126.com")
    card.form.address.setText("")  # 126 stays chosen; nobody's address is in the manual
    card.form.show_keyring(True)  # as on a clerk's own PC
    stage.settle()
    stage.page("settings").area.ensureWidgetVisible(card, 0, 0)
    return stage.window


def duplicates(stage: Stage) -> QWidget:
    """查重, two records side by side. Changes the ledger, so it comes after all that show the sample as it is."""
    context = stage.window.context
    add_duplicate(context.ledger, context.clerk())
    context.changed.emit()
    stage.go("activities", action="duplicates")
    return stage.window


def history_steps(stage: Stage) -> QWidget:
    """The steps that can be taken back."""
    page = stage.page("activities")
    page.show_list()
    context = stage.window.context
    for title in ("“书香车间”职工读书分享会", "职工乒乓球友谊赛"):
        page.grid.show_query(page.grid.rows.query, keep=find(context.ledger, title).uid)
        page.delete_selected()
        stage.settle()
    return stage.go("history", action="steps")


def _first_run(step: int) -> Callable[[Stage], QWidget]:
    """One of the three steps of the first start, half filled in."""

    def show(stage: Stage) -> QWidget:
        from ui.pages.first_run import FirstRunPage

        page = FirstRunPage(stage.desktop.notice, EMPTY, Preferences(), clock=stage.desktop.clock)
        page.fields.fill(Unit(name="焦作市云台示例化工有限公司工会", area="410803", contact="赵芳", workers=860))
        page.show()
        page.show_step(step)
        return page

    return show


def recovery(stage: Stage) -> QWidget:
    """What the program offers when the ledger is damaged."""
    from models.ledger import damaged_ledger
    from ui.pages.recovery import RecoveryPage

    sentence = damaged_ledger(FOLDER, "").message
    page = RecoveryPage(FOLDER, [default_folder(FOLDER)], trouble=DAMAGED, sentence=sentence, clock=stage.desktop.clock)
    page.show()
    return page


Scene = Callable[[Stage], QWidget | None]
SCENES: dict[str, Scene] = {
    "home": home,
    "calendar": calendar,
    "calendar-week": calendar_week,
    "calendar-list": calendar_list,
    "calendar-year": calendar_year,
    "activities": activities,
    "search": search,
    "bulk": bulk,
    "replace": replace,
    "paste": paste,
    "form": form,
    "form-photos": form_photos,
    "cases": cases,
    "case-pick": case_pick,
    "case-hatched": case_hatched,
    "case": case,
    "checks": checks,
    "reports": reports,
    "reports-figure": reports_figure,
    "reports-several": reports_several,
    "summary": summary,
    "history": history,
    "clauses": clauses,
    "settings": _settings("unit"),
    "settings-persons": _settings("persons"),
    "settings-backup": _settings("backup"),
    "settings-bin": _settings("bin"),
    "settings-notice": _settings("notice"),
    "settings-mail": settings_mail,
}
# These change the ledger or are no page of the window.
LAST: dict[str, Scene] = {
    "duplicates": duplicates,
    "history-steps": history_steps,
    "submit-contents": submit_contents,
    "submit-checks": submit_checks,
    "submit-view": submit_view,
    "submit-pack": submit_pack,
    "submit-send": submit_send,
    "submit-receipt": submit_receipt,
    "submit-correction": submit_correction,
    "submissions": submissions,
    "first-run-1": _first_run(0),
    "first-run-2": _first_run(1),
    "first-run-3": _first_run(2),
    "recovery": recovery,
}
