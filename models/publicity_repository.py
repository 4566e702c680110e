"""The only SQL about 作品/报道 and 先进典型."""

from models.publicity import Exemplar, Work
from models.record_repository import RecordTable

WORKS = RecordTable("work", Work, "作品或报道")
EXEMPLARS = RecordTable("exemplar", Exemplar, "先进典型")
