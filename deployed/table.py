"""The table that a run prints, a row as soon as it is known."""

import sys
import time
from dataclasses import dataclass, field

MARKS = {"passed": "ok", "failed": "FAILED", "skipped": "not here"}


@dataclass
class Table:
    """What was checked. A check that did not happen is never counted as one that passed."""

    began: float = field(default_factory=time.monotonic)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MARKS, 0))

    def say(self, text: str) -> None:
        """What happens now, on standard error: it is no result."""
        print(f"{time.monotonic() - self.began:6.0f} s  {text} …", file=sys.stderr, flush=True)

    def check(self, what: str, passed: bool, seen: object = "") -> bool:
        """A check, with what was seen: that is what a reader of a failure needs."""
        self._row("passed" if passed else "failed", what, seen)
        return passed

    def equal(self, what: str, seen: object, expected: object) -> bool:
        """A check that two things are equal."""
        return self.check(what, seen == expected, seen if seen == expected else f"{seen!r}, not {expected!r}")

    def skip(self, what: str, why: str) -> None:
        """What this place does not have, and why."""
        self._row("skipped", what, why)

    def _row(self, result: str, what: str, seen: object) -> None:
        self.counts[result] += 1
        # Of a failure, what a reader needs to understand it.
        seen = str(seen)[: 6000 if result == "failed" else 600]
        print(f"{MARKS[result]:8} | {what:70} | {seen}", flush=True)

    def close(self) -> bool:
        """Prints the sums; whether all is as it should be."""
        print(", ".join(f"{count} {result}" for result, count in self.counts.items()), flush=True)
        return self.counts["failed"] == 0 and self.counts["passed"] > 0
