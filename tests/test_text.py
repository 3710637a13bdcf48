"""Letters, words, sentences and anchors."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from camel_tools.tokenizers.word import simple_word_tokenize
from camel_tools.utils.charsets import AR_DIAC_CHARSET, UNICODE_PUNCT_SYMBOL_CHARSET
from camel_tools.utils.dediac import dediac_ar
from hypothesis import given
from hypothesis import strategies as st

from sijill.anchors import sentence_table
from sijill.arabic.lexicon import Hit, Lexicon, Passage, readings
from sijill.arabic.sentences import LONGEST, sentences
from sijill.arabic.text import fold, words_of
from sijill.model import Article, Block

ARABIC = st.text(alphabet=st.sampled_from('ابتجحدرسعفقكلمنهويةىأإآؤئءَُِّْـ٣7 .،؟«»"-\u200f\u200c'), max_size=80)


def article(*paragraphs: str) -> Article:
    """An article of these paragraphs."""
    return Article("a", "a.txt", "ar", None, "", "", "", tuple(Block("p", text) for text in paragraphs))


def test_the_character_file_is_what_camel_tools_says() -> None:
    data = tomllib.loads(files("sijill.arabic").joinpath("data", "characters.toml").read_text(encoding="utf-8"))
    for name, characters in (("marks", AR_DIAC_CHARSET), ("signs", UNICODE_PUNCT_SYMBOL_CHARSET)):
        assert {chr(point) for first, last in data[name] for point in range(first, last + 1)} == set(characters)


def test_no_sign_is_a_letter_so_that_a_run_of_letters_is_one_word() -> None:
    assert not [sign for sign in UNICODE_PUNCT_SYMBOL_CHARSET if sign.isalpha()]


@given(ARABIC)
def test_folding_is_letter_by_letter_however_it_is_done(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


def test_folding_joins_spellings_that_readers_take_for_one() -> None:
    for one, other in (
        ("أستانا", "استانا"),
        ("سوريّة", "سوريه"),
        ("الجعفرى", "الجعفري"),
        ("مُحَمَّد", "محمد"),
        ("الجعفـــري", "الجعفري"),
        ("٢٢٥٤", "2254"),
        ("۱۱", "11"),
        ("ایران", "إيران"),
    ):
        assert fold(one) == fold(other)


@given(ARABIC)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC)
def test_each_word_is_the_fold_of_the_slice_it_came_from(text: str) -> None:
    words = words_of(text)
    for index, word in enumerate(words.words):
        assert fold(text[words.start(index) : words.end(index)]) == word


@given(ARABIC)
def test_no_word_ends_between_a_letter_and_its_vowel_mark(text: str) -> None:
    words = words_of(text)
    for index in range(len(words)):
        end = words.end(index)
        assert end == len(text) or text[end] not in AR_DIAC_CHARSET


@given(ARABIC)
def test_words_are_those_of_camel_tools(text: str) -> None:
    assert list(words_of(text).words) == simple_word_tokenize(fold(text), split_digits=True)


@given(ARABIC)
def test_folding_drops_the_marks_that_camel_tools_drops(text: str) -> None:
    assert fold(dediac_ar(text)) == fold(text)


def test_proclitics_are_cut_in_every_order_and_the_whole_word_comes_first() -> None:
    assert readings("وفد") == ((0, "وفد"), (1, "فد"))
    assert (2, "الجوله") in readings("وللجوله")
    assert (1, "الامم") in readings("للامم")
    assert (1, "استانا") in readings("باستانا")


def test_a_word_that_starts_a_phrase_whole_is_not_taken_apart() -> None:
    lexicon = Lexicon({"head": [("وفد", "one")], "word": [("فد", "never")]})
    passage = Passage(words_of("وفد وصل"), lexicon)
    assert passage.hit("head", 0) is not None
    assert passage.hit("head", 0).cut == 0  # type: ignore[union-attr]


def test_the_longest_phrase_wins() -> None:
    lexicon = Lexicon({"x": [("مجلس الأمن", 1), ("مجلس الأمن الدولي", 2)]})
    hit = Passage(words_of("في مجلس الأمن الدولي أمس"), lexicon).hit("x", 1)
    assert hit is not None
    assert (hit.value, hit.end) == (2, 4)


def told(hit: Hit | None) -> tuple[object, int, int] | None:
    return None if hit is None else (hit.value, hit.end, hit.cut)


def test_a_lexicon_on_another_has_the_phrases_of_both_and_leaves_the_other_as_it_was() -> None:
    base = Lexicon({"x": [("مجلس الأمن", 1), ("مجلس الشعب", 3)], "y": [("وفد", 4)]})
    lexicon = Lexicon({"x": [("مجلس الأمن الدولي", 2), ("مجلس الأمن", 5)], "z": [("وفد", 6)]}, base=base)
    text = words_of("في مجلس الأمن الدولي ومجلس الشعب وفد")
    passage, below = Passage(text, lexicon), Passage(text, base)
    assert [told(passage.hit("x", at)) for at in (1, 4)] == [(2, 4, 0), (3, 6, 1)]
    assert [told(below.hit("x", at)) for at in (1, 4)] == [(1, 3, 0), (3, 6, 1)]
    assert [(told(passage.hit(name, 6)), told(below.hit(name, 6))) for name in "yz"] == [
        ((4, 7, 0), (4, 7, 0)),
        ((6, 7, 0), None),
    ]
    assert told(Passage(words_of("مجلس الأمن"), lexicon).hit("x", 0)) == (1, 2, 0), "what the base says comes first"


def test_sentences_end_at_stops_but_not_behind_abbreviations() -> None:
    text = "وصل د. سامي أمس. هل يبقى؟. قال: «نعم.» ثم غادر…"
    assert [text[a:b] for a, b in sentences(text)] == ["وصل د. سامي أمس.", "هل يبقى؟.", "قال: «نعم.»", "ثم غادر…"]


def test_a_stop_without_a_space_behind_it_ends_a_sentence_but_not_in_an_abbreviation() -> None:
    text = "وصل الوفد.وقال د.سامي «نعم».ثم نقلت أ.ف.ب عنه الخبر كثيراً .وغادر ود.هاني..معا"
    found = [text[a:b] for a, b in sentences(text)]
    assert found == ["وصل الوفد.", "وقال د.سامي «نعم».", "ثم نقلت أ.ف.ب عنه الخبر كثيراً .", "وغادر ود.هاني..معا"]


def test_a_decimal_point_ends_no_sentence() -> None:
    assert len(sentences("بلغ العدد 6.1 مليون شخص.")) == 1


def test_what_nobody_ends_is_cut_at_a_space() -> None:
    text = "وقال إن الأمر صعب " * 1000
    found = sentences(text)
    assert max(end - start for start, end in found) <= LONGEST
    assert " ".join(text[start:end] for start, end in found) == text.rstrip()
    assert len(sentences("ا" * 3 * LONGEST)) == 3


def test_blank_text_has_no_sentences() -> None:
    assert sentences(" \u00a0 ") == ()


@given(ARABIC)
def test_sentences_hold_all_of_a_text_but_the_white_space(text: str) -> None:
    pieces = "".join(text[a:b] for a, b in sentences(text))
    assert "".join(pieces.split()) == "".join(text.split())


def test_an_anchor_survives_edits_elsewhere_and_repetition_is_told_apart() -> None:
    before = sentence_table(article("عنوان", "جملة أولى. جملة ثانية."))
    after = sentence_table(article("عنوان", "جملة جديدة. جملة ثانية.", "جملة ثانية."))
    assert before[1][1].anchor == after[1][1].anchor
    assert after[2][0].anchor == after[1][1].anchor + "-2"
    assert before[1][0].anchor != after[1][0].anchor
