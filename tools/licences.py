"""Writes docs/licences.md and docs/sbom.cdx.json: what the locks install, under which licence, with which hashes.

Kept out of the package because only a maintainer runs it, after `make lock`. Versions and hashes come from the locks,
licences from the installed packages. The list of parts is CycloneDX 1.6, without clock and serial number, so that the
same locks give the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.metadata as metadata
import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
FONTS = ROOT / "templates" / "assets" / "fonts"
PAGE = ROOT / "docs" / "licences.md"
PARTS = ROOT / "docs" / "sbom.cdx.json"
WORDED = {
    "Apache 2.0": "Apache-2.0",
    "MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""SPDX's name for what packages say in words of their own."""
READ = {"colorama": "BSD-3-Clause", "parse-cache-control": "BSD-3-Clause"}
"""Read in their licence's text: the one is installed on Windows only, the other says nothing where it is asked."""
OPEN_FONT = "SIL Open Font License, Version 1.1"
HEAD = """\
# Licences

Written by `make licences`; do not edit. Versions come from the locks in `requirements/`, licences (as SPDX
expressions) from the packages' own metadata. [sbom.cdx.json](sbom.cdx.json) lists the same Python packages and fonts,
with the hashes that an installation is held to, as CycloneDX. Sijill itself is under [MIT](../LICENSE).
"""
NEURAL = """\
## The second recogniser, and the fuzzer

`make neural` installs further packages, into an environment of their own;
[note 2](decisions/0002-dependencies.md) names their licences, and that of atheris, which `make soak` and `make fuzz`
install.
"""


class Package(NamedTuple):
    """One pinned package of a lock."""

    name: str
    version: str
    licence: str
    """An SPDX expression."""
    hashes: tuple[str, ...]
    """SHA-256, in hexadecimal, of each file that may be installed."""


def locked(lock: Path) -> tuple[Package, ...]:
    """The packages of a lock."""
    entries = re.findall(r"^([a-z0-9-]+)==([^ ;]+)(.*?)(?=^\S|\Z)", lock.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return tuple(
        Package(name, version, licence_of(name), tuple(sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", rest))))
        for name, version, rest in entries
    )


def licence_of(name: str) -> str:
    """What an installed package says of its licence."""
    if name in READ:
        return READ[name]
    package = metadata.distribution(name)
    about = package.metadata.json
    if about.get("license_expression"):
        return str(about["license_expression"])
    classifiers = (each for each in about.get("classifier", ()) if each.startswith("License :: OSI"))
    for said in map(str, (about.get("license"), *classifiers)):
        if said in WORDED or re.fullmatch(r"MIT|[\w.]+-[\d.]+(-Clause)?", said):
            return WORDED.get(said, said)
    texts = [path.read_text() for path in package.files or () if re.match(r"(LICEN|COPYING)", path.name, re.IGNORECASE)]
    if any(text.count("Redistribution") >= 3 for text in texts):
        # A package that says BSD does not say which; only the one with three clauses protects its author's name.
        kept = any(re.search(r"(names? of|names?) .*contributors\s+may", text, re.DOTALL) for text in texts)
        return "BSD-3-Clause" if kept else "BSD-2-Clause"
    raise SystemExit(f"{name} does not say its licence (look for it, and add it to tools/licences.py)")


def fonts() -> dict[str, str]:
    """Each font that the site is set in, with its SHA-256. All are under the one licence."""
    for notice in sorted(FONTS.glob("*.LICENSE.txt")):
        if OPEN_FONT not in notice.read_text("utf-8"):
            raise SystemExit(f"{notice.name} is not the {OPEN_FONT}")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(FONTS.glob("*.woff2"))}


def npm() -> dict[str, list[str]]:
    """The names of npm's packages by licence; only tests run them."""
    packages = json.loads((REQUIREMENTS / "node" / "package-lock.json").read_text("utf-8"))["packages"]
    found: dict[str, set[str]] = defaultdict(set)
    for path, package in packages.items():
        if path:
            name = path.rpartition("node_modules/")[2]
            found[READ.get(name) or package["license"].strip("()")].add(name)
    return {licence: sorted(names) for licence, names in sorted(found.items())}


def page() -> str:
    """docs/licences.md."""
    lines = [HEAD]
    for title, lock in (
        ("What a build needs", "default"),
        ("What importing saved web pages needs beside it", "import"),
        ("What tests and linters need beside both", "dev"),
    ):
        lines += [f"## {title}\n", "| package | version | licence |", "|---|---|---|"]
        lines += [
            f"| {each.name} | {each.version} | {each.licence} |" for each in locked(REQUIREMENTS / f"{lock}.lock")
        ]
        lines.append("")
    lines += ["## Fonts of the site\n", *(f"- `{name}`: OFL-1.1" for name in fonts()), ""]
    lines += ["## What only tests run, from npm\n"]
    lines += [f"- {licence}: {', '.join(names)}" for licence, names in npm().items()]
    return "\n".join([*lines, "", NEURAL])


def parts() -> str:
    """docs/sbom.cdx.json. What only tests need is there too, marked as excluded from a build."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    itself = {"type": "application", "bom-ref": project["name"], "name": project["name"], "version": project["version"]}
    default = locked(REQUIREMENTS / "default.lock")
    known = {each.name for each in default}
    pages = tuple(each for each in locked(REQUIREMENTS / "import.lock") if each.name not in known)
    known |= {each.name for each in pages}
    dev = tuple(each for each in locked(REQUIREMENTS / "dev.lock") if each.name not in known)
    components = [
        *(_component(each, "required") for each in default),
        *(_component(each, "optional") for each in pages),
        *(_component(each, "excluded") for each in dev),
        *(_font(name, digest) for name, digest in fonts().items()),
    ]
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**itself, "licenses": [{"license": {"id": project["license"]}}]}},
        "components": components,
        "dependencies": [{"ref": project["name"], "dependsOn": [_address(each) for each in default]}],
    }
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _address(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def _component(package: Package, scope: str) -> dict[str, Any]:
    """A package; its hashes stand with where it is had from, since each is of another file."""
    one = re.fullmatch(r"[\w.-]+", package.licence)
    return {
        "type": "library",
        "bom-ref": _address(package),
        "name": package.name,
        "version": package.version,
        "scope": scope,
        "licenses": [{"license": {"id": package.licence}} if one else {"expression": package.licence}],
        "purl": _address(package),
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{package.name}/{package.version}/#files",
                "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
            }
        ],
    }


def _font(name: str, digest: str) -> dict[str, Any]:
    return {
        "type": "file",
        "bom-ref": f"fonts/{name}",
        "name": f"{FONTS.relative_to(ROOT).as_posix()}/{name}",
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": [{"license": {"id": "OFL-1.1"}}],
    }


def main() -> int:
    PAGE.write_text(page(), "utf-8")
    PARTS.write_text(parts(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
