"""`python -m bench.importing`: how long saved pages take to import, and how many titles and days come out right."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.corpus import ROOT, make_project
from bench.pages import write_pages


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    count = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="sijill-import-") as name:
        folder = Path(name)
        content = make_project(folder / "archive", 1)
        told = {path.as_posix(): page for path, page in write_pages(folder / "pages", count)}
        command = [sys.executable, str(ROOT / "build.py"), "--content", str(content), "import", str(folder / "pages")]
        start = time.perf_counter()
        done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - start
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        written = [row for row in rows if row["status"] in ("new", "near")]
        titles = sum(row["title"] == told[row["origin"]].title for row in rows)
        days = sum(row["date"] == told[row["origin"]].date for row in rows)
        print(f"{count:,} saved pages: {seconds:.1f} s (goal ≤ 60 s), {len(written):,} articles")
        print(f"right titles {100 * titles / count:.1f} %, right days {100 * days / count:.1f} % (goal ≥ 99 %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
