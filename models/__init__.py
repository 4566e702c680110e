"""The domain and its storage. Plain Python: usable without a screen, knows neither Qt nor any file format."""
