"""P3: one key in the search box, from the key to the painted rows, next to a LIKE scan for the same text."""

from pathlib import Path

from benchmarks.measure import Figure, Sample, p95, seconds
from benchmarks.window import OpenWindow, open_window
from models.ledger import Ledger

ROUNDS = 20
SCANS = 3  # they take long and differ little
FRAME = 0.050  # seconds: no key must be answered later
SCANNED = ("title", "place", "summary", "effect", "leader")  # where nearly all text is

# Each is typed to its end; the last key is measured. From texts that stand in half of all records to none.
QUERIES = {
    "two characters": ("职工", "车间", "活动", "座谈", "剪纸"),
    "three characters": ("培训班", "大讲堂", "咨询台"),
    "four characters": ("班前十分", "职工书屋", "友谊比赛"),
    "initials": ("zg", "gjc", "dskt", "qjsx"),
    "nothing found": ("工职", "鹿鼎记", "没有这个词", "zzqx"),
}


def measure(ledger_folder: Path) -> list[Figure]:
    """For each kind of query the keys and the scans; and the slowest key of all against the frame of 50 ms."""
    figures: list[Figure] = []
    keys: list[float] = []
    with open_window(ledger_folder) as opened, Ledger.open(ledger_folder, exclusive=False) as other:
        for kind, texts in QUERIES.items():
            ours: list[float] = []
            scans: list[float] = []
            for text in texts:
                scan = [seconds(lambda text=text: _scan(other, text)) for _ in range(SCANS)]
                ours += [press_last_key(opened, text) for _ in range(ROUNDS)]
                scans += [scan[number % SCANS] for number in range(ROUNDS)]
            keys += ours
            what = f"key to rows, {kind}"
            figures.append(Figure("P3", what, Sample("key", ours), Sample("LIKE", scans), 0.1, by_p95=True))
        figures.append(_slowest(keys, opened.rest))
    return figures


def press_last_key(opened: OpenWindow, text: str) -> float:
    """Seconds from the last key of `text` to the painted rows, when everything before it has come to rest."""
    opened.search.setText(text[:-1])
    opened.settle()
    took = opened.until_painted(lambda: opened.search.setText(text))
    opened.settle()
    return took


def _slowest(keys: list[float], rest: list[float]) -> Figure:
    slowest = sorted(keys)[-2:]
    notes = [
        f"{len(keys)} keys: p95 {p95(keys) * 1000:.1f} ms; with the detail beside the list {p95(rest) * 1000:.1f} ms",
    ]
    return Figure("P3", "the slowest keys", Sample("key", slowest), Sample("frame", [FRAME] * 2), 1, notes=notes)


def _scan(ledger: Ledger, text: str) -> None:
    """What finding without an index takes: LIKE over all records, for the count that stands under the list."""
    anywhere = " OR ".join(f"{name} LIKE :text" for name in SCANNED)
    ledger.query(f"SELECT count(*) FROM activity WHERE deleted_at IS NULL AND ({anywhere})", {"text": f"%{text}%"})
