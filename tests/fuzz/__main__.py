"""`python -m tests.fuzz TARGET SECONDS FOLDER`: atheris looks for bytes that reach new code and break it.

Needs requirements/fuzz.lock. The targets are those of `tests.fuzz.targets`. libFuzzer writes to standard error. Into
the folder go the bytes that broke something and, below `corpus-TARGET`, those that reached new code: the next run goes
on from them.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path

SLOWEST = 20
"""Seconds of the processor for one input: ten times what an article may take, since its code is followed."""
STUCK = 600
"""Seconds of the wall, after which libFuzzer ends what never comes back to Python. Machines are shared."""
LONGEST = 6000
"""Bytes of an input."""


def main(argv: list[str]) -> None:
    """Ends the process, as libFuzzer does: not with 0 where something was found."""
    import atheris

    with atheris.instrument_imports(include=["sijill", "markdown"]):
        from tests.fuzz.targets import TARGETS
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("seconds", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    target = TARGETS[asked.target]
    corpus = asked.folder.resolve() / f"corpus-{asked.target}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(data)
    pieces = corpus.with_name(f"pieces-{asked.target}")
    written = ("".join(f"\\x{byte:02x}" for byte in piece.encode()) for piece in target.pieces)
    pieces.write_text("".join(f'"{each}"\n' for each in written), "utf-8")
    flags = {
        "max_total_time": asked.seconds,
        "seed": asked.seed,
        "timeout": STUCK,
        "max_len": LONGEST,
        "rss_limit_mb": 2048,
        "artifact_prefix": f"{corpus.parent}/{asked.target}-",
        "print_final_stats": 1,
        **({"dict": pieces} if target.pieces else {}),
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{key}={value}" for key, value in flags.items()), str(corpus)], _bounded(target.check)
    )
    atheris.Fuzz()


class SlowError(Exception):
    """An input took too long."""


def _bounded(check: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The target, which a signal stops when the processor has been at one input for too long."""

    def stop(*_: object) -> None:
        raise SlowError(f"one input takes more than {SLOWEST} s of the processor")

    def bounded(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_PROF, SLOWEST)
        try:
            check(data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    signal.signal(signal.SIGPROF, stop)
    return bounded


if __name__ == "__main__":
    main(sys.argv[1:])
