"""Writes requirements/*.lock from pyproject.toml: every package pinned, with the hashes of all its published files.

Kept out of the package because only a maintainer runs it. uv resolves (in a throw-away environment); pip installs.
camel-tools is resolved alone, without its dependencies: see docs/decisions/0001-camel-tools-without-torch.md. On Linux
the registry's torch is made for graphics cards, so that platform gets the hashes of torch's own processor builds.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = "uv==0.13.9"
HEADER = """\
# {what}
# Written by `make lock`; do not edit. Install with: pip install --require-hashes --no-deps -r requirements/{name}
"""


def camel_pin(pyproject: Path) -> str:
    """The exact camel-tools requirement, which stands once, in the extra `neural`."""
    extra: list[str] = tomllib.loads(pyproject.read_text("utf-8"))["project"]["optional-dependencies"]["neural"]
    [pin] = [requirement for requirement in extra if requirement.startswith("camel-tools==")]
    return pin


def resolve(uv: Path, out: Path, *arguments: str, stdin: str = "") -> str:
    """The pinned, hashed lines that uv writes for `arguments`; versions already in `out` are kept unless upgrading."""
    command = [str(uv), "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    subprocess.run([*command, "-o", str(out), *arguments], cwd=ROOT, input=stdin, text=True, check=True)
    return out.read_text("utf-8")


def without_graphics(lock: str, sums: str) -> str:
    """The lock without what torch needs for graphics cards, and with its processor builds for Linux.

    `sums`: a line `hash  file` for each of those builds, of the version that the lock holds.
    """
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    kept = []
    for entry in entries:
        name, _, version = entry.split(None, 1)[0].partition("==")
        if re.match(r"(nvidia|cuda)-|triton$", name):
            continue
        if name == "torch":
            hashes = [line.split()[0] for line in sums.splitlines() if f"-{version}+cpu-" in line]
            if not hashes:
                raise SystemExit(f"requirements/torch-cpu.sha256 has no build of torch {version}")
            lines = [f"torch=={version}+cpu ; sys_platform == 'linux'", *(f"--hash=sha256:{each}" for each in hashes)]
            kept.append(" \\\n    ".join(lines) + "\n")
            rest = entry.split("\n", 1)[1]
            entry = f"torch=={version} ; sys_platform != 'linux' \\\n{rest}"
        kept.append(entry)
    return "".join(kept)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write requirements/*.lock.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest allowed versions")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    locks = ROOT / "requirements"
    default, dev, neural = locks / "default.lock", locks / "dev.lock", locks / "neural.lock"
    pages = locks / "import.lock"
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([sys.executable, "-m", "venv", work], check=True)
        binaries = Path(work) / ("Scripts" if os.name == "nt" else "bin")
        subprocess.run([str(binaries / "python"), "-m", "pip", "install", "--quiet", UV], check=True)
        uv = binaries / "uv"
        camel = resolve(uv, Path(work) / "camel.txt", "--no-deps", "-", stdin=camel_pin(ROOT / "pyproject.toml"))
        kept = Path(work) / "default.txt"
        if default.exists():
            kept.write_bytes(default.read_bytes())
        imports = resolve(uv, kept, "pyproject.toml", *upgrade)
        header = HEADER.format(name=default.name, what="What the default build imports, and nothing else.")
        default.write_text(header + camel + imports, "utf-8")
        kept = Path(work) / "import.txt"
        if pages.exists():
            kept.write_bytes(pages.read_bytes())
        brought = resolve(uv, kept, "--group", "pyproject.toml:import", "-c", str(default), *upgrade)
        what = "What importing saved web pages needs beside default.lock."
        pages.write_text(HEADER.format(name=pages.name, what=what) + brought, "utf-8")
        kept = Path(work) / "dev.txt"
        if dev.exists():
            kept.write_bytes(dev.read_bytes())
        tests = resolve(uv, kept, "--group", "pyproject.toml:dev", "-c", str(default), "-c", str(pages), *upgrade)
        dev.write_text(HEADER.format(name=dev.name, what="What the tests and the linters need.") + tests, "utf-8")
        kept = Path(work) / "fuzz.txt"
        fuzz = locks / "fuzz.lock"
        if fuzz.exists():
            kept.write_bytes(fuzz.read_bytes())
        group = ["--group", "pyproject.toml:fuzz", "-c", str(default), "-c", str(pages), "-c", str(dev)]
        fuzzing = resolve(uv, kept, *group, *upgrade)
        what = "What `make soak` and `make fuzz` need beside dev.lock."
        fuzz.write_text(HEADER.format(name=fuzz.name, what=what) + fuzzing, "utf-8")
        kept = Path(work) / "neural.txt"
        if neural.exists():
            kept.write_text(neural.read_text("utf-8").replace("+cpu", ""), "utf-8")
        group = ["--group", "pyproject.toml:neural", "-c", str(default), "-c", str(pages), "-c", str(dev)]
        engine = without_graphics(resolve(uv, kept, *group, *upgrade), (locks / "torch-cpu.sha256").read_text("utf-8"))
        what = "What --ner-model needs beside default.lock."
        neural.write_text(HEADER.format(name=neural.name, what=what) + engine, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
