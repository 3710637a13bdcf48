"""Promise 6: the same input gives the same bytes.

Each case is a build by a Python of its own: another hash seed, time zone and day, locale, order in which the files were
made and are listed (and with it their ages), number of workers, umask, home and folder. One digest is allowed.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.sites import ROOT, make
from tests.soak.forked import tree_hash

SEEDS = ("0", *(str(number * 7919) for number in range(1, 20)))
ZONES = ("UTC", "Asia/Tokyo", "America/New_York")
LOCALES = ("C.UTF-8", "C")
ORDERS = ("sorted", "reversed")
JOBS = (1, 3)
DAYS_ON = {"UTC": 0, "Asia/Tokyo": 400, "America/New_York": -4000}
"""Each zone has its own day, by so many days after the machine's: a clock in the output would show."""
ELSEWHERE = """
import datetime, os, sys, time

SHIFT = int(os.environ["DAYS_ON"]) * 86_400
REVERSED = os.environ["ORDER"] == "reversed"


def heard(event, _):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        os.write(2, f"the network was asked: {event}\\n".encode())
        os._exit(9)


class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])


class Date(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class DateTime(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    today = now

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(time.time())


class Listing:
    def __init__(self, entries):
        with entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=REVERSED))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def close(self):
        pass


def shifted(function, scale):
    return lambda: function() + SHIFT * scale


def at(function, place):
    def called(*given):
        return function(*given) if len(given) > place else function(*given, time.time())

    return called


def listed(function):
    return lambda *given: sorted(function(*given), reverse=REVERSED)


def as_entries(function):
    return lambda *given: Listing(function(*given))


real = time.strftime
time.time, time.time_ns = shifted(time.time, 1), shifted(time.time_ns, 10**9)
time.localtime, time.gmtime, time.ctime = at(time.localtime, 0), at(time.gmtime, 0), at(time.ctime, 0)
time.strftime = lambda form, *given: real(form, *(given or (time.localtime(),)))
datetime.date, datetime.datetime = Date, DateTime
os.listdir, os.scandir = listed(os.listdir), as_entries(os.scandir)
sys.addaudithook(heard)
"""
"""A `sitecustomize`: Python on another day, with disks that list their files in the one order or the other, and where
nobody answers: who asks the network has failed."""
ARTICLES = 24
FIRST_DAY = dt.date(2017, 1, 23)
SENTENCES = (
    "وصل الوفد السوري برئاسة الدكتور بشار الجعفري إلى أستانا للمشاركة في الجولة {n} من محادثات أستانا.",
    "قال بشار الجعفري إن الوفد السوري حضر الجولة {n} من محادثات أستانا.",
    "والتقى الوفد الروسي برئاسة ألكسندر لافرنتييف الوفد السوري.",
    "وأكد وزير خارجية إيران محمد جواد ظريف أن المحادثات كانت مفيدة.",
    "وغاب وفد المعارضة السورية عن الجولة {n} من محادثات أستانا.",
)


class Case(NamedTuple):
    seed: str
    zone: str
    locale: str
    order: str
    jobs: int


def run(count: int, seed: int) -> tuple[int, list[str]]:
    """`count` of all combinations, chosen so that few of them cover every value."""
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sijill-rebuilds-") as name:
        folder = Path(name)
        original = make(folder / "original")
        _articles(original / "content" / "articles", random.Random(seed))
        made = {order: _copy(original, folder / order, order) for order in ORDERS}
        (folder / "elsewhere").mkdir()
        (folder / "elsewhere" / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
        first = ""
        for number, case in enumerate(_cases(count, seed)):
            here = folder / f"here-{number % 5}"
            said = _build(case, made[case.order], here)
            found = tree_hash(here / "site")
            first = first or found
            if said or found != first:
                failures.append(f"with {case}: {said or 'another digest'}")
    return count, failures


def _cases(count: int, seed: int) -> Iterator[Case]:
    """All combinations in a random order, those first that differ from the first in everything."""
    yield from itertools.islice(_ordered(seed), count)


def _ordered(seed: int) -> Iterator[Case]:
    every = [Case(*each) for each in itertools.product(SEEDS, ZONES, LOCALES, ORDERS, JOBS)]
    random.Random(seed).shuffle(every)
    seen: set[tuple[int, object]] = set()
    late = []
    for case in every:
        values = set(enumerate(case[1:], 1))
        if values <= seen:
            late.append(case)
        else:
            seen |= values
            yield case
    yield from late


def _articles(folder: Path, chance: random.Random) -> None:
    for number in range(ARTICLES):
        date = FIRST_DAY + dt.timedelta(days=chance.randrange(2000))
        lines = "\n".join(chance.choice(SENTENCES).format(n=chance.randrange(1, 21)) for _ in range(6))
        path = folder / f"{date.year}" / f"a{number}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"---\ndate: {date}\n---\nخبر رقم {number} عن أستانا\n{lines}\n", "utf-8")


def _copy(original: Path, folder: Path, order: str) -> Path:
    """The same files, made one after another in this order, and of other ages."""
    files = sorted(path for path in original.rglob("*") if path.is_file())
    for age, path in enumerate(reversed(files) if order == "reversed" else files):
        copy = folder / path.relative_to(original)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (age * 86_400, age * 86_400))
    return folder


def _build(case: Case, project: Path, here: Path) -> str:
    """Build a site from nothing; what went wrong."""
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir()
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONHASHSEED": case.seed,
        "TZ": case.zone,
        "LC_ALL": case.locale,
        "HOME": str(here),
        "COLUMNS": str(40 + len(case.zone)),
        "PYTHONPATH": str(here.parent / "elsewhere"),
        "DAYS_ON": str(DAYS_ON[case.zone]),
        "ORDER": case.order,
    }
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(project / "content"), "--no-cache"]
    command += ["--output", str(here / "site"), "--jobs", str(case.jobs)]
    umask = 0o077 if case.order == "reversed" else 0o022
    done = subprocess.run(command, env=environment, cwd=here, capture_output=True, text=True, umask=umask, check=False)
    return f"exit {done.returncode}: {done.stderr}" if done.returncode or done.stderr else ""
