"""逻辑检查: one small function per rule, registered with its id.

Hard rules (H…) block 定稿 and 报送, never 保存. Soft rules (S…) are hints; one line of 核实说明 settles
a hint for as long as the values it was about stay the same.
"""

from models.checks.case_run import check_case, check_one_case, is_case_complete
from models.checks.findings import CheckResult, Finding, Severity
from models.checks.run import check_activity, check_period, is_complete

__all__ = [
    "CheckResult",
    "Finding",
    "Severity",
    "check_activity",
    "check_case",
    "check_one_case",
    "check_period",
    "is_case_complete",
    "is_complete",
]
