"""Style sheet, fonts and pictures under names that change with their content, so that browsers may keep them for ever.

Separate from rendering because these files are published as they are, not made from pages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

__all__ = ["Assets", "read_assets"]

FOLDER = "assets"
_KEPT_NAMES = frozenset({".txt"})
"""Licences are read by people, under the name that they came with."""
_COMMENTS = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
"""Those of a script that have their lines to themselves: for who reads templates; no browser need fetch them."""


@dataclass(frozen=True, slots=True)
class Assets:
    """What to publish, and under which address each source file stands."""

    files: tuple[tuple[str, bytes], ...]
    """Site path without a leading slash, and bytes."""
    urls: Mapping[str, str]
    """`site.css` → `/assets/site.4f1c….css`"""


def read_assets(templates: Path) -> Assets:
    """Everything in `templates/assets`. Style sheets come last: addresses in them are replaced by the final ones."""
    folder = templates / FOLDER
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    urls: dict[str, str] = {}
    files: list[tuple[str, bytes]] = []
    for path in sorted(paths, key=lambda each: each.suffix == ".css"):
        name = path.relative_to(folder).as_posix()
        body = path.read_bytes()
        if path.suffix == ".css":
            text = body.decode("utf-8", "surrogateescape")  # what is no text is a matter for browsers
            body = _smaller(_with_final_addresses(text, urls)).encode("utf-8", "surrogateescape")
        elif path.suffix == ".js":
            body = _COMMENTS.sub(b"", body)
        target = f"{FOLDER}/{_hashed(name, body)}"
        urls[name] = f"/{target}"
        files.append((target, body))
    return Assets(tuple(sorted(files)), MappingProxyType(urls))


def _hashed(name: str, body: bytes) -> str:
    path = PurePosixPath(name)
    if path.suffix in _KEPT_NAMES:
        return name
    digest = hashlib.blake2b(body, digest_size=5).hexdigest()
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


def _with_final_addresses(css: str, urls: Mapping[str, str]) -> str:
    """Relative to the style sheet's own folder, so that the site may stand anywhere."""
    for name, url in urls.items():
        css = css.replace(f"url({name})", f"url({url.removeprefix(f'/{FOLDER}/')})")
    return css


def _smaller(css: str) -> str:
    """Without comments and without the spaces that only writers need."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r";?\s*([{}])\s*|\s*([;,])\s*|(?<=[a-z-])(:) |(\s)\s*", _kept, css).strip()


def _kept(found: re.Match[str]) -> str:
    return found[1] or found[2] or found[3] or " "
