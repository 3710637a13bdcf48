"""Pictures by which pages are shared: what they say, their size, that their letters join, and when they are drawn."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from sijill import cards
from sijill.cards import HEIGHT, WIDTH, Card, address_of, can_draw, draw
from tests.sites import ROOT, again, built
from tests.test_screens import APPROVED, TOLERATED, difference, small

FONTS = ROOT / "templates" / "assets" / "fonts"
CARD = Card("جولة", "أستانا 11", ("أستانا، 28 و29 تشرين الثاني 2018",), "سجلّ أستانا", "example.org")
LONG = CARD._replace(
    heading="عبد الرحمن بن محمد بن عبد العزيز الحسيني " * 6, lines=("مبعوث خاص إلى محادثات السلام " * 9, "ثانٍ")
)
MOST_BYTES = 60_000


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def test_this_machine_can_join_arabic_letters() -> None:
    assert can_draw(), "Pillow finds no Raqm or FriBiDi; run: apt-get install libfribidi0"


@pytest.mark.parametrize(
    "card", [CARD, LONG, CARD._replace(heading="Free Army (FSA)"), CARD._replace(lines=(), address="")]
)
def test_a_card_has_the_size_that_is_shared_and_weighs_little(card: Card) -> None:
    picture = draw(card, FONTS)
    assert opened(picture).size == (WIDTH, HEIGHT) == (1200, 630)
    assert opened(picture).format == "PNG"
    assert len(picture) <= MOST_BYTES


def test_the_same_words_give_the_same_bytes_and_address_and_others_do_not() -> None:
    assert draw(CARD, FONTS) == draw(CARD, FONTS)
    other = CARD._replace(heading="أستانا 12")
    assert draw(other, FONTS) != draw(CARD, FONTS)
    assert address_of(other) != address_of(CARD)


@pytest.mark.parametrize("card", [CARD, LONG])
def test_nothing_touches_the_edges_but_the_band(card: Card) -> None:
    picture = opened(draw(card, FONTS)).convert("RGB")
    paper = picture.getpixel((5, 5))
    edges = [
        picture.crop((0, 0, 60, HEIGHT)),
        picture.crop((0, 0, WIDTH - 20, 60)),
        picture.crop((WIDTH - 70, 0, WIDTH - 20, HEIGHT)),
        picture.crop((0, HEIGHT - 20, WIDTH - 20, HEIGHT)),
    ]
    for edge in edges:
        assert edge.getcolors() == [(edge.width * edge.height, paper)]


def test_a_long_heading_stays_clear_of_what_stands_above_and_below() -> None:
    """The strips between kicker, heading, lines and foot hold paper alone, or the picture would show words on words."""
    drawn = opened(draw(LONG, FONTS)).convert("L")
    paper, _ = drawn.crop((0, 0, 5, 5)).getextrema()
    rows = [drawn.crop((60, y, WIDTH - 60, y + 1)).getextrema()[0] != paper for y in range(HEIGHT)]
    kicker_ends = next(y for y in range(140, HEIGHT) if not rows[y])
    assert any(not row for row in rows[kicker_ends:200])
    assert not any(rows[522:529])


@pytest.mark.parametrize(("name", "card"), [("round", CARD), ("long", LONG)])
def test_a_card_looks_as_approved(name: str, card: Card, pytestconfig: pytest.Config) -> None:
    picture = small(draw(card, FONTS))
    path = APPROVED / "cards" / f"{name}.png"
    if pytestconfig.getoption("--approve"):
        path.parent.mkdir(exist_ok=True)
        picture.save(path, optimize=True)
    with Image.open(path) as approved:
        assert difference(approved, picture) <= TOLERATED
        assert difference(approved, small(draw(card._replace(heading="سوتشي 1"), FONTS))) > TOLERATED


def test_letters_are_joined_as_arabic_wants() -> None:
    """Joined letters are narrower than those that stand alone."""
    face = cards._face(FONTS, "amiri", 100)
    joined = face.getlength("محمد", direction="rtl", language="ar")
    apart = sum(face.getlength(letter, direction="rtl", language="ar") for letter in "محمد")
    assert joined < apart * 0.9
    basic = ImageFont.truetype(str(FONTS / "amiri-700.woff2"), 100, layout_engine=ImageFont.Layout.BASIC)
    assert joined < basic.getlength("محمد") * 0.9


def test_letters_that_a_face_lacks_are_drawn_with_another() -> None:
    assert cards._holds(FONTS, "amiri", "محمد")
    assert cards._fitted(FONTS, "محمد", 900)[0] == "amiri"
    missing = next(letter for letter in "Ω你Ж" if not cards._holds(FONTS, "amiri", letter))
    assert cards._fitted(FONTS, missing, 900)[0] == "plex"


def images(page: str) -> list[str]:
    return re.findall(r'<meta property="og:image" content="([^"]+)">', page)


def test_every_page_names_a_picture_that_is_there_and_says_what_it_shows(tmp_path: Path) -> None:
    site = built(tmp_path)
    seen = set()
    for name, body in site.tree().items():
        if not name.endswith(".html") or b"<html" not in body:
            continue
        (address,) = images(body.decode())
        assert address.startswith("https://example.org/assets/cards/"), name
        assert opened(site.tree()[address.removeprefix("https://example.org/")]).size == (WIDTH, HEIGHT)
        assert '<meta property="og:image:width" content="1200">' in body.decode()
        assert re.search(r'<meta property="og:image:alt" content="[^"]+">', body.decode())
        assert '<meta name="twitter:card" content="summary_large_image">' in body.decode()
        seen.add(address)
    own = [
        images(site.page(url)) for url in ("/rounds/astana-11/", "/delegations/syria/", "/officials/bashar-jaafari/")
    ]
    assert len({address for (address,) in own} | set(images(site.page("/")))) == 4
    assert images(site.page("/articles/first/")) == images(site.page("/"))
    assert len(seen) == 4
    assert len([name for name in site.tree() if name.startswith("assets/cards/")]) == 4


def test_a_picture_is_drawn_once_and_kept_until_nothing_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / ".cache" / "cards"
    built(tmp_path)
    first = {path.name: path.stat().st_mtime_ns for path in kept.rglob("*") if path.is_file()}
    assert len(first) == 4
    again(
        tmp_path,
        "-- officials/bashar-jaafari.md --\n---\nname: بشار حسين الجعفري\n"
        "variants: [بشار الجعفري]\nparty: syria\n---\n",
    )
    second = {path.name: path.stat().st_mtime_ns for path in kept.rglob("*") if path.is_file()}
    assert len(second) == 4
    assert len(first.items() & second.items()) == 3


def test_without_what_joins_letters_a_site_has_no_pictures_and_says_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sijill.shown.can_draw", lambda: False)
    site = built(tmp_path)
    assert site.outcome.published
    assert not any("cards/" in name for name in site.tree())
    assert images(site.page("/")) == []
