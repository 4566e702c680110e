"""The SQL shared by all records that are kept whole and few: cases, attachments, sub-records, marks.

A record is a frozen dataclass with `uid`, `revision`, `created_at`, `modified_at` and `modified_by`; its other
fields are the columns of its table. Activities have a repository of their own, because they are many.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar, cast

from models.activity import Codes
from models.errors import UserError
from models.identity import new_uid
from models.ledger import Ledger


class Record(Protocol):
    """What a dataclass must have to be kept here."""

    @property
    def uid(self) -> str: ...
    @property
    def revision(self) -> int: ...
    @property
    def created_at(self) -> datetime | None: ...


Kept = TypeVar("Kept", bound=Record)
Converter = tuple[Callable[[Any], Any], Callable[[Any], Any]]  # how a kind of field is read, and written


def _moment_text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


_KINDS: dict[Any, Converter] = {
    Codes: (lambda text: tuple(text.split()), " ".join),
    date | None: (date.fromisoformat, date.isoformat),
    datetime | None: (datetime.fromisoformat, _moment_text),
    bool: (bool, int),
}


@dataclass(frozen=True)
class RecordTable(Generic[Kept]):
    """One table of records. `name` is a table of models/migrations.py, `kind` the dataclass, `noun` what a sentence
    calls such a record. `converters` adds how fields of other types are read from their column and written to it.
    """

    name: str
    kind: type[Kept]
    noun: str
    converters: tuple[tuple[str, Converter], ...] = ()

    def get(self, ledger: Ledger, uid: str) -> Kept | None:
        """The record, also when it lies in 回收站; None when there is none."""
        found = self._select(ledger, "uid = ?", (uid,))
        return found[0] if found else None

    def list_all(self, ledger: Ledger, order: str = "created_at, uid") -> list[Kept]:
        """Every record that is not in 回收站. `order` is column names of the program's own."""
        return self._select(ledger, f"deleted_at IS NULL ORDER BY {order}")

    def list_where(self, ledger: Ledger, *, order: str = "created_at, uid", **values: object) -> list[Kept]:
        """Every record with these values in these fields, 回收站 left out."""
        condition = "".join(f" AND {name} = ?" for name in values)
        return self._select(ledger, f"deleted_at IS NULL{condition} ORDER BY {order}", tuple(values.values()))

    def list_deleted(self, ledger: Ledger) -> list[Kept]:
        """What lies in 回收站, the latest deleted first."""
        return self._select(ledger, "deleted_at IS NOT NULL ORDER BY deleted_at DESC, uid")

    def count(self, ledger: Ledger) -> int:
        """How many records there are, 回收站 left out."""
        return int(ledger.query(f"SELECT count(*) FROM {self.name} WHERE deleted_at IS NULL")[0][0])

    def save(self, ledger: Ledger, record: Kept, *, now: datetime, person: str = "") -> Kept:
        """Insert or update one record and return it with uid, revision and times. Needs a transaction."""
        old = self.get(ledger, record.uid) if record.uid else None
        stamps: dict[str, Any] = {
            "uid": record.uid or new_uid(),
            "revision": old.revision + 1 if old else 1,
            "created_at": (old.created_at if old else None) or now,
            "modified_at": now,
            "modified_by": person,
        }
        saved = cast("Kept", replace(cast("Any", record), **stamps))
        names = self.columns
        ledger.connection.execute(
            f"INSERT INTO {self.name}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
            f" ON CONFLICT(uid) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names)}",
            self._values(saved),
        )
        return saved

    def delete(self, ledger: Ledger, uids: Iterable[str], *, now: datetime) -> None:
        """Move records to 回收站. Needs a transaction."""
        moment = _moment_text(now)
        for uid in uids:
            ledger.connection.execute(f"UPDATE {self.name} SET deleted_at = ? WHERE uid = ?", (moment, uid))

    def restore(self, ledger: Ledger, uids: Iterable[str]) -> None:
        """Take records out of 回收站 again. Needs a transaction."""
        for uid in uids:
            ledger.connection.execute(f"UPDATE {self.name} SET deleted_at = NULL WHERE uid = ?", (uid,))

    def remove(self, ledger: Ledger, uids: Iterable[str]) -> None:
        """Take rows away altogether; only 撤销 brings them back. Needs a transaction."""
        for uid in uids:
            ledger.connection.execute(f"DELETE FROM {self.name} WHERE uid = ?", (uid,))

    @property
    def columns(self) -> tuple[str, ...]:
        """The dataclass fields in order, which are the columns."""
        return tuple(field.name for field in fields(self.kind))  # pyright: ignore[reportArgumentType]

    def _select(self, ledger: Ledger, condition: str, parameters: Sequence[object] = ()) -> list[Kept]:
        rows = ledger.query(f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE {condition}", parameters)
        return [self._from_row(row) for row in rows]

    def _converter(self, name: str, type_: Any) -> Converter | None:
        return dict(self.converters).get(name) or _KINDS.get(type_)

    def _from_row(self, row: Sequence[Any]) -> Kept:
        values: dict[str, Any] = {}
        for field, value in zip(fields(self.kind), row, strict=True):  # pyright: ignore[reportArgumentType]
            converter = self._converter(field.name, field.type)
            try:
                if value is None or (converter and value == ""):
                    values[field.name] = field.default
                else:
                    values[field.name] = converter[0](value) if converter else value
            except (ValueError, TypeError, RecursionError) as error:
                raise UserError(
                    f"台账里有一条{self.noun}的内容“{str(value)[:30]}”读不出来。"
                    "台账文件可能被别的程序改过，请用 backups 文件夹里最近的备份恢复，或联系上级工会。"
                ) from error
        return self.kind(**values)

    def _values(self, record: Kept) -> list[Any]:
        values: list[Any] = []
        for field in fields(record):  # pyright: ignore[reportArgumentType]
            value = getattr(record, field.name)
            converter = self._converter(field.name, field.type)
            values.append(converter[1](value) if converter and value is not None else value)
        return values
