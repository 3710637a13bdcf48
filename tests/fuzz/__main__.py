"""`python -m tests.fuzz TARGET SECONDS FOLDER`: atheris looks for bytes that reach new code and break it.

Needs requirements/fuzz.lock. The targets are those of `tests.fuzz.targets`. libFuzzer writes to standard error. Into
the folder go the bytes that broke something and, below `corpus-TARGET`, those that reached new code: the next run goes
on from them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SLOWEST = 20
"""Seconds of the wall for one input: ten times what an article may take, since machines are shared."""
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
    parser.add_argument("--most", type=int, default=-1, help="executions at most")
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
        "runs": asked.most,
        "seed": asked.seed,
        "timeout": SLOWEST,
        "max_len": LONGEST,
        "rss_limit_mb": 2048,
        "artifact_prefix": f"{corpus.parent}/{asked.target}-",
        "print_final_stats": 1,
        **({"dict": pieces} if target.pieces else {}),
    }
    atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in flags.items()), str(corpus)], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
