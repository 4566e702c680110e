"""Counting 作品/报道 and 先进典型: which part of 表7 each belongs to, how many pieces, how many views.

Which of the blocks of 表7 a 作品/报道 stands in follows from its `kind`, a code of the notice's publicity_kind list:

* 一、报道: `news` and `commentary`.
* 二、账号和作品: `graphic`; and everything else that is not one of the five below, as far as an account or a number
  of plays is filled in: it was put out on a platform.
* 四、报送作品: `theory`, `calligraphy`, `seal_carving`, `arts`, `poster`, which are made to be sent in; and everything
  else without account and plays: a short video for a contest, `other`, a code that this notice does not know, a kind
  nobody has chosen yet.

So each work stands in exactly one block and none is lost. A number nobody filled in counts as one. Views are summed
apart and never added to 人次. Which period a record belongs to says models/publicity_period.
"""

from collections.abc import Iterable

from models.publicity import Exemplar, Work
from models.reports.counting import Sum

REPORTS = frozenset({"news", "commentary"})
PUBLISHED = frozenset({"graphic"})
SENT_IN = frozenset({"theory", "calligraphy", "seal_carving", "arts", "poster"})

PIECES = "所列各项的件（条）数之和，没有填数量的按1计"
VIEWS = "所列各项播放（阅读）量之和，不计入人次"
TIMES = "宣传次数之和，没有填次数的按1次计"


def sorted_out(works: Iterable[Work]) -> tuple[list[Work], list[Work], list[Work]]:
    """The works of 一、报道, 二、账号和作品 and 四、报送作品, by the rule at the head of this module."""
    reports, published, sent_in = list[Work](), list[Work](), list[Work]()
    for work in works:
        if work.kind in REPORTS:
            reports.append(work)
        elif work.kind in PUBLISHED or (work.kind not in SENT_IN and (work.account or work.views is not None)):
            published.append(work)
        else:
            sent_in.append(work)
    return reports, published, sent_in


def pieces(works: Iterable[Work]) -> Sum:
    """件数 or 条数: what nobody filled in counts as one."""
    return _sum((work.uid, 1 if work.quantity is None else work.quantity) for work in works)


def views(works: Iterable[Work]) -> Sum:
    """播放（阅读）量 of those works where it is filled in."""
    return _sum((work.uid, work.views) for work in works)


def times(exemplars: Iterable[Exemplar]) -> Sum:
    """How often exemplars were publicised: what nobody filled in counts as once."""
    return _sum((each.uid, 1 if each.times is None else each.times) for each in exemplars)


def _sum(values: Iterable[tuple[str, int | None]]) -> Sum:
    present = [(uid, value) for uid, value in values if value is not None]
    return Sum(sum(value for _uid, value in present), tuple(uid for uid, _value in present))
