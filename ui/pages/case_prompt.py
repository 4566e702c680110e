"""复制给 AI 的提示词: onto the clipboard and nowhere else; the toast says what was left out of it."""

from PySide6.QtGui import QGuiApplication

from models.ai_prompt import prompt_for
from models.case import Case
from models.case_repository import linked_activities
from models.publicity_repository import EXEMPLARS
from models.small_record_repository import PERSONS
from ui.context import Context

SAID = "已复制提示词，人名、电话、单位名称不在里面，粘贴前请再看一遍"


def copy_prompt(context: Context, case: Case) -> None:
    """Put the request with all the facts of this case on the clipboard."""
    ledger = context.ledger
    people = [each.name for each in (*PERSONS.list_all(ledger), *EXEMPLARS.list_all(ledger))]
    text = prompt_for(case, linked_activities(ledger, case), context.unit(), context.notice, people)
    QGuiApplication.clipboard().setText(text)
    context.went_well.emit(SAID, False)
