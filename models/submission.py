"""A submission (报送): what was sent to the union above, kept whole, and what became of it since."""

from dataclasses import dataclass
from datetime import datetime


class SubmissionState:
    """The furthest a submission has come. It follows from its events, which are only ever added to."""

    GENERATED = "generated"
    QUEUED = "queued"  # to be sent when the network is back
    SENDING = "sending"  # an attempt began and nothing tells how it ended: only a person can say
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    CORRECTED = "corrected"  # a later version was sent


STATE_LABELS = {
    SubmissionState.GENERATED: "已生成",
    SubmissionState.QUEUED: "待发送",
    SubmissionState.SENDING: "发送结果不明",
    SubmissionState.SENT: "已发送",
    SubmissionState.RECEIVED: "已收",
    SubmissionState.RETURNED: "退回",
    SubmissionState.CORRECTED: "已更正",
}


class Way:
    """How it left this computer."""

    DRAFT = "draft"
    WEBMAIL = "webmail"
    SMTP = "smtp"
    USB = "usb"
    PRINT = "print"


WAY_LABELS = {
    Way.DRAFT: "邮件程序",
    Way.WEBMAIL: "网页邮箱",
    Way.SMTP: "本程序直接发送",
    Way.USB: "存到U盘",
    Way.PRINT: "打印邮寄",
}


class EventKind:
    """What can happen to a submission. A failed attempt leaves the state as it was before."""

    GENERATED = "generated"
    QUEUED = "queued"
    ATTEMPT = "attempt"
    FAILED = "failed"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"
    CORRECTED = "corrected"
    CANCELLED = "cancelled"  # taken out of the queue again


@dataclass(frozen=True, slots=True)
class SubmissionEvent:
    """One thing that happened: when, what (EventKind), by which way, with the words of the clerk or of the server."""

    submission_uid: str
    at: datetime
    kind: str
    way: str = ""
    text: str = ""
    person: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionFile:
    """One file of the package. `name` is its path inside the zip, `digest` the SHA-256 of its bytes, by which the
    ledger's folder keeps them; `extent` is “2页” or “14行” where that says something.
    """

    name: str
    title: str
    extent: str
    digest: str
    suffix: str
    byte_count: int


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """A record as it was when it was submitted. `kind` is its table."""

    kind: str
    record_uid: str
    revision: int


@dataclass(frozen=True, slots=True)
class Submission:
    """One version of what was reported for a period. Nothing in it ever changes.

    `period` is the code of the period, `version` counts from 1 within it, `forms` are the codes of the forms in it,
    `digest` the SHA-256 that the receipt code comes from. `added`, `changed` and `removed` count the records that
    differ from the version before (0 in the first).
    """

    period: str
    version: int
    receipt_code: str
    digest: str
    made_at: datetime
    made_by: str = ""
    recipient: str = ""
    subject: str = ""
    body: str = ""
    forms: tuple[str, ...] = ()
    activities: int = 0
    cases: int = 0
    soft_findings: int = 0
    explained_findings: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    notice_id: str = ""
    form_version: str = ""
    number: str = ""
    uid: str = ""


_SETTLED = {
    EventKind.GENERATED: SubmissionState.GENERATED,
    EventKind.SENT: SubmissionState.SENT,
    EventKind.RECEIVED: SubmissionState.RECEIVED,
    EventKind.RETURNED: SubmissionState.RETURNED,
    EventKind.CORRECTED: SubmissionState.CORRECTED,
}


def state_of(events: tuple[SubmissionEvent, ...]) -> str:
    """The state after `events`, in the order in which they happened.

    A failed attempt leaves a submission in the queue if it was there, and otherwise as it was before. What the superior
    has confirmed stays confirmed when it is sent once more.
    """
    settled, queued, sending = SubmissionState.GENERATED, False, False
    for event in events:
        match event.kind:
            case EventKind.QUEUED:
                queued, sending = True, False
            case EventKind.ATTEMPT:
                sending = True
            case EventKind.FAILED:
                sending = False
            case EventKind.CANCELLED:
                queued = sending = False
            case kind:
                confirmed = kind == EventKind.SENT and settled == SubmissionState.RECEIVED
                settled, queued, sending = settled if confirmed else _SETTLED[kind], False, False
    if sending:
        return SubmissionState.SENDING
    return SubmissionState.QUEUED if queued else settled
