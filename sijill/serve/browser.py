"""What the preview puts into pages: livereload's script and its own, which their policy is made to allow.

A page is otherwise as it will be published. What is wrong is fetched by the script and shown in a layer of its own, so
that it cannot be mistaken for the page or break it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template

from sijill.issues import visible
from sijill.model import Issue
from sijill.safe import escape

__all__ = ["OWN_FILES", "WORDS", "previewed", "state_of", "waiting_page"]

_HERE = Path(__file__).parent
OWN_FILES = {f"preview{suffix}": (_HERE / f"browser{suffix}").read_bytes() for suffix in (".js", ".css")}
WORDS = (
    *("failed", "failed_more", "left_out", "left_out_more", "warned", "warned_more"),
    *("errors", "warnings", "close", "rest", "old", "waiting", "waiting_more"),
)
_POLICY = re.compile(rb'(<meta http-equiv="?Content-Security-Policy"? content=")([^"]*)(")', re.IGNORECASE)
# Not deferred: what they do must be ready before the page is drawn.
_SCRIPTS = '<script src="/preview.js?showing={showing}"></script><script src="/livereload.js?port={port}"></script>'


def previewed(page: bytes, address: str, port: int, showing: str) -> bytes:
    """The page with both scripts; `showing` tells them which of all sites it belongs to."""

    def allow(found: re.Match[bytes]) -> bytes:
        return found[1] + _with_preview(found[2].decode(), address, port).encode() + found[3]

    scripts = _SCRIPTS.format(showing=showing, port=port).encode()
    return _POLICY.sub(allow, page, count=1).replace(b"</head>", scripts + b"</head>", 1)


def _with_preview(policy: str, address: str, port: int) -> str:
    """A content security policy that also allows this server's script, style and channel; nothing else is loosened."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        words = directive.split()
        if words:
            directives[words[0]] = words[1:]
    channels = [f"ws://{address}:{port}", f"ws://localhost:{port}"]
    extras = (("script-src", ["'self'"]), ("style-src", ["'self'"]), ("connect-src", ["'self'", *channels]))
    for name, extra in extras:
        sources = [source for source in directives.get(name, []) if source != "'none'"]
        directives[name] = [*sources, *(source for source in extra if source not in sources)]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def state_of(showing: str, failed: bool, old: bool, issues: Iterable[Issue], words: Mapping[str, str]) -> bytes:
    """What there is to say, for the script; `old`: some articles are still to be read by what the records say now."""
    rows = [
        {
            "level": issue.level,
            "place": visible(f"{issue.path}:{max(issue.line, 1)}"),
            "what": visible(issue.message),
            "fix": visible(issue.hint),
        }
        for issue in sorted(issues, key=lambda issue: issue.level != "error")
    ]
    state = {"showing": showing, "failed": failed, "old": old, "issues": rows, "words": dict(words)}
    return json.dumps(state).encode()


def waiting_page(words: Mapping[str, str]) -> bytes:
    """What stands where a page will be once the site is built for the first time."""
    shape = Template((_HERE / "waiting.html").read_text("utf-8"))
    return shape.substitute({name: escape(words[name]) for name in ("waiting", "waiting_more")}).encode()
