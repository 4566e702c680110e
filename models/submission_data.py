"""data.json: the records of a submission for other programs, the union above's first of all (docs/data-format.md).

Every field of a record stands under its own name; what is not filled in is left out. Days are 2025-07-01, moments
2025-07-01T09:30:00, money is 分, choices are codes of the notice pack that `notice` names.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from models.activity import Activity
from models.case import Case
from models.reports.basis import ReportBasis
from models.submission_photos import PackagePhoto
from models.version import VERSION

FORMAT = "xuanjiao-ledger-package"
FORMAT_VERSION = 1
FILE_NAME = "data.json"

# Kept for this computer only: it says nothing about the activity or the case.
_OWN = frozenset(("series", "title_key", "fate", "fate_note", "stage", "finalised", "secret_checked", "effects"))
_ALWAYS = frozenset(("uid", "number", "revision"))


def submission_data(
    basis: ReportBasis,
    version: int,
    forms: Sequence[str],
    cases: Iterable[Case],
    photos: Iterable[PackagePhoto],
    changes: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """What data.json holds, ready for JSON: unit, period, and the records that the forms were filled from.

    `forms` are the codes of the forms in the package, `changes` the differences from the version before, as
    `models.submission_differences` writes them.
    """
    notice, period = basis.notice, basis.period
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "program": f"宣教台账 {VERSION}",
        "notice": {"id": notice.id, "form_version": notice.form_version},
        "made_on": basis.today.isoformat(),
        "unit": record_values(basis.unit),
        "period": {"code": period.code, "start": period.start.isoformat(), "end": period.end.isoformat()},
        "version": version,
        "forms": list(forms),
        "activities": [_activity(each) for each in basis.activities],
        "cases": [_case(each) for each in cases],
        "works": [record_values(each) for each in basis.works.records],
        "exemplars": [record_values(each) for each in basis.exemplars.records],
        "photos": [_photo(each) for each in photos],
        "changes": list(changes),
    }


def data_bytes(data: dict[str, Any]) -> bytes:
    """The one way in which this is written: equal data, equal bytes. UTF-8 without a byte order mark."""
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8", "replace")


def record_values(record: Any) -> dict[str, Any]:
    """The fields of a record that are filled in, as JSON can hold them; those kept for this computer are left out."""
    values: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        default = None if field.default is MISSING else field.default
        if field.name in _ALWAYS or (field.name not in _OWN and value != default):
            values[field.name] = _plain(value)
    return values


def _activity(activity: Activity) -> dict[str, Any]:
    # What counts must be there to be counted, also where it is what is usual.
    return {**record_values(activity), "role": activity.role, "status": activity.status, "sessions": activity.sessions}


def _case(case: Case) -> dict[str, Any]:
    return {**record_values(case), "effects": [record_values(effect) for effect in case.effects]}


def _photo(photo: PackagePhoto) -> dict[str, Any]:
    own = photo.attachment
    return {
        "file": photo.name,
        "sha256": photo.digest,
        "owner_kind": own.owner_kind,
        "owner_uid": own.owner_uid,
        "caption": own.caption,
        "photographer": own.photographer,
        "consent": own.consent,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if is_dataclass(value):
        return record_values(value)
    return value
