"""`python -m tests.soak`: try to break the promises, and print a table of what was tried and what came of it.

Writes nothing but, with `--write`, the table between two marks of a Markdown page; rows that did not run stay there.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import time
from pathlib import Path

from tests.soak import PROMISES, Promise

START, END = "<!-- soak: begin -->", "<!-- soak: end -->"
HEAD = ("| # | promise | test | cases | result |", "|---|---|---|---|---|")
SHOWN = 20
"""Failures of one promise that are told."""


def main(argv: list[str]) -> int:
    """1 where a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="modules to run (default: all)")
    parser.add_argument("--scale", choices=("small", "full"), default="full")
    parser.add_argument("--count", type=int, metavar="N", help="so many cases of each instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the rows into this page, between its marks")
    arguments = parser.parse_args(argv)
    unknown = sorted(set(arguments.names) - {promise.module for promise in PROMISES})
    if unknown:
        parser.error(f"no such module: {', '.join(unknown)}")
    broken = 0
    print(*HEAD, sep="\n", flush=True)
    for promise in PROMISES:
        if arguments.names and promise.module not in arguments.names:
            continue
        start = time.monotonic()
        tried, failures = promise.run(arguments.count or getattr(promise, arguments.scale), arguments.seed)
        broken += bool(failures)
        row = row_of(promise, tried, failures)
        print(row, flush=True)
        print(f"{promise.module}: {time.monotonic() - start:.0f} s", file=sys.stderr)
        for failure in failures[:SHOWN]:
            print(f"{promise.module}: {failure}", file=sys.stderr)
        if arguments.write:
            page = arguments.write.read_text("utf-8")
            arguments.write.write_text(with_row(page, row, machine()), "utf-8")
    return 1 if broken else 0


def row_of(promise: Promise, tried: int, failures: list[str]) -> str:
    """A row of the table."""
    result = f"**{len(failures):,} failed**" if failures else "0 failed"
    return f"| {promise.number} | {promise.text} | `{promise.module}` | {tried:,} | {result} |"


def with_row(page: str, row: str, note: str) -> str:
    """The page with the row in its table, in the order of the promises, and with a note on the machine below it."""
    before, _, rest = page.partition(START)
    table, _, after = rest.partition(END)
    rows = {_module(each): each for each in (*re.findall(r"^\| \d+ \|.*$", table, re.MULTILINE), row)}
    ordered = (rows[promise.module] for promise in PROMISES if promise.module in rows)
    return before + "\n".join((START, *HEAD, *ordered, "", note, END)) + after


def _module(row: str) -> str:
    return row.split("|")[3].strip(" `")


def machine() -> str:
    """What the figures were measured with."""
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    return f"Last run: Python {platform.python_version()}, {system}, {os.cpu_count()} processors."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
