"""A project in which every place where anybody's words can stand holds a hostile text, as far as it is accepted.

A place is refused by whatever reads its file, or taken into the site. Shared by the promises that look at the site.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sijill.arabic.parties import party_names
from sijill.config import load_config
from sijill.corrections import CORRECTIONS, load_corrections
from sijill.decode import forbidden
from sijill.model import Issue
from sijill.read import read_article
from sijill.registry import load_registry
from sijill.strings import load_strings
from tests.payloads import PAYLOADS, composed
from tests.sites import ROOT, again, make

__all__ = ["PLACES", "Hostile", "Place", "hostile", "hostile_site"]

_SLOT = re.compile(r"<<([a-z-]+)\|(words|unseen|only|body|name)\|([^>]*)>>")
"""A place in a file: what it is called, how words stand there, and what stands there where a text is refused.

`words`: in quotation marks, behind harmless words; `unseen`: the same, where no page shows them; `only`: in quotation
marks, alone; `body`: in the text, behind harmless words; `name`: in the text, alone.
"""
_FRONT = """---
title: <<title|words|عنوان موصوف>>
date: <<date|only|2018-11-28>>
source: <<source|words|وكالة الأنباء>>
author: <<author|words|كاتب المقال>>
url: <<url|only|https://example.org/a?b=1&c=2>>
lang: <<lang|only|ar>>
former: [<<former|only|earlier>>]
---
"""
_NEWS = "قال بشار الجعفري إن الوفد السوري حضر الجولة 11 من محادثات أستانا في 28 تشرين الثاني 2018."
_SAID = "وقال وزير الخارجية الروسي سيرغي لافروف: «إن <<said|body|الحوار مستمر>>» في أستانا."
_NAMED = "أكد وزير الخارجية الأردني سامر <<name|name|بن>> الدروبي أن بلاده تتابع محادثات أستانا."
_BODIES: Mapping[str, Mapping[str, str]] = {
    ".txt": {
        "title": f"<<title|body|عنوان>>\n{_NEWS}\n",
        "text": f"عنوان الخبر\n<<text|body|نص>>\n{_NEWS}\n",
        "said": f"تصريح في أستانا\n{_SAID}\n",
        "name": f"زيارة إلى أستانا\n{_NAMED}\n",
    },
    ".md": {
        "title": f"# <<title|body|عنوان>>\n\n{_NEWS}\n",
        "text": f"# عنوان\n\n{_NEWS}\n\n<<text|body|نص>>\n",
        "section": f"# عنوان\n\n{_NEWS}\n\n## <<section|body|قسم>>\n\nنص.\n",
        "item": f"# عنوان\n\n{_NEWS}\n\n- أول\n- <<item|body|ثان>>\n",
        "quote": f"# عنوان\n\n{_NEWS}\n\n> <<quote|body|اقتباس>>\n",
        "cell": f"# عنوان\n\n{_NEWS}\n\n|أ|ب|\n|-|-|\n|<<cell|body|ج>>|د|\n",
        "link": f"# عنوان\n\n{_NEWS}\n\n[نص](<<link|name|https://example.org/>>) ثم [آخر](<https://a.org/<<within|name|x>>>)\n",
        "reference": f"# عنوان\n\n{_NEWS}\n\n[نص][1] ثم <<<automatic|name|https://a.org>>>\n\n[1]: <<reference|name|https://a.org>>\n",
        "said": f"# تصريح\n\n{_SAID}\n",
        "name": f"# زيارة\n\n{_NAMED}\n",
    },
    ".html": {
        "title": f"<h1><<title|body|عنوان>></h1><p>{_NEWS}</p>\n",
        "head": f"<title><<head|body|عنوان>></title><p>{_NEWS}</p>\n",
        "text": f"<h1>عنوان</h1><p>{_NEWS}</p><p>نص <<text|body|نص>></p>\n",
        "item": f"<h1>عنوان</h1><p>{_NEWS}</p><ul><li><<item|body|أول>><li>ثان</ul>\n",
        "link": f'<h1>عنوان</h1><p>{_NEWS}</p><a href="<<link|name|https://a.org>>">نص</a>\n',
        "bare": f"<h1>عنوان</h1><p>{_NEWS}</p><a href=<<bare|name|https://a.org>>>نص</a>\n",
        "attribute": f"<h1>عنوان</h1><p>{_NEWS}</p><p <<attribute|name|class=x>>>نص\n",
        "comment": f"<h1>عنوان</h1><p>{_NEWS}</p><!-- <<comment|name|سر>> --><p>نص</p>\n",
        "said": f"<h1>تصريح</h1><p>{_SAID}</p>\n",
        "name": f"<h1>زيارة</h1><p>{_NAMED}</p>\n",
    },
}
_RECORD = """---
name: <<name|words|{name}>>
latin: <<latin|words|Name>>
variants: [<<variant|words|{variant}>>]
aliases: [<<alias|only|former-{id}>>]
sources: [<<source|words|صحيفة>>, <<address|only|https://example.org/{id}>>]
{more}---

<<note|body|ملاحظة>>
"""
_OWN_SOURCE = "note: <<remark|words|ملاحظة>>, sources: [<<own-source|words|كتاب>>]"
_RECORDS: Mapping[str, tuple[str, str, str]] = {
    "processes/talks.md": ("مسار المدينة", "محادثات المدينة", "cities: [<<city|unseen|المدينة>>]\n"),
    "rounds/astana-12.md": (
        "أستانا 12",
        "الجولة الثانية عشرة من محادثات أستانا",
        "process: astana\nnumber: <<number|only|12>>\n"
        f"facts: [{{held: {{start: <<start|only|2019-04-25>>, place: <<place|only|town>>}}, {_OWN_SOURCE}}},"
        f" {{outcome: <<outcome|words|بيان>>}}, {{leads: {{official: <<leader|only|someone>>, delegation: side}}}}]\n",
    ),
    "delegations/side.md": (
        "وفد الجانب",
        "الوفد الجانبي",
        f"facts: [{{capacity: <<capacity|only|observer>>, {_OWN_SOURCE}}},"
        " {meets: {b: <<other|only|syria>>, date: 2019-04-25}}]\n",
    ),
    "officials/someone.md": (
        "خالد المصري",
        "المصري",
        "party: <<party|only|side>>\n"
        f"facts: [{{role: {{title: <<role|words|وزير>>, start: 2018}}, {_OWN_SOURCE}}},"
        " {affiliation: {party: <<affiliation|only|side>>}}]\n",
    ),
    "documents/text.md": (
        "ورقة المدينة",
        "الورقة",
        f"facts: [{{issued: <<issued|only|2019>>, {_OWN_SOURCE}}}, {{issuer: <<issuer|words|جهة>>}},"
        " {symbol: <<symbol|words|S 1>>}]\n",
    ),
}
_SETTINGS = {
    "site.toml": """title = <<title|words|سجل>>
tagline = <<tagline|words|وصف>>
base_url = <<base-url|only|http://sijill.localhost>>
processes = ["astana", "talks"]
contact = <<contact|only|editor@example.org>>
language = <<language|only|ar>>
""",
    "places.toml": "town = { name = <<name|words|البلدة>>, country = <<country|only|syria>> }\n",
    "identity.toml": """[[judgement]]
left = <<left|only|someone-else>>
right = "someone"
same = true
by = <<by|words|التحرير>>
on = 2026-01-31
note = <<note|words|سبب>>
""",
    "articles/corrected.txt": "تصريح آخر\nقال وزير الخارجية الروسي سيرغي لافروف إن الحوار مستمر.\n",
    "corrections.toml": """[[correction]]
article = "first"
read = "bashar-jaafari"
right = "bashar-jaafari"
by = <<by|words|التحرير>>
on = 2026-01-31
note = <<note|words|سبب>>

[[correction]]
article = "corrected"
claim = "role"
field = "title"
read = "وزير الخارجية الروسي"
right = <<right|words|وزير>>
by = "التحرير"
on = 2026-01-31
""",
}
_WORDS = ("home", "many", "about", "skip", "box")
"""Words of the site that take part, each where it first stands."""


class Place(NamedTuple):
    """Where somebody's words can stand."""

    file: str
    """Below `content`."""
    name: str
    how: str

    def __str__(self) -> str:
        return f"{self.name} of {self.file}"


@dataclass(frozen=True)
class Hostile:
    """A project with its hostile texts."""

    folder: Path
    taken: Mapping[Place, str]
    """What stands at each place that took it."""
    marks: Mapping[Place, str]
    """Letters beside each of them that must be found in the site."""
    refused: Mapping[Place, str]
    faults: tuple[str, ...] = field(default=())
    """Refusals that were not due, or tell nothing."""


@cache
def _files() -> Mapping[str, str]:
    """The templates of all files that take part, by their path below `content`."""
    files = dict(_SETTINGS)
    for suffix, bodies in _BODIES.items():
        files |= {
            f"articles/{suffix[1:]}-{name}{suffix}": f"---\ndate: 2018-11-29\n---\n{body}"
            for name, body in bodies.items()
        }
        body = _BODIES[suffix]["text"].partition("<<")[0] + f"{_NEWS}\n"
        files[f"articles/{suffix[1:]}-front{suffix}"] = _FRONT.replace("earlier", f"earlier-{suffix[1:]}") + body
    for path, (name, variant, more) in _RECORDS.items():
        values = {"{name}": name, "{variant}": variant, "{more}": more, "{id}": Path(path).stem}
        text = _RECORD
        for slot, value in values.items():
            text = text.replace(slot, value)
        files[path] = text if "facts:" in text else text.replace("<<source|words|", "<<source|unseen|")
    words = (ROOT / "content" / "strings" / "ar.toml").read_text("utf-8")
    for key in _WORDS:
        words = re.sub(rf'^{key} = "([^"{{}}]+)"$', rf"{key} = <<{key}|words|\1>>", words, count=1, flags=re.MULTILINE)
    files["strings/ar.toml"] = words
    return files


PLACES = tuple(Place(path, found[1], found[2]) for path, text in _files().items() for found in _SLOT.finditer(text))


def hostile(folder: Path, text_of: Callable[[Place], str], chance: random.Random) -> Hostile:
    """A project in `folder`, each place of which holds its text if that is accepted."""
    project = make(folder)
    for name in _files():
        (project / "content" / name).parent.mkdir(exist_ok=True)
        (project / "content" / name).write_text(_filled(name, {}, {}), "utf-8")
    taken: dict[Place, str] = {}
    refused: dict[Place, str] = {}
    marks: dict[Place, str] = {}
    faults: list[str] = []
    for number, place in enumerate(PLACES):
        text = text_of(place)
        marks[place] = f"zq{number}z" if place.how in ("words", "body") else ""
        path = project / "content" / place.file
        path.write_text(_filled(place.file, {place: text}, marks, chance.random() < 0.5), "utf-8")
        wrong = _wrong(project / "content", place.file)
        if wrong:
            refused[place] = text
            faults += (f"{place} refuses {text!a} without telling how to mend it" for each in wrong if not each.hint)
            if place.how in ("words", "unseen") and not _unfit(place, text):
                faults.append(f"{place} refuses {text!a}: {wrong[0].message}")
        else:
            taken[place] = text
        path.write_text(_filled(place.file, {}, {}), "utf-8")
    for name in _files():
        (project / "content" / name).write_text(_filled(name, taken, marks, chance.random() < 0.5), "utf-8")
    return Hostile(project, taken, marks, refused, tuple(faults))


def hostile_site(folder: Path, chance: random.Random) -> Path:
    """Such a project, built: at each place a text by chance. The folder of the site."""
    project = hostile(
        folder, lambda place: chance.choice(PAYLOADS) if chance.random() < 0.7 else composed(chance), chance
    )
    site = again(project.folder)
    assert site.outcome.published, site.lines
    return site.output


def _filled(path: str, texts: Mapping[Place, str], marks: Mapping[Place, str], written_out: bool = False) -> str:
    """A file with texts at some of its places. `written_out`: by escapes, as far as the file's form has any."""

    def words(found: re.Match[str]) -> str:
        place = Place(path, found[1], found[2])
        text = texts.get(place)
        harmless = found[3]
        if place.how in ("body", "name"):
            return harmless if text is None else text if place.how == "name" else f"{harmless} {marks[place]} {text}"
        whole = harmless if text is None else text if place.how == "only" else f"{harmless} {marks[place]} {text}"
        return json.dumps(whole, ensure_ascii=written_out and max(whole) < "\U00010000").replace("\x7f", "\\u007f")

    return _SLOT.sub(words, _files()[path])


def _wrong(content: Path, path: str) -> tuple[Issue, ...]:
    """Why the file is refused; nothing where it is taken."""
    file = content / path
    if path.startswith("articles/"):
        found = read_article(file, f"content/{path}")
        return found if isinstance(found, tuple) else ()
    if path.startswith("strings/"):
        return load_strings(content)[1]
    if path == CORRECTIONS:
        return load_corrections(content)[1]
    config, issues = load_config(content)
    _, more = load_registry(content, party_names(), config.places)
    return tuple(each for each in (*issues, *more) if each.level == "error")


def _unfit(place: Place, text: str) -> bool:
    """Whether it holds what no file may hold, turns the direction without end, or has a meaning in this file."""
    turning = re.search("[\u202a-\u202e\u2066-\u2069\ufeff]", text)
    return bool(forbidden(text, "") or turning or (place.file.startswith("strings/") and re.search("[{}]", text)))
