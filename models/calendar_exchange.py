"""How an activity is named in calendar files (.ics): the same name for ever, so that phones update instead of doubling.

Exporters write the name and importers know it again; neither may know the other.
"""

import re

TIME_ZONE = "Asia/Shanghai"
UTC_HOURS = 8  # China keeps one zone without summer time

_SUFFIX = "@xuanjiao-taizhang"
_OWN = re.compile(rf"([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}){_SUFFIX}")


def ics_uid(activity_uid: str) -> str:
    """The UID of an activity in a calendar file."""
    return activity_uid + _SUFFIX


def own_uid(ics: str) -> str:
    """The activity a UID names, empty when it is not one of ours."""
    match = _OWN.fullmatch(ics.strip())
    return match[1] if match else ""
