"""The only SQL about day marks, persons and pairs that are no duplicates."""

from models.record_repository import RecordTable
from models.small_records import DayMark, DistinctPair, Person

DAY_MARKS = RecordTable("day_mark", DayMark, "日历标记")
PERSONS = RecordTable("person", Person, "人员")
DISTINCT_PAIRS = RecordTable("distinct_pair", DistinctPair, "“不是重复”的记录")
