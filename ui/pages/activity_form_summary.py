"""What a folded group says about itself in one line."""

from models.activity import Activity
from models.fields import ACTIVITY_FIELDS, ACTIVITY_GROUPS, FieldSpec, Kind
from models.notice import Notice
from models.recording import suggested_status
from ui.pages.activity_form_state import FormState
from ui.pages.activity_form_text import shown_value

_PLAIN = Activity()
_BARE = (
    "item",
    "quantity",
    "place",
    "sessions",
    "role",
    "mode",
    "status",
    "start_time",
    "summary",
    "effect",
    "partner_units",
)  # need no label
_LONGEST = 24  # characters of one answer


def group_fields(group: str) -> list[FieldSpec]:
    """The fields of a folded group, in order."""
    return [spec for spec in ACTIVITY_FIELDS if spec.group == group]


def summary_of(group: str, state: FormState, notice: Notice, leader: str) -> tuple[str, bool]:
    """(what is in the group, whether the clerk filled anything). `leader` is the person the unit card would put in."""
    shown = state.visible()
    specs = [spec for spec in group_fields(group) if spec.name in shown]
    filled = any(_is_own(spec, state, leader) for spec in specs)
    words = [part for spec in specs if (part := _part(spec, state, notice, leader))]
    if words:
        return " ・ ".join(words), filled
    return f"未填，{ACTIVITY_GROUPS[group][1]}", False


def _is_own(spec: FieldSpec, state: FormState, leader: str) -> bool:
    """Whether the value is more than what the program filled in by itself."""
    value = state.value(spec.name)
    if spec.name == "leader":
        return bool(value) and value != leader
    if spec.name == "status":
        return value != suggested_status(state.record().start, state.today)
    return value != getattr(_PLAIN, spec.name)


def _part(spec: FieldSpec, state: FormState, notice: Notice, leader: str) -> str:
    value = state.value(spec.name)
    if spec.other_of or (spec.name in ("status", "leader") and not _is_own(spec, state, leader)):
        return ""
    words = _short(shown_value(spec, value, notice))
    if not words:
        return ""
    if spec.name == "item":
        return f"{value} {words}"
    if spec.name == "quantity":
        item = notice.item(state.value("item"))
        return f"{words} {item.unit}" if item and item.unit else words
    if spec.kind is Kind.FLAG:
        return spec.label
    if spec.kind is Kind.MULTI or spec.name in _BARE:
        return words
    return f"{spec.label} {words}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
