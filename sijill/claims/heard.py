"""Who spoke so far in an article, as later words can mean them: by a pronoun in the verb, by the kind of a body
(«الوزارة») or by an office of a delegation («رئيس الوفد»)."""

from __future__ import annotations

from functools import cache
from operator import itemgetter

from sijill.arabic.delegations import party_at
from sijill.arabic.lexicon import Passage
from sijill.arabic.names import ARTICLE
from sijill.arabic.parties import nations, state_parties
from sijill.arabic.speech import Verb
from sijill.arabic.text import folded_all, language_data
from sijill.arabic.titles import Title, title_at
from sijill.claims.scene import Scene
from sijill.claims.speaker import NAMED_BY_KIND, Speaker, is_a_medium, kind_of_body, named_at
from sijill.model import EntityId

__all__ = ["Heard"]

HEARD_WITHIN = 4
"""Statements of others between one's own and a pronoun that means him."""
NISBA = frozenset({"nisba"})


class Heard:
    """Whoever spoke so far, as later words can mean them: by a pronoun in the verb, or by the kind of a body."""

    def __init__(self) -> None:
        self.bodies: dict[str, Speaker] = {}
        self.named = _Introduced()
        self._heads: list[tuple[Title, EntityId]] = []
        """The offices of a delegation that somebody was introduced with: «رئيس وفد س فلان»."""
        self.last: Speaker | None = None
        self.first: Speaker | None = None
        """The official whom the article names first."""
        self._nations: dict[EntityId, str] = {}
        """Of which state a medium is, where the words that named it say so; `nations` knows it of others."""
        self._of_gender: dict[bool, tuple[Speaker, int]] = {}
        self._count = 0
        self._of_several = False
        """Whether the article has spoken of a paper that several gave together («البيان الختامي»)."""

    @property
    def author(self) -> Speaker | None:
        """Whose «البيان» is: of whoever spoke last."""
        return None if self._of_several else self.last

    def meant(self, verb: Verb) -> Speaker | None:
        """Whoever a pronoun in the verb means: of its gender, and not spoken of long ago."""
        speaker, count = self._of_gender.get(verb.feminine, (None, 0))
        return speaker if self._count - count < HEARD_WITHIN else None

    def introduce(self, scene: Scene) -> None:
        """The officials of a sentence who have an office of a delegation, and a paper that several give together."""
        self._of_several = self._of_several or scene.has("speech.joint_papers", scene.first, scene.behind)
        for one in scene.of("official"):
            title = one.spot.title
            named = title is not None and one.spot.form != "nominal" and one.entity is not None
            if title is not None and named and _of_delegation(scene.passage, title):
                self._heads.append((title, one.entity or ""))

    def head(self, scene: Scene, index: int) -> Speaker | None:
        """«وقال رئيس الوفد», «أعلن المتحدث باسم وفد س»: the only one who was introduced with such an office."""
        title = title_at(scene.passage, index) if self._heads and scene.passage.starts("title_head", index) else None
        if title is None or title.cut or title.plural or not _of_delegation(scene.passage, title):
            return None
        if named_at(scene, index) is not None:
            return None  # «رئيس الوفد فلان»
        fitting = {
            who
            for known, who in self._heads
            if known.head == title.head and (title.party is None or title.party == known.party)
        }
        return Speaker(fitting.pop(), index, title.end) if len(fitting) == 1 else None

    def body(self, passage: Passage, index: int, spoke_last: bool = True) -> Speaker | None:
        """The body that «الوزارة» or «المرصد» at a word of the paragraph at hand means; `spoke_last`: the one that did,
        where none was named by this noun. A medium of a state is no other's («الوكالة السورية»)."""
        word, nation = passage.word(index), party_at(passage, index + 1, NISBA)
        meant = self._body(word, index, spoke_last)
        if meant is None or nation is None or not is_a_medium(word):
            return meant
        known = nations().get(meant.entity) or self._nations.get(meant.entity)
        return meant if known == nation.value.party else None

    def _body(self, word: str, index: int, spoke_last: bool) -> Speaker | None:
        if (spoken := self.bodies.get(word)) is not None:
            return spoken
        if (entity := self.named.by(word, index)) is not None:
            return Speaker(entity, index, index + 1, body=True)
        if word in _named_in_full() or not spoke_last:
            return None
        last = self.last if self.last is not None and self.last.body else None
        ours = last is not None and (last.entity not in state_parties() or word in _of_states())
        return last if ours else None  # «المنظمة» is no state

    def quoted(self, speaker: Speaker) -> None:
        """Who is quoted by whoever spoke last: a medium is feminine, so «وأضاف» means him."""
        self._of_gender[False] = (speaker, self._count)

    def add(self, speakers: list[Speaker], verb: Verb, nested: bool, passage: Passage) -> None:
        """Who spoke with this verb. Whoever speaks inside of what somebody says is not meant by a later pronoun."""
        self._count += 1
        if not nested:
            self.last = speakers[-1]
            self._of_gender[verb.feminine] = (speakers[-1], self._count)
        for speaker in speakers:
            if speaker.body and speaker.behind > speaker.first:
                self.bodies[kind_of_body(passage, speaker.first)] = speaker
                nation = party_at(passage, speaker.behind, NISBA)
                if nation is not None:  # «صحيفة "س" البريطانية»
                    self._nations.setdefault(speaker.entity, nation.value.party)


class _Introduced:
    """The agencies, organisations and movements that an article has named in full so far. Each word is looked at once,
    and only when somebody asks."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._number = self._at = 0
        """The paragraph and the word up to which they are known."""
        self._last: dict[str, tuple[tuple[int, int], EntityId]] = {}
        """By the noun that begins a name: where it was said last, and whose it is."""

    def add(self, passage: Passage) -> None:
        """The paragraph at hand, once or more often."""
        if not self._passages or self._passages[-1] is not passage:
            self._passages.append(passage)

    def by(self, word: str, behind: int) -> EntityId | None:
        """Whoever was named last in full by this noun («المرصد»), before word `behind` of the paragraph at hand."""
        self._read(behind)
        noun = word.removeprefix(ARTICLE)
        fitting = [said for named, said in self._last.items() if named.endswith(noun)]
        return max(fitting, key=itemgetter(0))[1] if fitting else None

    def _read(self, behind: int) -> None:
        last = len(self._passages) - 1
        for number in range(self._number, last + 1):
            passage = self._passages[number]
            end = behind if number == last else passage.size
            for index in passage.between("party", self._at if number == self._number else 0, end):
                for hit in reversed(passage.hits("party", index)):  # of several at one word the first stays
                    form = hit.value
                    if form.sort == "name" and form.kind in NAMED_BY_KIND and hit.end - index > 1:
                        self._last[passage.word(index)[hit.cut :]] = (number, index), str(form.party)
        self._at = max(behind, self._at) if last == self._number else behind
        self._number = last


def _of_delegation(passage: Passage, title: Title) -> bool:
    return bool(passage.between("delegation_head", title.start, title.end))


@cache
def _named_in_full() -> frozenset[str]:
    return folded_all(language_data("relations")["speech"]["bodies_in_full"])


@cache
def _of_states() -> frozenset[str]:
    """The nouns by which a state's own bodies are named again."""
    return folded_all(language_data("relations")["speech"]["of_states"])
