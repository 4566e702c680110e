"""Widgets that know nothing of unions: they take words, values and functions, and hand back values and signals."""
