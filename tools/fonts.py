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

FONTS = Path(__file__).resolve().parents[1] / "templates" / "assets" / "fonts"

FEATURES = "init,medi,fina,isol,rlig,liga,ccmp,calt,mark,mkmk,kern,curs,locl,tnum,lnum".split(",")
"""Without the first nine Arabic letters do not join or their marks fall off."""

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
"""Turkish, Polish and other names in Latin letters; fetched only by pages that show one."""


@dataclass(frozen=True)
class Cut:
    """One file of the site: where it comes from and which characters stay."""

    name: str
    package: str
    file: str
    characters: str


CUTS = (
    Cut("naskh-arabic", "noto-naskh-arabic", "noto-naskh-arabic-arabic-wght-normal", ARABIC),
    Cut("naskh-latin", "noto-naskh-arabic", "noto-naskh-arabic-latin-wght-normal", LATIN),
    Cut("amiri-700-arabic", "amiri", "amiri-arabic-700-normal", ARABIC),
    Cut("amiri-700-latin", "amiri", "amiri-latin-700-normal", DISPLAY),
    Cut("plex-400-arabic", "ibm-plex-sans-arabic", "ibm-plex-sans-arabic-arabic-400-normal", ARABIC),
    Cut("plex-400-latin", "ibm-plex-sans-arabic", "ibm-plex-sans-arabic-latin-400-normal", f"{LATIN} {ACCENTED}"),
    Cut("plex-400-latin-ext", "ibm-plex-sans-arabic", "ibm-plex-sans-arabic-latin-ext-400-normal", EXTENDED),
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


def cut(packages: Path, each: Cut) -> int:
    """Write one subset and return its size."""
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False, notdef_outline=True)
    options.name_IDs = [0, 1, 2, 13, 14]
    font = subset.load_font(package_folder(packages, each.package) / "files" / f"{each.file}.woff2", options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points(each.characters))
    subsetter.subset(font)
    target = FONTS / f"{each.name}.woff2"
    subset.save_font(font, target, options)
    return target.stat().st_size


def main(packages: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for each in CUTS:
        print(f"{cut(packages, each):7} {each.name}")
    for name in dict.fromkeys(each.package for each in CUTS):
        shutil.copyfile(package_folder(packages, name) / "LICENSE", FONTS / f"{name}.LICENSE.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
