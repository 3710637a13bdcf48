"""Cut the site's fonts down to the characters that it prints. Run by hand when a font or its version changes:

    npm pack @fontsource-variable/noto-naskh-arabic @fontsource/amiri @fontsource/ibm-plex-sans-arabic   (unpack each)
    pip install fonttools brotli && python tools/fonts.py FOLDER_OF_UNPACKED_PACKAGES

Writes templates/assets/fonts/; the build gives the files hashed names and needs neither fonttools nor the network.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found, unused-ignore]
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-not-found, unused-ignore]

FONTS = Path(__file__).resolve().parents[1] / "templates" / "assets" / "fonts"

FEATURES = "init,medi,fina,isol,rlig,liga,ccmp,calt,mark,mkmk,kern,curs,locl,tnum,lnum".split(",")
"""Without the first nine Arabic letters do not join or their marks fall off."""

OPTIONS = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True)
OPTIONS.name_IDs = [0, 1, 2, 13, 14]

ARABIC = (
    "U+060C U+061B U+061F U+0621-063A U+0640-0655 U+0660-066C U+0670 U+0671 U+067E U+0686 U+0698 U+06A4 U+06A9 U+06AF"
    " U+06BE U+06C0 U+06C1 U+06CC U+06D5 U+06F0-06F9 U+200C-200F U+2066-2069"
)
LATIN = (
    "U+0020-007E U+00A0 U+00A7 U+00AB U+00B0 U+00B6 U+00B7 U+00BB U+00D7 U+2010-2014 U+2018-201E U+2022 U+2026 U+2039"
    " U+203A"
)
DISPLAY = "U+0020-0022 U+0025 U+0027-003B U+003F U+00A0 U+00AB U+00BB U+2010-2014 U+2018-201E U+2026"
"""Headings hold names, digits and quotation marks; Latin in them is rare and falls back to the body's face."""
ACCENTED = "U+00C0-00FF"
EXTENDED = "U+0100-017F U+0218-021B"
"""Turkish, Polish and other names in Latin letters."""


@dataclass(frozen=True)
class Part:
    """One file of a package, which of its characters stay, and how large they are beside Arabic letters."""

    file: str
    characters: str
    size: float = 1.0


@dataclass(frozen=True)
class Cut:
    """One file of the site: where it comes from. Its first part is Arabic; the others are drawn into it, so that a page
    asks for one file a family and no letter waits for a second one."""

    name: str
    package: str
    parts: tuple[Part, ...]


CUTS = (
    Cut(
        "naskh",
        "noto-naskh-arabic",
        (
            Part("noto-naskh-arabic-arabic-wght-normal", ARABIC),
            Part("noto-naskh-arabic-latin-wght-normal", LATIN, 0.92),
        ),
    ),
    Cut(
        "amiri-700",
        "amiri",
        (Part("amiri-arabic-700-normal", ARABIC), Part("amiri-latin-700-normal", DISPLAY, 0.94)),
    ),
    Cut(
        "plex-400",
        "ibm-plex-sans-arabic",
        (
            Part("ibm-plex-sans-arabic-arabic-400-normal", ARABIC),
            Part("ibm-plex-sans-arabic-latin-400-normal", f"{LATIN} {ACCENTED}"),
            Part("ibm-plex-sans-arabic-latin-ext-400-normal", EXTENDED),
        ),
    ),
)


def code_points(ranges: str) -> list[int]:
    """`U+0621-063A U+0640` as numbers."""
    found: list[int] = []
    for piece in ranges.split():
        first, _, last = piece.removeprefix("U+").partition("-")
        found.extend(range(int(first, 16), int(last or first, 16) + 1))
    return found


def package_folder(packages: Path, name: str) -> Path:
    """The unpacked package, whatever its folder is called."""
    return next(path for path in sorted(packages.glob(f"*{name}*/package")) if (path / "files").is_dir())


def read(packages: Path, package: str, part: Part) -> TTFont:
    """A file with the characters of `part` alone."""
    font = subset.load_font(package_folder(packages, package) / "files" / f"{part.file}.woff2", OPTIONS)
    subsetter = subset.Subsetter(OPTIONS)
    subsetter.populate(unicodes=code_points(part.characters))
    subsetter.subset(font)
    return font


def graft(base: TTFont, part: TTFont, size: float) -> None:
    """Draw the glyphs of `part` into `base`, with their variations and without their kerning."""
    assert base["head"].unitsPerEm == part["head"].unitsPerEm
    scale_upem(part, round(part["head"].unitsPerEm * size))
    taken = set(base.getGlyphOrder())
    names = {name: f"{name}.latin" if name in taken else name for name in part.getGlyphOrder()[1:]}
    base.setGlyphOrder([*base.getGlyphOrder(), *names.values()])
    for old, new in names.items():
        glyph = part["glyf"][old]
        for piece in getattr(glyph, "components", ()):
            piece.glyphName = names[piece.glyphName]
        base["glyf"].glyphs[new] = glyph
        base["hmtx"][new] = part["hmtx"][old]
        if "gvar" in base:
            base["gvar"].variations[new] = part["gvar"].variations.get(old, [])
    for table in base["cmap"].tables:
        for code, old in part.getBestCmap().items():
            table.cmap.setdefault(code, names[old])
    if "HVAR" in base:  # widths follow from the variations of the outlines
        del base["HVAR"]


def cut(packages: Path, each: Cut) -> int:
    """Write one file of the site and return its size."""
    first, *others = each.parts
    font = read(packages, each.package, first)
    for part in others:
        graft(font, read(packages, each.package, part), part.size)
    target = FONTS / f"{each.name}.woff2"
    subset.save_font(font, target, OPTIONS)
    return target.stat().st_size


def main(packages: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for each in CUTS:
        print(f"{cut(packages, each):7} {each.name}")
        shutil.copyfile(package_folder(packages, each.package) / "LICENSE", FONTS / f"{each.package}.LICENSE.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
