"""Markdown and HTML to plain blocks: one path for both, so that what is safe for one is safe for the other.

What comes out is text with offsets, not HTML: no tag, attribute, script or image of the source can reach a page. The
work on one file is bounded, because the parsers below take quadratic time or memory on markup made to hurt them.
"""

from __future__ import annotations

import gc
import html
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sijill.flatten import STYLES, flat
from sijill.model import Block

__all__ = ["MarkupError", "blocks_of_html", "blocks_of_markdown", "title_of_html"]

SECONDS = 1.5
"""Processor time, not the wall's, so that a busy machine refuses no good article."""
AGAIN = 0.1
"""Seconds until an alarm is given again: one that falls into a finaliser is lost."""
MOST_TAGS = 20_000
DEEPEST = 100
DEEPEST_STYLE = 20
"""Unclosed <b>, <font> … are opened again in every following paragraph, so that each one multiplies the page."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_TITLE = re.compile(r"<title[^<>]{0,200}>", re.IGNORECASE)
_TITLE_ENDS = re.compile(r"</title", re.IGNORECASE)
_TITLE_AT_MOST = 1_000
_SPACES = re.compile(r"[ \t\n\r\f]+")
_STYLES = frozenset("b big code em font i nobr s small strike strong tt u".split())
_NEVER_DEEP = frozenset(
    "a area base br col dd dt embed hr img input li link meta option p param rp rt source tbody td tfoot th thead tr"
    " track wbr".split()
)
"""Tags that have no end or that the next of their kind closes."""
_DROPPED = frozenset(
    "applet audio button canvas embed frameset head iframe map math noembed noframes noscript object plaintext"
    " script select style svg template textarea title video xmp".split()
)
"""Dropped with everything in them. `plaintext` and `xmp` would otherwise swallow the rest of the file."""
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul".split()
)


class MarkupError(Exception):
    """The markup cannot be read. Holds what is wrong and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class _NestedError(MarkupError):
    pass


def blocks_of_markdown(text: str) -> tuple[tuple[Block, ...], int | None]:
    """The blocks of a Markdown text, and where its first `# heading` is (a block of kind `h2`)."""
    import markdown  # takes 60 ms, and most archives hold plain text
    from markdown.blockprocessors import ReferenceProcessor

    class Addresses(ReferenceProcessor):
        """Without footnotes, which look like addresses of links: their words would be on no page."""

        RE = re.compile(ReferenceProcessor.RE.pattern.replace(r"\[", r"\[(?!\^)", 1), ReferenceProcessor.RE.flags)

    maker = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    maker.parser.blockprocessors.register(Addresses(maker.parser), "reference", 15)
    with _bounded():
        try:
            page = maker.convert(_without_comments(text))
            _check_size(page)
        except (RecursionError, _NestedError):
            raise MarkupError("the markup is nested too deeply", "remove levels of quotes and lists") from None
    return _blocks(page)


def blocks_of_html(text: str) -> tuple[tuple[Block, ...], int | None]:
    """The blocks of an HTML text, and where its first <h1> is (a block of kind `h2`)."""
    _check_size(text)
    return _blocks(text)


def _blocks(text: str) -> tuple[tuple[Block, ...], int | None]:
    import nh3

    clean = nh3.clean(
        text,
        tags=set(_BLOCKS | STYLES.keys() | {"br"}),
        clean_content_tags=set(_DROPPED),
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return flat(clean)


def title_of_html(text: str) -> str:
    """The words of <title>, or nothing. As browsers read it, all up to its end are words: elements and comments too."""
    opened = _TITLE.search(text)
    closed = None if opened is None else _TITLE_ENDS.search(text, opened.end())
    if opened is None or closed is None or closed.start() - opened.end() > _TITLE_AT_MOST:
        return ""
    return _SPACES.sub(" ", html.unescape(text[opened.end() : closed.start()])).strip()


def _without_comments(text: str) -> str:
    """Markdown without `<!-- … -->`; other `<!` and `<?` become words, because parsing them takes quadratic time."""
    kept = []
    start = 0
    while (opened := text.find("<!--", start)) >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        kept.append(text[start:opened])
        start = closed + 3
    kept.append(text[start:])
    return "".join(kept).replace("<!", "&lt;!").replace("<?", "&lt;?")


def _check_size(text: str) -> None:
    """Refuse what would take too long or too much memory to parse; written to need one pass itself."""
    opened: Counter[str] = Counter()
    depth = style = tags = 0
    for slash, written in _TAG.findall(text):
        tags += 1
        name = written.lower()
        if name in _NEVER_DEEP or (slash and not opened[name]):
            continue
        step = -1 if slash else 1
        opened[name] += step
        depth += step
        style += step if name in _STYLES else 0
        if depth > DEEPEST or style > DEEPEST_STYLE:
            worst = max(opened, key=lambda tag: (opened[tag], tag))
            raise _NestedError("the markup is nested too deeply", f"close the open <{worst}> tags")
    if tags > MOST_TAGS:
        raise MarkupError(f"the markup has {tags} tags, more than {MOST_TAGS}", "split the article")


@contextmanager
def _bounded() -> Iterator[None]:
    """Stop the work inside after `SECONDS`, where the platform and the thread allow it, and say what is slow.

    The time of a whole article is bounded by `sijill.workers`, which does not ask Python.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise MarkupError(f"the markup takes more than {SECONDS} seconds to read", "make it simpler, or split it")

    before = signal.signal(signal.SIGVTALRM, stop)
    collects = gc.isenabled()
    gc.disable()  # an alarm that comes while it works falls into the callbacks that packages hang there, and is lost
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        if collects:
            gc.enable()
