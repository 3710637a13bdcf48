"""Markdown and HTML to blocks: what is kept, what is dropped, and that nothing can stall a build."""

from __future__ import annotations

import contextlib
import gc
import signal
import time
from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill import markup
from sijill.addresses import is_safe_address
from sijill.markup import MarkupError, blocks_of_html, blocks_of_markdown, title_of_html
from sijill.model import Block, Inline


def html(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of_html(text)[0]]


def markdown(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of_markdown(text)[0]]


def marked(block: Block) -> list[tuple[str, str, str]]:
    return [(inline.tag, block.text[inline.start : inline.end], inline.href) for inline in block.inlines]


def test_markdown_becomes_blocks_of_each_kind() -> None:
    text = "## قسم\n\nفقرة\nمتصلة.\n\n### فرع\n\n- أول\n- ثان\n\n1. ثالث\n\n> اقتباس\n\n|أ|ب|\n|-|-|\n|ج|د|\n"
    assert markdown(text) == [
        ("h2", "قسم"),
        ("p", "فقرة متصلة."),
        ("h3", "فرع"),
        ("li", "أول"),
        ("li", "ثان"),
        ("li", "ثالث"),
        ("quote", "اقتباس"),
        ("p", "أ"),
        ("p", "ب"),
        ("p", "ج"),
        ("p", "د"),
    ]


def test_nesting_is_flattened_in_the_order_of_the_text() -> None:
    text = "<ul><li>أ<ul><li>ب</li></ul>ج</li></ul><blockquote><p>د</p><ul><li>ه</li></ul></blockquote>و"
    assert html(text) == [("li", "أ"), ("li", "ب"), ("li", "ج"), ("quote", "د"), ("li", "ه"), ("p", "و")]


def test_space_collapses_as_in_a_browser() -> None:
    assert html("<p>\n كلمة \t\n<b> ثانية </b>  <i>ثالثة</i>\u00a0رابعة </p>") == [("p", "كلمة ثانية ثالثة\u00a0رابعة")]
    assert html("<p>&nbsp;</p><p> \u200f </p>") == []


def test_one_line_break_is_a_space_and_two_part_paragraphs() -> None:
    assert html("سطر<br>سطر ثان<br><br/>فقرة<br> <br><br>أخرى") == [
        ("p", "سطر سطر ثان"),
        ("p", "فقرة"),
        ("p", "أخرى"),
    ]


def test_emphasis_and_links_keep_exact_offsets() -> None:
    blocks, _ = blocks_of_html(
        "<p>قال <b> إنه <i>سيحضر</i></b> "
        '<a href="https://example.org/?a=1&amp;b=2">الجولة</a> و<strong>غادر</strong></p>'
    )
    assert blocks[0].text == "قال إنه سيحضر الجولة وغادر"
    assert marked(blocks[0]) == [
        ("strong", "إنه سيحضر", ""),
        ("em", "سيحضر", ""),
        ("a", "الجولة", "https://example.org/?a=1&b=2"),
        ("strong", "غادر", ""),
    ]


def test_an_address_has_no_sign_that_no_address_may_hold() -> None:
    blocks, _ = blocks_of_html('<a href="https://[::1]/a[b]?c|d#{e}">نص</a>')
    assert marked(blocks[0]) == [("a", "نص", "https://[::1]/a%5Bb%5D?c%7Cd#%7Be%7D")]


def test_a_link_around_two_paragraphs_is_in_both() -> None:
    blocks, _ = blocks_of_html('<a href="https://a.org/"><p>أ</p><p>ب</p></a>')
    assert [marked(block) for block in blocks] == [[("a", "أ", "https://a.org/")], [("a", "ب", "https://a.org/")]]


def test_a_character_reference_that_composes_moves_the_offsets_with_it() -> None:
    blocks, _ = blocks_of_html("<p>ا&#x653;خر <b>كلام</b></p>")
    assert blocks == (Block("p", "آخر كلام", (Inline(4, 8, "strong"),)),)


def test_the_place_of_the_first_heading_is_told() -> None:
    assert blocks_of_html("<p>قبل</p><h1>عنوان</h1><h1>آخر</h1>")[1] == 1
    assert blocks_of_markdown("## قسم\n\nنص")[1] is None


def test_the_title_element_is_read_as_plain_words() -> None:
    assert title_of_html("<head><TITLE lang=ar> عنوان\n &amp; فرع </TITLE>") == "عنوان & فرع"
    assert title_of_html("<p>لا عنوان</p>") == ""
    assert title_of_html("<title>جولة <!-- ثم <title>أخرى</title>") == "جولة <!-- ثم <title>أخرى"
    assert title_of_html("<title>لا نهاية له") == title_of_html(f"<title>{'ا' * 1_001}</title>") == ""


def test_words_of_dropped_elements_are_dropped_and_other_words_are_not() -> None:
    text = "<p>أ<script>1</script><style>2</style><textarea>3</textarea><svg><text>4</text></svg><img alt=5 src=x>ب</p>"
    assert html(text) == [("p", "أب")]
    assert html("<form><p>داخل نموذج</p></form><font color=red>ملون</font>") == [("p", "داخل نموذج"), ("p", "ملون")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.org",
        "/local",
        "file:///etc/passwd",
        'https://a.org/"onclick=x',
        "https://a b",
        "https://exa[mple.org/",
        "https://a.org:99999/",
        "http://",
        "",
    ],
)
def test_only_web_and_mail_addresses_are_links(address: str) -> None:
    assert not is_safe_address(address)
    for blocks, _ in (blocks_of_html(f'<a href="{address}">نص</a>'), blocks_of_markdown(f"[نص](<{address}>)")):
        assert all(inline.href != address for block in blocks for inline in block.inlines)


def test_web_and_mail_addresses_are_links() -> None:
    for address in ("http://a.org", "https://a.org/ب?ج=1#د", "mailto:a@b.org"):
        assert is_safe_address(address)
        assert marked(blocks_of_html(f'<a href="{address}">نص</a>')[0][0]) == [("a", "نص", address)]


def test_markdown_comments_are_not_text_and_other_declarations_are_words() -> None:
    assert markdown("قبل <!-- سر\n\nسر --> بعد") == [("p", "قبل بعد")]
    assert markdown("نص <![CDATA[ كلام") == [("p", "نص <![CDATA[ كلام")]


def test_footnotes_and_arabic_numerals_before_lines_keep_their_words() -> None:
    text = "نص[^1] وكلام[^2].\n\n[^1]: حاشية\n[^2]: انظر https://example.org/\n"
    assert markdown(text) == [("p", "نص[^1] وكلام[^2]."), ("p", "[^1]: حاشية [^2]: انظر https://example.org/")]
    quoted = "> قول\n>\n> [^1]: حاشية\n\n- [^2]: أخرى\n"
    assert [words for _, words in markdown(quoted)] == ["قول", "[^1]: حاشية", "[^2]: أخرى"]
    assert markdown("<p>\n[^1]: حاشية</p>\n") == [("p", "[^1]: حاشية")]
    assert markdown("[نص][1]\n\n[1]: https://example.org/\n") == [("p", "نص")]
    assert markdown("٥. خامس\n٦. سادس\n") == [("li", "خامس"), ("li", "سادس")]


Reader: TypeAlias = Callable[[str], tuple[tuple[Block, ...], int | None]]
HOSTILE = {
    "cdata": "<![CDATA[" * 2000,
    "declarations": "<!" * 20_000,
    "comments": "<!--" * 20_000,
    "brackets": "[" * 18_000,
    "images": "![" * 9_000,
    "quotes": ">" * 20_000,
    "quotes with spaces": "> " * 3_000 + "x",
    "lists": "\n".join(" " * depth + "- a" for depth in range(400)),
    "emphasis": "*a **b " * 20_000,
    "underscores": "_a __b " * 20_000,
    "code": "`a``b```c" * 10_000,
    "half tags": "<a " * 20_000,
    "deep tags": "<div>" * 20_000,
    "styles": "".join(f"<font size={n}>" for n in range(20_000)) + "</p>" * 20_000,
    "styled paragraphs": "<b><i><u><s>" * 6 + "<p>x" * 15_000,
    "many tags": "<p>x</p>" * 60_000,
    "tables": "<table><tr><td>" * 10_000,
    "wide table": "|a" * 200 + "\n" + "|-" * 200 + "\n" + ("|b" * 200 + "\n") * 300,
    "references": "\n".join(f"[{number}]: x" for number in range(20_000)),
    "definitions": "a\n: b\n" * 5_000,
    "entities": "&amp;" * 150_000,
    "letters": "ا" * 400_000,
}


@pytest.mark.parametrize("read", [blocks_of_html, blocks_of_markdown])
@pytest.mark.parametrize("name", HOSTILE)
def test_markup_made_to_hurt_is_read_or_refused_within_its_bound(name: str, read: Reader) -> None:
    start = time.process_time()
    with contextlib.suppress(MarkupError):
        blocks, _ = read(HOSTILE[name])
        assert sum(len(block.text) for block in blocks) <= len(HOSTILE[name])
    assert time.process_time() - start < 10, "the bound is 2 seconds; five times that is no matter of a slow machine"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_alarm_that_nobody_hears_is_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exceptions that leave a finaliser are lost."""
    monkeypatch.setattr(markup, "SECONDS", 0.05)
    lost: list[str] = []

    class Busy:
        def __del__(self) -> None:
            lost.append("finaliser")
            start = time.process_time()
            while time.process_time() - start < 10:
                pass

    def without_comments(text: str) -> str:
        Busy()
        return text

    monkeypatch.setattr(markup, "_without_comments", without_comments)
    with pytest.raises(MarkupError, match="seconds to read"):
        blocks_of_markdown("\n\n".join(["*كلمة* و**كلمة**"] * 4_000))
    assert lost == ["finaliser"]


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_rests_while_an_alarm_is_set_and_then_does_as_before(collects: bool) -> None:
    """Exceptions that leave a callback of the collector are lost as well, and other packages hang callbacks there."""
    collected: list[float] = []

    def note(phase: str, info: dict[str, int]) -> None:
        collected.append(signal.getitimer(signal.ITIMER_VIRTUAL)[0])

    gc.callbacks.append(note)
    before = gc.isenabled()
    (gc.enable if collects else gc.disable)()
    try:
        with contextlib.suppress(MarkupError):
            blocks_of_markdown(HOSTILE["many tags"])
        assert gc.isenabled() == collects
        gc.collect()
    finally:
        gc.callbacks.remove(note)
        (gc.enable if before else gc.disable)()
    assert collected
    assert not any(collected)


PIECES = st.sampled_from(
    ["<", ">", "</", "/>", "<b>", "</b>", "<p>", "<li>", "<a href='", "javascript:", "'", '"', "&lt;", "&#60;", "<!--",
     "-->",
     "<script>", "</script>", "<svg>", "<math>", "onload=", "\n", " ", "كلمة", "*", "_", "`", "[", "](", ")", "#"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_comes_in_offsets_fit_and_links_are_safe(text: str) -> None:
    for read in (blocks_of_html, blocks_of_markdown):
        for block in read(text)[0]:
            assert block.text == block.text.strip()
            assert block.text
            for inline in block.inlines:
                assert 0 <= inline.start < inline.end <= len(block.text)
                assert (inline.tag == "a") == bool(inline.href)
                assert not inline.href or is_safe_address(inline.href)
