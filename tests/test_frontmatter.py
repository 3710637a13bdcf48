"""Front matter: where it is cut, that values keep their text and line, and every way it can be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sijill.frontmatter import Items, Parts, Table, Text, load, split
from sijill.model import Issue


def values(front: str) -> Table:
    table = load(front, 2, "a.md")
    assert isinstance(table, Table)
    return table


def problems(front: str) -> list[tuple[int, str, str]]:
    issues = load(front, 2, "a.md")
    assert not isinstance(issues, Table)
    assert {issue.path for issue in issues} == {"a.md"}
    return [(issue.line, issue.message, issue.hint) for issue in issues]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("عنوان\nفقرة\n", Parts("", 1, "عنوان\nفقرة\n", 1)),
        ("", Parts("", 1, "", 1)),
        ("---\nname: أ\n---\nفقرة\n", Parts("name: أ\n", 2, "فقرة\n", 4)),
        ("---\n---\n", Parts("", 2, "", 3)),
        ("---\na: 1\n---", Parts("a: 1\n", 2, "", 4)),
        ("\ufeff---\r\na: 1\r\n--- \r\nb\r\n", Parts("a: 1\r\n", 2, "b\r\n", 4)),
        ("--- \n\n---\n---\n", Parts("\n", 2, "---\n", 4)),
        ("----\na\n", Parts("", 1, "----\na\n", 1)),
    ],
)
def test_a_file_is_cut_after_its_second_fence_and_the_body_is_untouched(text: str, parts: Parts) -> None:
    assert split(text, "a.md") == parts


def test_front_matter_without_its_second_fence_is_an_issue() -> None:
    issue = split("---\nname: أ\n", "a.md")
    hint = "end it with a line of ---, or put an empty line before the first --- if none is meant"
    assert issue == Issue("error", "a.md", 1, "the front matter is not closed", hint)


def test_every_value_keeps_its_text_and_its_line() -> None:
    front = "date: 2018-11-28\ndraft: no\n\n# note\nlist:\n  - 012\n  - {a: ~, b: 'null'}\n"
    assert values(front) == Table(
        {
            "date": Text("2018-11-28", 2),
            "draft": Text("no", 3),
            "list": Items((Text("012", 7), Table({"a": Text("", 8), "b": Text("null", 8)}, {"a": 8, "b": 8}, 8)), 7),
        },
        {"date": 2, "draft": 3, "list": 6},
        2,
    )


@pytest.mark.parametrize("front", ["", "\n", "# only a comment\n", "~\n"])
def test_empty_front_matter_is_an_empty_table(front: str) -> None:
    assert values(front).values == {}


CHECK = "check the indentation, and put quotes around a value that contains a colon, # or brackets"


@pytest.mark.parametrize(
    ("front", "line", "message", "hint"),
    [
        ("a: 1\nb: c: d\n", 3, "broken YAML: mapping values are not allowed in this context", CHECK),
        ("a: 1\nb: 'c\nd: 1\n", 3, "broken YAML: found unexpected end of stream", CHECK),
        ("a: 1\nb: [1,\n", 3, "broken YAML: did not find expected node content", CHECK),
        ("\ta: 1\n", 2, "broken YAML: found character that cannot start any token", CHECK),
        ("a: 1\nعربي: \x07\n", 3, "broken YAML: the invisible character U+0007", "remove the character"),
        ("a: \ud800\n", 2, "broken YAML: the invisible character U+D800", "remove the character"),
        ("a: 1\nb: 2\na: 3\n", 4, 'the key "a" is already on line 2', "keep one of the two"),
        ("a:\n  b: 2\n  b: 3\n", 4, 'the key "b" is already on line 3', "keep one of the two"),
        ("a: 1\nb: *x\n", 3, "the alias *x is not allowed", "write the value out"),
        ("a: &x 1\n", 2, "the anchor &x is not allowed", "remove it and write values out"),
        ("a: &x [1]\n", 2, "the anchor &x is not allowed", "remove it and write values out"),
        ("a: !!set {}\n", 2, "the tag tag:yaml.org,2002:set is not allowed", "remove it"),
        ("a: 1\n--- # more\nb: 1\n", 3, "a second YAML document", "keep all keys in one"),
        ("? [a]\n: b\n", 2, "a key must be a word", "write `key: value`"),
        ("~: b\n", 2, "a key must be a word", "write `key: value`"),
        (
            "\n- a\n",
            3,
            "the front matter is not keys with values",
            "write each value on a line of its own as `key: value`",
        ),
        (
            "words\n",
            2,
            "the front matter is not keys with values",
            "write each value on a line of its own as `key: value`",
        ),
        ("a: " + "[" * 20 + "]" * 20, 2, "more than 20 levels of nesting", "close the brackets"),
    ],
)
def test_what_is_broken_is_named_with_its_line_and_what_to_do(front: str, line: int, message: str, hint: str) -> None:
    assert problems(front) == [(line, message, hint)]


def test_nesting_cannot_exhaust_the_stack() -> None:
    assert problems("a: " + "[" * 50_000) == [(2, "more than 20 levels of nesting", "close the brackets")]


def test_all_mistakes_are_told_at_once() -> None:
    assert [line for line, _, _ in problems("a: *x\nb: 1\nb: 2\nc: 'd\n")] == [2, 4, 5]


@given(st.text(alphabet=st.sampled_from("ab :-[]{}'\"\n\t#&*!|>?%@`,~أ\x07\r\u2028")))
def test_no_text_makes_it_raise(text: str) -> None:
    loaded = load(text, 2, "a.md")
    assert isinstance(loaded, Table) or all(2 <= issue.line <= 2 + len(text) for issue in loaded)
    parts = split("---\n" + text, "a.md")
    assert isinstance(parts, Issue) or ("---\n" + text).endswith(parts.body)
