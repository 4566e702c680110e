"""The one kind of error a clerk may see. Everything else is a bug and is reported as one."""


class UserError(Exception):
    """Something the person at the screen can act on.

    The message is a complete plain-Chinese sentence: what happened, where, and what to do. It is
    shown as it stands, so it never holds a path of the program, a class name or a traceback.
    """

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail  # technical text for the log and the report to copy, never shown by itself
