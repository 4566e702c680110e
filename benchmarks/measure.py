"""How a figure is taken and judged: ours and the floor in turns, so that whatever slows the machine slows both."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Action = Callable[[], object]


def seconds(action: Action) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def in_turns(*actions: Action, rounds: int, warm_up: int = 1) -> list[list[float]]:
    """Call the actions in turns, `rounds` times, each round beginning with another; a list of seconds for each."""
    times: list[list[float]] = [[] for _ in actions]
    gc.collect()
    gc.freeze()
    for number in range(-warm_up, rounds):
        for step in range(len(actions)):
            index = (number + step) % len(actions)
            took = seconds(actions[index])
            if number >= 0:
                times[index].append(took)
    return times


def p95(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


@dataclass(frozen=True, slots=True)
class Sample:
    """Repeated measurements of one thing: seconds, or bytes with `unit` MB."""

    name: str
    values: Sequence[float]
    unit: str = "ms"

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        return p95(self.values)

    def __str__(self) -> str:
        factor = 1000 if self.unit == "ms" else 1e-6
        middle, high = self.median * factor, self.p95 * factor
        return f"{self.name} {middle:.4g} {self.unit} (p95 {high:.4g})"


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio with its goal: ours at most so many times the floor or, with `at_least`, so many times faster."""

    key: str
    what: str
    ours: Sample
    floor: Sample
    goal: float | None
    at_least: bool = False
    by_p95: bool = False
    notes: list[str] = field(default_factory=list[str])

    @property
    def ratios(self) -> list[float]:
        """One ratio per round, of measurements taken right after each other."""
        pairs = zip(self.ours.values, self.floor.values, strict=True)
        return [floor / ours if self.at_least else ours / floor for ours, floor in pairs]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios; for a figure by p95, the ratio of the two p95."""
        if not self.by_p95:
            return statistics.median(self.ratios)
        return self.floor.p95 / self.ours.p95 if self.at_least else self.ours.p95 / self.floor.p95

    @property
    def holds(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def __str__(self) -> str:
        low, _, high = statistics.quantiles(self.ratios, n=4)
        kind = "times faster" if self.at_least else "×"
        of = " (of p95)" if self.by_p95 else ""
        sign = "≥" if self.at_least else "≤"
        goal = "no goal" if self.goal is None else f"goal {sign} {self.goal:g}: {'holds' if self.holds else 'MISSED'}"
        lines = [
            f"{self.key:4} {self.what}",
            f"     {self.ratio:.3g} {kind}{of}, half of the rounds {low:.3g}–{high:.3g}; {goal}",
            f"     {self.ours}; {self.floor}",
        ]
        return "\n".join(lines + [f"     {note}" for note in self.notes])
