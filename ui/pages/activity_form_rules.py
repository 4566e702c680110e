"""Which fields of the activity form belong to the answers given so far, and what saving does with the others.

A field that does not apply is hidden and keeps its value while the form is open, so that choosing the old answer again
brings it back. Saving leaves such values out: the clerk made them meaningless with a choice of his own and sees them
gone. What a stored record holds against these rules (an import, another notice) is never hidden and never dropped.
"""

from collections.abc import Mapping
from typing import Any

from models.activity import MODE_LABELS, ROLE_LABELS, STATUS_LABELS, Mode, Role
from models.fields import ACTIVITY_FIELDS, activity_field
from models.notice import Notice
from ui.pages.activity_form_values import Unread, empty_value

CONTEST = "skills_contest"  # 技能竞赛 among the carriers; the three contest numbers belong to it alone
_SHARED = (Role.CO_HOST, Role.ASSIST, Role.TAKE_PART)
_ONLINE = (Mode.ONLINE, Mode.BLENDED)
_OWN_OPTIONS = {"status": STATUS_LABELS, "role": ROLE_LABELS, "mode": MODE_LABELS}

Answers = Mapping[str, Any]


def options_of(name: str, values: Answers, notice: Notice) -> list[tuple[str, str]]:
    """(code, words) offered for a choice now; a code that is chosen but not offered comes last, so that it shows."""
    if name in _OWN_OPTIONS:
        return list(_OWN_OPTIONS[name].items())
    if name == "form":
        offered = [(form.code, form.radio) for form in notice.forms]
    elif name == "item":
        offered = [(item.code, f"{item.code}　{item.label}") for item in notice.items_of(values["form"])]
    elif name == "focus_sub":
        offered = [
            (theme.code, theme.brief)
            for focus in notice.focuses
            if focus.code in values["focus"]
            for theme in focus.themes
        ]
    else:
        offered = [(option.code, option.label) for option in notice.options(name)]
    known = {code for code, _words in offered}
    return offered + [
        (code, notice.label(name, code)) for code in _codes(values[name]) if code and code not in known and _stays(name)
    ]


def _stays(name: str) -> bool:
    """Whether a choice that is not offered is shown all the same: items and themes follow form and focus instead."""
    return name not in ("item", "focus_sub")


def applies(name: str, values: Answers, notice: Notice) -> bool:
    """Whether the question makes sense after the answers given so far."""
    spec = activity_field(name)
    if spec.other_of:
        return bool(notice.other_codes(spec.other_of).intersection(_codes(values[spec.other_of])))
    rule = _RULES.get(name)
    return rule is None or rule(values, notice) or spec.label in _guidance(values["item"], notice)


def visible_fields(values: Answers, opened: Answers, notice: Notice) -> frozenset[str]:
    """The fields to show. `opened` are the values the form was opened with."""
    return frozenset(
        spec.name
        for spec in ACTIVITY_FIELDS
        if applies(spec.name, values, notice) or _came_against_rules(spec.name, values, opened, notice)
    )


def kept_values(values: Answers, opened: Answers, notice: Notice) -> dict[str, Any]:
    """The values as saving takes them: hidden fields empty, choices that are not offered any more left out."""
    shown = visible_fields(values, opened, notice)
    kept = {name: value if name in shown else empty_value(name) for name, value in values.items()}
    kept["item"] = _offered_item(kept["item"], kept, opened, notice)
    kept["focus_sub"] = tuple(code for code in kept["focus_sub"] if _theme_fits(code, kept, opened, notice))
    return kept


def _guidance(item_code: str, notice: Notice) -> str:
    """What the notice says about a sub-item; it may send the clerk to a field (学校名称写在联合单位里)."""
    item = notice.item(item_code)
    if item is None:
        return ""
    clause = notice.clauses.get(item.clause)
    return item.hint + (clause.guide if clause else "")


def _came_against_rules(name: str, values: Answers, opened: Answers, notice: Notice) -> bool:
    empty = empty_value(name)
    return opened[name] != empty and values[name] != empty and not applies(name, opened, notice)


def _offered_item(code: str, values: Answers, opened: Answers, notice: Notice) -> str:
    """An item of another form goes when the clerk changed the form; one that was stored so stays."""
    offered = {item.code for item in notice.items_of(values["form"])}
    stored_so = code == opened["item"] and values["form"] == opened["form"]
    return code if code in offered or stored_so else ""


def _theme_fits(code: str, values: Answers, opened: Answers, notice: Notice) -> bool:
    owner = next((focus.code for focus in notice.focuses if any(theme.code == code for theme in focus.themes)), "")
    return not owner or owner in values["focus"] or (code in opened["focus_sub"] and owner not in opened["focus"])


def _codes(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _held_online(values: Answers, _notice: Notice) -> bool:
    online = values["people_online"]
    return values["mode"] in _ONLINE or (not values["mode"] and isinstance(online, int) and online > 0)


def _item_has_unit(values: Answers, notice: Notice) -> bool:
    item = notice.item(values["item"])
    return item is not None and bool(item.unit)


def _is_filled(name: str):
    return lambda values, _notice: not isinstance(values[name], Unread) and values[name] != empty_value(name)


def _has_contest(values: Answers, _notice: Notice) -> bool:
    return CONTEST in values["carrier"]


def _is_shared(values: Answers, _notice: Notice) -> bool:
    return values["role"] in _SHARED


_RULES = {
    "item": lambda values, notice: bool(notice.items_of(values["form"])),
    "quantity": _item_has_unit,
    "focus_sub": _is_filled("focus"),
    "partner_units": _is_shared,
    "online_platform": _held_online,
    "online_url": _held_online,
    "online_views": _held_online,
    "contest_events": _has_contest,
    "contest_people": _has_contest,
    "contest_certificates": _has_contest,
    "ai_tool": _is_filled("ai_use"),
    "ai_reviewed": _is_filled("ai_use"),
    "satisfaction": _is_filled("evaluation"),
    "improvement": _is_filled("evaluation"),
    "cost_source": _is_filled("cost"),
}
