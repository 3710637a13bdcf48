"""Corrections: an editor's word over what was read, whole from the file to the page, and what is wrong with a row."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sijill.corrections import CORRECTIONS, load_corrections, values_of
from sijill.desk import explanation_lines
from sijill.explain import PLAIN
from sijill.issues import line_text
from sijill.ledger import row_text
from sijill.model import EDITOR, Correction
from sijill.registry import IDENTITY, load_registry
from sijill.schemas import schema_of
from tests.sites import HELD_ROUND, ROOT, Site, again, built, make

ARTICLE = """
-- articles/2018/second.txt --
---
date: 2018-11-28
---
تصريحات في أستانا
قال وزير الخارجية سامر الدروبي إن الوفد عاد. وأكد المتحدث سامر الدروبي ذلك.
وصل الوفد السوري برئاسة بشار الجعفري إلى أستانا للمشاركة في الجولة 11 من محادثات أستانا.
وأضاف الدروبي أن الحوار مستمر.
-- corrections.toml --
"""
SIGNED = 'by = "ليلى"\non = 2026-11-28\nnote = "هذا اسم شارع"\n'
WHO = "samr-aldrwby"


def row(**values: str | bool) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["[[correction]]", *lines, SIGNED])


def rows_of(site: Site, name: str, article: str = "second") -> list[dict[str, Any]]:
    lines = (site.output / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [one for one in map(json.loads, lines) if one["article"] == article]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The archive as it is read, without a row."""
    site = built(tmp_path_factory.mktemp("plain"), ARTICLE)
    assert site.lines == []
    return site


def test_the_text_is_read_as_the_tests_below_take_it_to_be(plain: Site) -> None:
    mentions = [one for one in rows_of(plain, "mentions") if one["entity"] == WHO]
    assert [one["text"] for one in mentions] == ["سامر الدروبي", "سامر الدروبي", "الدروبي"]
    assert {one["speaker"] for one in rows_of(plain, "statements")} == {WHO}
    assert rows_of(plain, "corrections") == []
    assert 'id="reviewed"' not in plain.page("/articles/second/")


def test_what_is_no_person_is_unlinked_everywhere_and_its_page_is_gone(tmp_path: Path) -> None:
    site = built(tmp_path, ARTICLE + row(read=WHO, right=False))
    assert site.lines == []
    named = [one for one in rows_of(site, "mentions") if "الدروبي" in one["text"]]
    assert [(one["entity"], one["origin"], one["why"]) for one in named] == [(None, EDITOR, "corrected")] * 3
    assert [(one["speaker"], one["origin"]) for one in rows_of(site, "statements")] == [(None, EDITOR)] * 3
    assert all(WHO not in one.values() for one in rows_of(site, "claims"))
    assert not (site.output / "officials" / WHO).exists()
    page = site.page("/articles/second/")
    assert f"/officials/{WHO}/" not in page


def test_the_page_keeps_what_was_read_with_the_note_who_decided_and_when(tmp_path: Path) -> None:
    site = built(tmp_path, ARTICLE + row(read=WHO, right=False))
    section = site.page("/articles/second/").partition('id="reviewed"')[2].partition("</section>")[0]
    for words in ("صحّحه المحرر", "هذا اسم شارع", "ليلى", "2026-11-28", WHO, "لا يدل على كيان", "سامر الدروبي"):
        assert words in section
    first = rows_of(site, "corrections")[0]
    assert (first["read"], first["right"], first["claim"], first["field"]) == (WHO, None, "", "")
    assert (first["by"], first["on"], first["note"]) == ("ليلى", "2026-11-28", "هذا اسم شارع")
    assert first["origin"].startswith("rule:")


def test_removing_the_row_gives_the_site_as_it_was(tmp_path: Path, plain: Site) -> None:
    site = built(tmp_path, ARTICLE + row(read=WHO, right=False))
    assert site.tree() != plain.tree()
    assert again(tmp_path, "-- corrections.toml --\n").tree() == plain.tree()


def test_a_sentence_and_words_narrow_the_row_and_what_rests_on_them_follows(tmp_path: Path, plain: Site) -> None:
    anchor = rows_of(plain, "statements")[1]["sentence"]
    text = row(article="second", sentence=anchor, words="سامر الدروبي", read=WHO, right="bashar-jaafari")
    site = built(tmp_path, ARTICLE + text)
    assert site.lines == []
    named = [one["entity"] for one in rows_of(site, "mentions") if "الدروبي" in one["text"]]
    assert named == [WHO, "bashar-jaafari", WHO]
    assert [one["speaker"] for one in rows_of(site, "statements")] == [WHO, "bashar-jaafari", WHO]
    roles = {one["title"]: (one["official"], one["origin"]) for one in rows_of(site, "claims") if one["type"] == "role"}
    assert roles["المتحدث"] == ("bashar-jaafari", EDITOR)
    assert roles["وزير الخارجية"][0] == WHO
    assert 'href="/officials/bashar-jaafari/">سامر الدروبي</a><a class="sl ed"' in site.page("/articles/second/")


def test_a_corrected_role_is_a_fact_that_says_so_beside_the_rule_s_reading(tmp_path: Path) -> None:
    text = row(article="second", claim="role", field="title", read="وزير الخارجية", right="وزير الخارجية السابق")
    site = built(tmp_path, ARTICLE + text)
    assert site.lines == []
    (changed,) = [one for one in rows_of(site, "claims") if one["origin"] == EDITOR]
    assert (changed["title"], changed["why"]) == ("وزير الخارجية السابق", "corrected")
    official = site.page(f"/officials/{WHO}/")
    assert "وزير الخارجية السابق" in official
    assert '<a class="tag inf" href="/articles/second/#reviewed">صحّحه المحرر</a>' in official
    assert 'id="reviewed"' in site.page("/articles/second/")
    section = site.page("/articles/second/").partition('id="reviewed"')[2].partition("</section>")[0]
    assert "القراءة الآلية:" in section
    assert "وزير الخارجية السابق" in section


def test_a_field_that_the_article_does_not_state_is_emptied_and_without_what_it_needs_a_claim_goes(
    tmp_path: Path,
) -> None:
    def heads(site: Site) -> list[tuple[str, str, str | None]]:
        found = [one for one in rows_of(site, "claims") if one["type"] == "leads"]
        return [(one["official"], one["delegation"], one["round"]) for one in found]

    here = {"article": "second", "claim": "leads"}
    site = built(tmp_path, ARTICLE + row(**here, field="round", read="astana-11", right=False))
    assert site.lines == []
    assert heads(site) == [("bashar-jaafari", "syria", None)]
    site = again(tmp_path, "-- corrections.toml --\n" + row(**here, field="delegation", read="syria", right=False))
    assert site.lines == []
    assert heads(site) == []
    assert "لا يقوله النص" in site.page("/articles/second/")


DATES = (
    HELD_ROUND
    + """-- articles/2018/second.txt --
عنوان
انعقدت الجولة 11 من محادثات أستانا في 27 تشرين الثاني 2018.
-- corrections.toml --
"""
)


def test_a_corrected_date_ends_the_contradiction_and_a_confirmed_one_lets_both_stand(tmp_path: Path) -> None:
    held = {"article": "second", "claim": "held", "field": "start", "read": "2018-11-27"}
    site = built(tmp_path, DATES)
    (told,) = site.lines
    assert "contradicts the registry's" in told
    site = again(tmp_path, "-- corrections.toml --\n" + row(**held, right="2018-11-28"))
    assert site.lines == []
    (claim,) = [one for one in rows_of(site, "claims") if one["type"] == "held"]
    assert (claim["start"], claim["origin"]) == ("2018-11-28", EDITOR)
    site = again(tmp_path, "-- corrections.toml --\n" + row(**held, right="2018-11-27"))
    assert site.lines == []
    (claim,) = [one for one in rows_of(site, "claims") if one["type"] == "held"]
    assert (claim["start"], claim["origin"].partition(":")[0]) == ("2018-11-27", "rule")
    assert "أقرّه المحرر" in site.page("/articles/second/")


def test_a_corrected_mention_may_be_of_another_kind_and_named_by_a_former_id(tmp_path: Path) -> None:
    record = "-- officials/samer-durubi.md --\n---\nname: سامر الدروبي\nparty: syria\naliases: [k-masri]\n---\n"
    text = record + ARTICLE + row(article="second", read="k-masri", right="syria")
    site = built(tmp_path, text)
    assert site.lines == []
    named = [(one["entity"], one["kind"]) for one in rows_of(site, "mentions") if "الدروبي" in one["text"]]
    assert named == [("syria", "delegation")] * 3


def test_readings_stay_cached_and_pure_of_corrections(tmp_path: Path) -> None:
    def kept() -> set[str]:
        return {path.name for path in (tmp_path / ".cache" / "readings").rglob("*") if path.is_file()}

    built(tmp_path, ARTICLE)
    before = kept()
    site = again(tmp_path, "-- corrections.toml --\n" + row(read=WHO, right=False))
    assert kept() == before
    clean = again(tmp_path, "", output=tmp_path / "clean", cache=False)
    assert clean.tree() == site.tree()


def test_the_schema_and_the_reader_say_the_same_and_a_written_row_is_read_back(tmp_path: Path) -> None:
    given = Correction("a-b", None, "ليلى", "2026-11-28", "لأن", "second", "s-00000000", "كلام «هنا»", line=1)
    text = row_text("correction", values_of(given))
    (tmp_path / "corrections.toml").write_text(text, "utf-8")
    assert load_corrections(tmp_path) == ((given,), ())
    schema = Draft202012Validator(schema_of("corrections"))
    good = {"read": "a", "right": False, "by": "م", "on": "2026-01-31"}
    assert schema.is_valid({"correction": [good]})
    assert not schema.is_valid({"correction": [{**good, "claim": "role"}]})
    assert not schema.is_valid({"correction": [{**good, "right": True}]})
    assert not schema.is_valid({"correction": [{**good, "sentence": "s-1"}]})


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"read": "a", "right": False, "person": "x"},
            '4: error: key "person" is not known (known are article, sentence, words, claim, field, read, right, by, '
            "on, note)",
        ),
        ({"read": "a"}, "1: error: right is neither a value nor false (write what it should be, or `right = false` for "
         "nothing)"),
        ({"read": True, "right": "a"}, "2: error: read is neither a value nor false (write what was read, or `read = "
         "false` for nothing)"),
        ({"read": "Mr A", "right": False}, '2: error: read "Mr A" is not an id (write it as in `read = '
         '"sergey-lavrov"`)'),
        ({"read": False, "right": "a"}, "2: error: nothing was read, and it is not said where (add the article and "
         "the words)"),
        ({"sentence": "s-1", "read": "a", "right": False}, "2: error: a sentence is named and no article (add the "
         "article that it stands in)"),
        ({"claim": "says", "field": "x", "read": "a", "right": False}, '2: error: claim "says" is not known (known '
         "are leads, member, meets, attends, held, affiliation, role)"),
        ({"claim": "role", "read": "a", "right": False}, "1: error: the claim is named and no field of it (its fields "
         "are official, title)"),
        ({"claim": "role", "field": "round", "read": "a", "right": False}, '3: error: field "round" is not known in '
         "role (its fields are official, title)"),
        ({"claim": "held", "field": "start", "read": "2018-11-27", "right": "28/11/2018"}, '5: error: right '
         '"28/11/2018" is not a date (write YYYY-MM-DD, YYYY-MM or YYYY)'),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_understood_is_an_error_with_its_line(
    tmp_path: Path, values: dict[str, str | bool], told: str
) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "corrections.toml").write_text(row(**values), "utf-8")
    found, issues = load_corrections(folder)
    assert found == ()
    assert [line_text(issue) for issue in issues] == [f"content/corrections.toml:{told}"]


def test_an_error_in_a_row_keeps_the_old_site(tmp_path: Path) -> None:
    site = built(tmp_path, ARTICLE)
    before = site.tree()
    site = again(tmp_path, "-- corrections.toml --\n" + row(read="a"))
    assert not site.outcome.published
    assert site.tree() == before


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"article": "secnd", "read": WHO, "right": False},
            'article "secnd" is not in the archive (correct the id, or remove the row)',
        ),
        (
            {"article": "second", "sentence": "s-00000000", "read": WHO, "right": False},
            'nothing is read as a name in sentence "s-00000000" of "second" (the text or the rules were changed: '
            "correct the row, or remove it)",
        ),
        (
            {"article": "second", "words": "سامر الدروبى", "read": WHO, "right": False},
            'the words "سامر الدروبى" are not read as a name in "second" (the text or the rules were changed: correct '
            "the row, or remove it)",
        ),
        (
            {"article": "second", "words": "سامر الدروبي", "read": "syria", "right": False},
            f'"سامر الدروبي" is read as "{WHO}", not as "syria" in "second" (correct `read`, or remove the row)',
        ),
        (
            {"article": "second", "words": "سامر الدروبي", "read": False, "right": WHO},
            f'"سامر الدروبي" is read as "{WHO}" by now in "second" (remove the row: it is needed no longer)',
        ),
        (
            {"article": "second", "words": "بشار الجعفري", "read": "bashar-jafari", "right": False},
            '"bashar-jafari" is in no record and no article (if a record was renamed, add its former id to the '
            "`aliases` of the record; else remove the row)",
        ),
        (
            {"read": WHO, "right": "samer-droubi"},
            '"samer-droubi" is in no record and no article (if a record was renamed, add its former id to the '
            "`aliases` of the record; else remove the row)",
        ),
        (
            {"article": "second", "claim": "role", "field": "title", "read": "السفير", "right": False},
            'role title is read as "وزير الخارجية" or "المتحدث", not as "السفير" in "second" (correct `read`, or '
            "remove the row)",
        ),
        ({"read": "astana-11", "right": "france"}, ""),
    ],
)
def test_a_row_that_corrects_nothing_is_one_warning_with_its_line(
    tmp_path: Path, values: dict[str, str | bool], told: str
) -> None:
    site = built(tmp_path, ARTICLE + "# first line\n" + row(**values))
    assert site.outcome.published
    assert site.lines == ([f"content/corrections.toml:2: warning: {told}"] if told else [])


def test_of_two_editors_rows_on_one_thing_the_later_holds_and_one_line_tells(tmp_path: Path) -> None:
    one = row(article="second", read=WHO, right=False)
    other = row(article="second", words="سامر الدروبي", read=WHO, right="bashar-jaafari").replace("ليلى", "نور")
    site = built(tmp_path, ARTICLE + one + other)
    assert site.lines == [
        "content/corrections.toml:1: warning: نور and ليلى correct the same words differently (line 8 holds, since "
        "it is the later one; agree, and remove the other row)"
    ]
    named = [one["entity"] for one in rows_of(site, "mentions") if "الدروبي" in one["text"]]
    assert named == ["bashar-jaafari", "bashar-jaafari", None]
    assert again(tmp_path, "-- corrections.toml --\n" + one + other.replace("نور", "ليلى")).lines == []


JUDGED = """
-- identity.toml --
[[judgement]]
left = "samr-aldrwby"
right = "bashar-jaafari"
same = true
by = "ليلى"
on = 2026-11-28

[[judgement]]
left = "bashar-jaafari"
right = "samr-aldrwby"
same = false
by = "نور"
on = 2026-11-29
"""


def test_of_two_editors_judgements_on_one_pair_the_later_holds_and_one_line_tells(tmp_path: Path) -> None:
    site = built(tmp_path, ARTICLE + JUDGED)
    assert site.lines == [
        'content/identity.toml:1: warning: نور and ليلى judge "bashar-jaafari" and "samr-aldrwby" differently '
        "(line 8 holds, since it is the later one; agree, and remove the other row)"
    ]
    assert (site.output / "officials" / WHO).exists()
    assert again(tmp_path, JUDGED.replace("نور", "ليلى")).lines == [], "an editor may change his mind"


def test_a_record_renamed_by_hand_is_told_at_the_row_that_names_it_and_an_alias_mends_it(tmp_path: Path) -> None:
    record = "-- officials/bashar-jaafari.md --\nremove\n-- officials/b-jaafari.md --\n---\nname: بشار الجعفري\n{}---\n"
    front = "party: syria\n"
    rows = JUDGED.partition('\n[[judgement]]\nleft = "bashar')[0]
    mend = "(if a record was renamed, add its former id to the `aliases` of the record; else remove the row)"
    site = built(tmp_path, ARTICLE + rows)
    assert site.lines == []
    site = again(tmp_path, record.format(front))
    assert site.lines == [f'content/identity.toml:1: warning: "bashar-jaafari" is in no record and no article {mend}']
    renamed = record.partition("remove\n")[2].format(front + "aliases: [bashar-jaafari]\n")
    assert again(tmp_path, renamed).lines == []


def test_explain_shows_what_an_editor_says_of_the_reading(tmp_path: Path) -> None:
    built(tmp_path, ARTICLE + row(article="second", words="سامر الدروبي", read=WHO, right=False))
    lines = explanation_lines(tmp_path / "content", "second", PLAIN).lines
    told = [" ".join(line.split()) for line in lines if line.strip().startswith("corrected")]
    assert told[0] == f"corrected mention {WHO} -> nothing · «سامر الدروبي» · by ليلى on 2026-11-28 · «هذا اسم شارع»"


def test_explain_says_whom_a_name_is_by_a_judgement(tmp_path: Path) -> None:
    joined = JUDGED.partition('\n[[judgement]]\nleft = "bashar')[0]
    content = make(tmp_path, ARTICLE + joined) / "content"
    lines = explanation_lines(content, "second", PLAIN).lines
    assert any(f"official {WHO} (by an editor: bashar-jaafari) · «سامر الدروبي»" in line for line in lines)


def test_the_rows_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    for name in ("editing.md", "editing.ar.md"):
        blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / name).read_text("utf-8"), re.DOTALL)
        judgements = [block for block in blocks if block.startswith("[[judgement]]")]
        rows = [block for block in blocks if block not in judgements]
        (tmp_path / CORRECTIONS).write_text("\n".join(rows), "utf-8")
        (tmp_path / IDENTITY).write_text("\n".join(judgements), "utf-8")
        found, issues = load_corrections(tmp_path)
        registry, wrong = load_registry(tmp_path)
        assert (len(found), issues) == (len(rows), ())
        assert (len(registry.judgements), wrong) == (len(judgements), ())
        assert rows
        assert judgements


def test_the_page_says_who_judged_two_names_one_or_two_and_why_while_it_holds(tmp_path: Path) -> None:
    one, other = (f"[[judgement]]{part}" for part in JUDGED.split("[[judgement]]")[1:])
    joined = "-- identity.toml --\n" + one.strip() + '\nnote = "اسم واحد برسمين"\n'
    page = built(tmp_path, ARTICLE + joined).page("/officials/bashar-jaafari/")
    reviewed = judgements(page)
    for words in (
        f"المعرّفان {WHO} وbashar-jaafari لكيان واحد",
        "القراءة الآلية: كيانان مختلفان",
        "صحّحه المحرر ليلى، 28",
        "اسم واحد برسمين",
    ):
        assert words in reviewed
    assert 'href="#reviewed"' in page
    undone = again(tmp_path, JUDGED)
    for who, whom in ((WHO, "بشار الجعفري"), ("bashar-jaafari", "سامر الدروبي")):
        reviewed = judgements(undone.page(f"/officials/{who}/"))
        assert f"هذا الكيان غير {whom} أقرّه المحرر نور، 29" in reviewed
        assert "لكيان واحد" not in reviewed, "it was undone"
    assert 'id="reviewed"' not in again(tmp_path, "-- identity.toml --\nremove\n").page(f"/officials/{WHO}/")
    assert "هذا الكيان" in again(tmp_path, f"-- identity.toml --\n{other}").page(f"/officials/{WHO}/")


def judgements(page: str) -> str:
    """The words of the rows below the heading, without marks."""
    rows = page.partition('id="reviewed"')[2].partition("</h2>")[2].partition("</section>")[0]
    return " ".join(re.sub("<[^>]*>", "", rows.replace("</p>", " </p> ")).split())
