"""A long text that was changed near its end shows the change, not its beginning twice."""

import pytest

from models.text_apart import LAYOUT_ONLY, shown_apart

LONG = "班前会上讲身边的事，" * 30


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("职工书屋", "会议室", ("职工书屋", "会议室")),
        ("", "会议室", ("", "会议室")),
        (LONG + "每月一次。", LONG + "每周一次。", ("…前会上讲身边的事，每月一次。", "…前会上讲身边的事，每周一次。")),
        (LONG, LONG + "明年接着办。", ("…班前会上讲身边的事，", "…班前会上讲身边的事，明年接着办。")),
        ("改了开头，" + LONG, "动了开头，" + LONG, (f"改了开头，{LONG[:34]}…", f"动了开头，{LONG[:34]}…")),
        ("一是学。\n二是做。", "一是学。 二是做。", ("一是学。 二是做。", LAYOUT_ONLY)),
    ],
)
def test_what_differs_is_seen(old: str, new: str, shown: tuple[str, str]) -> None:
    assert shown_apart(old, new, 40) == shown
    assert all(len(text) <= 40 for text in shown)
