"""Read files that come from elsewhere: nothing in them is trusted, and a broken one becomes a sentence, never a crash.

Every importer returns plain values; saving them is another step, so that a person can look at them first.
"""
