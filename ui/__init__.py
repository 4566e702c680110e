"""The window. PySide6 lives here and nowhere else; SQL and file formats live elsewhere."""

from ui.singletons import keep_singletons_alive

keep_singletons_alive()  # before anything of Qt is called
