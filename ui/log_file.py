"""Where faults are written down on this computer."""

import logging
import sys

from models.preferences import settings_folder


class LogFile(logging.Handler):
    """A small file in the settings folder, made by the first fault; nothing of it leaves this computer."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self._file = self._file or _open_log()
        self._file.emit(record)


def log_to_file() -> None:
    """Have every warning and fault written to that file."""
    logging.getLogger().addHandler(LogFile())


def _open_log() -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # brings the network along, so not before it is needed

    folder = settings_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "program.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler
