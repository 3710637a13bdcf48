"""Promise 13: what is installed is what was locked, and what is published is what was built.

A case is one tampering. Of the environment: pip, called as the Makefile calls it, is offered a package that is not the
locked one, or a lock that is no lock. Of the site: a published file or its manifest is changed, and both sha256sum and
the next build must notice.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from sijill.publish import MANIFEST
from tests.sites import ROOT, make, options
from tests.soak.forked import result_of, tree_hash, warm

LOCKS = ("default", "import", "dev", "fuzz", "neural")


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` cases, in turn of the environment and of the site."""
    chance = random.Random(seed)
    failures: list[str] = []
    warm()
    with tempfile.TemporaryDirectory(prefix="sijill-lock-") as name:
        project = make(Path(name) / "project")
        if not result_of(options(project)).published:
            return 0, ["the clean build failed"]
        for number in range(count):
            turn = number // 2
            if number % 2:
                tamper = TAMPERED[turn % len(TAMPERED)]
                what, found = tamper.__name__, _site(project, tamper, chance)
            else:
                offer = OFFERED[turn % len(OFFERED)]
                what, found = offer.__name__, _environment(Path(name) / str(number), offer, chance)
            failures += (f"case {number}, {what.strip('_')}: {each}" for each in found)
    return count, failures


# --- the environment --------------------------------------------------------------------------------------------------

Offer = Callable[[str, str, bytes, random.Random], tuple[str, bytes]]
"""The lock's entry and a genuine package, to the entry and the package that pip is offered."""


def _environment(folder: Path, offer: Offer, chance: random.Random) -> Iterator[str]:
    """What pip makes of an offer; and that it takes the same package where nothing was tampered with."""
    folder.mkdir()
    name, version = chance.choice(_pins(ROOT / "requirements" / f"{chance.choice(LOCKS)}.lock"))
    wheel = folder / f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    genuine = _wheel(wheel, name, version)
    hashed = subprocess.run([sys.executable, "-m", "pip", "hash", wheel], capture_output=True, text=True, check=True)
    entry = f"{name}=={version} {hashed.stdout.split()[-1]}"
    if _installs(folder, entry) != "":
        yield f"{name} {version} is refused as it is"
    entry, body = offer(name, entry, genuine, chance)
    wheel.write_bytes(body)
    if _installs(folder, entry) == "":
        yield f"{name} {version} is installed"


def _pins(lock: Path) -> list[tuple[str, str]]:
    return re.findall(r"^([a-z0-9-]+)==([0-9.]+)(?= )", lock.read_text("utf-8"), re.MULTILINE)


def _wheel(path: Path, name: str, version: str) -> bytes:
    about = f"{path.name.partition('-')[0]}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(zipfile.ZipInfo("made_up.py"), "value = 1\n")
        wheel.writestr(
            zipfile.ZipInfo(f"{about}/METADATA"), f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        wheel.writestr(
            zipfile.ZipInfo(f"{about}/WHEEL"), "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(zipfile.ZipInfo(f"{about}/RECORD"), "")
    return path.read_bytes()


def _installs(folder: Path, entry: str) -> str:
    """Install one entry of a lock with the options of the Makefile; why not, or nothing."""
    lock = folder / "one.lock"
    lock.write_text(f"{entry}\n", "utf-8")
    options = re.search(r"^INSTALL := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert options is not None
    offline = ["--no-index", "--find-links", str(folder), "--target", str(folder / "out"), "--upgrade"]
    command = [sys.executable, *options[1].split(), "-r", str(lock), *offline]
    # A machine may tell pip of packages of its own, which must not take the place of the one that is offered.
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    environment = {**ours, "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    return "" if done.returncode == 0 else done.stderr or "refused without a word"


def _changed_byte(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    at = chance.randrange(len(wheel))
    return entry, wheel[:at] + bytes([wheel[at] ^ (1 << chance.randrange(8))]) + wheel[at + 1 :]


def _longer(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    return entry, wheel + chance.randbytes(chance.randint(1, 100))


def _other_hash(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    at = entry.index("sha256:") + 7 + chance.randrange(64)
    return entry[:at] + ("1" if entry[at] == "0" else "0") + entry[at + 1 :], wheel


def _no_hash(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    return entry.partition(" ")[0], wheel


def _no_version(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    return f"{name}>=0 {entry.partition(' ')[2]}", wheel


def _weak_hash(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    return f"{entry.partition(' ')[0]} --hash=md5:{chance.randbytes(16).hex()}", wheel


def _another_package(name: str, entry: str, wheel: bytes, chance: random.Random) -> tuple[str, bytes]:
    return f"{entry}\n{name}-extra==1.0", wheel


OFFERED: tuple[Offer, ...] = (
    _changed_byte,
    _longer,
    _other_hash,
    _no_hash,
    _no_version,
    _weak_hash,
    _another_package,
)


# --- the site ---------------------------------------------------------------------------------------------------------

Tamper = Callable[[list[Path], Path, random.Random], bool]
"""Changes a published site; whether sha256sum can see it, which looks at what the manifest lists only."""


def _site(project: Path, tamper: Tamper, chance: random.Random) -> Iterator[str]:
    """Whether a change is noticed, by a standard tool and by the next build, which puts the site back."""
    site = project / "site"
    before = tree_hash(site)
    files = sorted(path for path in site.rglob("*") if path.is_file() and path.name != MANIFEST)
    visible = tamper(files, site, chance)
    if tree_hash(site) == before:
        yield "nothing was changed"
    command = ["sha256sum", "-c", "--strict", "--status", MANIFEST]
    checked = subprocess.run(command, cwd=site, capture_output=True, check=False)
    if visible and checked.returncode == 0:
        yield "sha256sum notices nothing"
    if result_of(options(project)).unchanged:
        yield "the next build notices nothing"
    if tree_hash(site) != before:
        yield "the next build does not put the site back"


def _edited(files: list[Path], site: Path, chance: random.Random) -> bool:
    path = chance.choice([each for each in files if each.stat().st_size])
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return True


def _removed(files: list[Path], site: Path, chance: random.Random) -> bool:
    chance.choice(files).unlink()
    return True


def _added(files: list[Path], site: Path, chance: random.Random) -> bool:
    (chance.choice(files).parent / "added.html").write_text("<script>")
    return False


def _swapped(files: list[Path], site: Path, chance: random.Random) -> bool:
    one, other = chance.sample([each for each in files if each.suffix == ".html"], 2)
    left, right = one.read_bytes(), other.read_bytes()
    one.write_bytes(right)
    other.write_bytes(left)
    return left != right


def _manifest_line(files: list[Path], site: Path, chance: random.Random) -> bool:
    lines = (site / MANIFEST).read_text("utf-8").splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    (site / MANIFEST).write_text("".join(lines), "utf-8")
    return False


def _manifest_digest(files: list[Path], site: Path, chance: random.Random) -> bool:
    text = (site / MANIFEST).read_text("utf-8")
    (site / MANIFEST).write_text(("1" if text[0] == "0" else "0") + text[1:], "utf-8")
    return True


def _both(files: list[Path], site: Path, chance: random.Random) -> bool:
    """A page and its line: only what the build remembers can tell."""
    path = chance.choice(files)
    path.write_bytes(path.read_bytes() + b" ")
    name = path.relative_to(site).as_posix()
    digest = subprocess.run(["sha256sum", name], cwd=site, capture_output=True, text=True, check=True).stdout
    lines = (site / MANIFEST).read_text("utf-8").splitlines(keepends=True)
    kept = [digest if line.partition("  ")[2].strip() == name else line for line in lines]
    (site / MANIFEST).write_text("".join(kept), "utf-8")
    return False


TAMPERED: tuple[Tamper, ...] = (_edited, _removed, _added, _swapped, _manifest_line, _manifest_digest, _both)
