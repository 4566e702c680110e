"""The unit card (单位档案): filled once, printed on every form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """The union that keeps this ledger. `area` and `superior_type` are codes of the notice pack.

    Required before a submission (H12): name, superior_type, area, contact, phone. Numbers are heads.
    """

    name: str = ""
    code: str = ""
    superior_type: str = ""
    superior_name: str = ""
    area: str = ""
    org_type: str = ""
    chain: str = ""
    workers: int | None = None
    members: int | None = None
    contact: str = ""
    phone: str = ""
    chair: str = ""
    email: str = ""
    uid: str = ""

    @property
    def short_id(self) -> str:
        """What names this unit in file names: its statistics code, or the first 8 characters of its uid."""
        return self.code or self.uid[:8]
