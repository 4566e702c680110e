"""What a page asks of the running program as a whole, not of its own window: the ledger has to be closed for it."""

from PySide6.QtCore import QObject, Signal


class Requests(QObject):
    """`reopen` the ledger (another notice is in force); `recover` from a backup, a package or another folder."""

    reopen = Signal()
    recover = Signal()


requests = Requests()
