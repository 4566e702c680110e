"""The window. PySide6 lives here and nowhere else; SQL and file formats live elsewhere."""
