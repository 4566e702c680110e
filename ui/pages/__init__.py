"""One page per rail entry, composed of widgets."""
