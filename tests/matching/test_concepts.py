"""The vocabulary: its language, its files, the team's overlay, and what it finds in people's wording."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import StatementFormatError
from assistant.matching import concept_report
from assistant.matching.concepts import Vocabulary, firing
from assistant.matching.phrases import Language, PhraseTree
from assistant.matching.words import words

PAIRS = Path(__file__).with_name("concept_pairs.txt")
EVERYDAY = Path(__file__).with_name("everyday_texts.txt")


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    return tmp_path / "concepts.yaml"


def found(vocabulary: Vocabulary, text: str) -> set[str]:
    return {tag.concept for tag in vocabulary.tag(text)}


class TestLanguageOfPhrases:
    @staticmethod
    def matches(phrase: str, text: str, groups: dict[str, list[str]] | None = None) -> bool:
        language = Language(groups)
        tree = PhraseTree(language)
        for one in language.phrases(phrase):
            tree.add(one, 0)
        return any(tree.find([word for word in words(text) if word not in {"a", "an", "the", "be"}]))

    @pytest.mark.parametrize(
        ("phrase", "text"),
        [
            ("access review", "The Access Reviews are done"),
            ("access review", "we do access to-day; access our reviews"),
            ("mfa|two-factor login", "a two factor login"),
            ("[user] access review", "access review"),
            ("[user] access review", "user access reviews"),
            ("key ... rotate", "keys that protect customer data are rotated"),
            ("key ~ rotate", "we rotate all of our keys"),
            ("backed up data", "data is backed; backup data"),
            ("our data", "is our data safe"),
        ],
    )
    def test_a_phrase_is_found(self, phrase: str, text: str) -> None:
        assert self.matches(phrase, text)

    @pytest.mark.parametrize(
        ("phrase", "text"),
        [
            ("access review", "review of access"),
            ("access review", "access is not reviewed"),
            ("key ... rotate", "we rotate keys"),
            ("key ... rotate", "keys protect one two three four five rotate"),
            ("our data", "is your data safe"),
        ],
    )
    def test_a_phrase_is_not_found(self, phrase: str, text: str) -> None:
        assert not self.matches(phrase, text)

    def test_prepositions_do_not_count_in_a_gap(self) -> None:
        assert self.matches("key ... rotate", "keys for one of the two in the three and four are rotated")

    def test_a_group_stands_for_its_words_and_for_its_phrases(self) -> None:
        groups = {"delete": ["erase", "get rid of", "wipe"]}
        assert self.matches("<delete> data", "data was wiped, we erase data", groups)
        assert self.matches("<delete> data", "get rid of all data", groups)
        assert not self.matches("<delete> data", "we get data", groups)

    @pytest.mark.parametrize(
        "phrase", ["", "the", "... key", "key ...", "a ~ b ~ c", "[key] [ring]", "k[e]y", "<none>"]
    )
    def test_what_is_no_phrase_is_refused(self, phrase: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            Language().phrases(phrase)

    def test_a_phrase_of_thousands_of_readings_costs_nothing_until_a_text_leads_there(self) -> None:
        many = "|".join(f"w{number}x" for number in range(300))
        started = time.process_time()
        assert self.matches(f"{many} {many} {many}", "w7x w8x w9x")
        assert time.process_time() - started < 0.5

    def test_threads_find_the_same_in_a_tree_that_grows(self) -> None:
        language = Language()
        tree = PhraseTree(language)
        for number in range(200):
            for one in language.phrases(f"alpha|beta [gamma] ... delta|word{number} omega"):
                tree.add(one, number)
        with ThreadPoolExecutor(8) as pool:
            counts = set(pool.map(lambda _: len(set(tree.find(["alpha", "gamma", "delta", "omega"]))), range(64)))
        assert counts == {200}


class TestTagging:
    def test_tags_tell_the_words_that_say_so(self, shipped: Vocabulary) -> None:
        text = "All of the encryption keys are rotated every 90 days."
        tag = next(tag for tag in shipped.tag(text) if tag.concept == "key-rotation")
        said = words(text)[tag.first : tag.last + 1]
        assert said[0] in {"key", "encryption"}
        assert said[-1] in {"rotate", "day"}

    def test_overlapping_phrases_of_a_concept_give_one_tag(self, overlay: Path) -> None:
        overlay.write_text("concepts:\n  zebra-herd:\n    phrases: zebra, zebra herd, herd of zebra herd\n")
        tags = [tag for tag in Vocabulary.load(overlay).tag("a herd of zebra herds") if tag.concept == "zebra-herd"]
        assert [(tag.first, tag.last) for tag in tags] == [(1, 4)]

    def test_a_specific_concept_leaves_the_broader_one_its_own_words(self, shipped: Vocabulary) -> None:
        assert {"backup", "backup-encryption"} <= found(shipped, "Backups are encrypted")
        assert "encryption" in shipped.ancestors("backup-encryption")

    def test_a_phrase_does_not_reach_into_the_next_sentence(self, shipped: Vocabulary) -> None:
        assert "key-rotation" not in found(shipped, "We keep the keys. Rotation of staff is usual.")

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("Are logs kept, and who can enter the data center?", "log-protection"),
            ("Do you keep backups and how is the source code encrypted?", "backup-encryption"),
            ("Are the keys stored in a vault, and do you review the access of users?", "key-access"),
        ],
    )
    def test_the_parts_of_a_compound_question_make_no_concept_together(
        self, shipped: Vocabulary, text: str, wrong: str
    ) -> None:
        assert wrong not in found(shipped, text)

    def test_a_part_that_points_back_belongs_to_what_stands_before(self, shipped: Vocabulary) -> None:
        assert "backup-testing" in found(shipped, "Do you keep backups, and are they tested?")
        assert "access-review" in found(shipped, "Do you review user access, and how often?")

    def test_exceptions_hold_a_phrase_back(self, shipped: Vocabulary) -> None:
        assert "availability" in found(shipped, "What availability do you reach?")
        assert "availability" not in found(shipped, "The feature reached general availability")

    def test_two_concepts_that_stand_close_make_a_third(self, overlay: Path) -> None:
        overlay.write_text(
            "concepts:\n"
            "  zebra: {phrases: zebra}\n"
            "  fence: {phrases: fencing}\n"
            "  zebra-fence: {phrases: stripes, together: zebra + fence}\n"
        )
        vocabulary = Vocabulary.load(overlay)
        assert "zebra-fence" in found(vocabulary, "Is fencing put around the zebra?")
        assert "zebra-fence" not in found(vocabulary, "Is fencing there? A zebra is.")
        assert "zebra-fence" not in found(vocabulary, "A zebra " + "and another animal " * 8 + "fencing")

    def test_a_concept_and_a_word_of_a_group_make_another(self, overlay: Path) -> None:
        overlay.write_text(
            "groups: {feed: 'feed, give food'}\n"
            "concepts: {zebra: {phrases: zebra}, zebra-food: {phrases: hay, together: zebra + <feed>}}\n"
        )
        vocabulary = Vocabulary.load(overlay)
        assert "zebra-food" in found(vocabulary, "How often is the zebra in the enclosure fed? Feeding zebras costs.")
        assert "zebra-food" not in found(vocabulary, "Is the zebra striped?")

    @pytest.mark.parametrize("text", ["", "  \n", "???", "12 34", "ﬁ İ ß ǅ 漢字"])
    def test_text_without_meaning_has_no_tags(self, shipped: Vocabulary, text: str) -> None:
        assert shipped.tag(text) == ()

    def test_case_and_british_spelling_do_not_matter(self, shipped: Vocabulary) -> None:
        british = "Is access to the data centre authorised, and is penetration testing organised?"
        american = "Is access to the data center authorized, and is penetration testing organized?"
        assert shipped.tag(british) == shipped.tag(american) == shipped.tag(british.upper())


class TestShippedVocabulary:
    def test_it_covers_the_field(self, shipped: Vocabulary) -> None:
        assert len(shipped.concepts) >= 350
        assert len({concept.area for concept in shipped.concepts.values()}) >= 15

    def test_every_concept_is_told_properly(self, shipped: Vocabulary) -> None:
        for concept in shipped.concepts.values():
            assert concept.name, concept.id
            assert concept.name[0].isupper() or concept.name[:1].isdigit(), concept.id
            assert concept.area, concept.id
            assert concept.phrases, concept.id
            assert concept.id not in shipped.ancestors(concept.id)

    def test_no_name_is_used_twice(self, shipped: Vocabulary) -> None:
        names = [concept.name for concept in shipped.concepts.values()]
        assert sorted(names) == sorted(set(names))

    def test_the_concepts_of_known_wordings_are_found(self, shipped: Vocabulary) -> None:
        missed: list[str] = []
        for line in PAIRS.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            text, expected = line.rsplit("|", 1)
            seen = found(shipped, text)
            seen |= {ancestor for concept in seen for ancestor in shipped.ancestors(concept)}
            missed += [f"{text.strip()}: {one}" for one in map(str.strip, expected.split(",")) if one not in seen]
        assert missed == []

    def test_no_concept_fires_on_many_different_wordings(self, shipped: Vocabulary) -> None:
        texts = [line.rsplit("|", 1)[0] for line in PAIRS.read_text(encoding="utf-8").splitlines() if "|" in line]
        counts = firing(texts, shipped)
        often = {concept: count for concept, count in counts.items() if count > len(texts) * 0.07}
        assert often == {}

    @pytest.mark.parametrize(
        "text",
        [
            "Boil the potatoes for twenty minutes and add a pinch of salt.",
            "Who won the match on Saturday evening?",
            "My sister plays the violin in a youth orchestra.",
            "It will rain in the afternoon, so take an umbrella.",
        ],
    )
    def test_everyday_talk_has_no_concepts(self, shipped: Vocabulary, text: str) -> None:
        assert found(shipped, text) == set()

    def test_words_of_the_field_in_everyday_use_have_no_concepts(self, shipped: Vocabulary) -> None:
        texts = [line for line in EVERYDAY.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        assert len(texts) > 60
        assert {text: found(shipped, text) for text in texts if shipped.tag(text)} == {}

    @pytest.mark.parametrize(
        ("text", "concept"),
        [
            ("Customer data sits in a castle behind seven walls.", "customer-data"),
            ("Is the firewall of the school's network reviewed?", "firewall"),
            ("Do you pay hackers who find a hole a dinner or a bounty?", "bug-bounty"),
            ("Could a fox get at a backup of the database?", "backup"),
        ],
    )
    def test_everyday_words_beside_those_of_the_field_do_no_harm(
        self, shipped: Vocabulary, text: str, concept: str
    ) -> None:
        assert concept in found(shipped, text)

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("How often do you scan internal and external hosts?", "contractors"),
            ("Are external hard drives blocked?", "contractors"),
            ("Are keys created with an approved random number generator?", "power-supply"),
            ("Do you vet a supplier before you sign with it?", "code-signing"),
            ("How often do you run a vulnerability scan?", "recovery-time-objective"),
            ("A chart spells out who does what in an incident.", "access-logging"),
            ("A chart spells out who does what in an incident.", "logging"),
            ("A written set of security rules is approved by the board.", "firewall-rule-review"),
            ("A written set of security rules is approved by the board.", "customer-configuration"),
            ("Controls that fall out of line are flagged.", "disaster-recovery"),
            ("Secrets are kept in a vault and never checked into git.", "encryption-at-rest"),
            ("Admins manage the members of a workspace.", "office-security"),
            ("An outside firm tells us where we fall short.", "customer-communication"),
            ("The policy covers losses from data breaches up to two million.", "policies"),
            ("The policy covers losses from data breaches up to two million.", "disciplinary-process"),
            ("User passwords are changed before a system goes live.", "encryption-at-rest"),
            ("Operating systems are patched by the operations team.", "vulnerability-remediation"),
            ("What do your audit logs contain?", "incident-response"),
            ("Do you maintain a coding guideline?", "customer-responsibility"),
            ("Permissions follow least privilege.", "privileged-access"),
            ("How many people have root on the servers?", "legal-and-ownership"),
            ("Laptops are wiped when people leave.", "deletion-at-termination"),
            ("Security logs are fed into a central tool.", "government-requests"),
            ("Do you do threat modelling for new features?", "release-management"),
            ("How will we learn of outages?", "incident-lessons"),
            ("Are USB ports blocked?", "firewall"),
            ("Do you have a breach notification policy?", "breach-history"),
            ("Accounts are disabled on the last working day.", "customer-configuration"),
            ("Third-party libraries are tracked.", "third-party-inventory"),
            ("Is information about a team's key people kept?", "key-management"),
            ("Do you hold ISO 45001 certification?", "iso-27001"),
            ("Is the plant certified to ISO 50001?", "iso-27001"),
        ],
    )
    def test_words_of_a_concept_say_nothing_where_they_mean_something_else(
        self, shipped: Vocabulary, text: str, wrong: str
    ) -> None:
        assert wrong in shipped.concepts
        assert wrong not in found(shipped, text)

    def test_everyday_words_that_a_team_names_are_of_the_field(self, overlay: Path) -> None:
        overlay.write_text("concepts: {catering: {phrases: lunch}}\n")
        assert found(Vocabulary.load(overlay), "What is for lunch?") == {"catering"}

    def test_tagging_is_fast(self, shipped: Vocabulary) -> None:
        texts = [line.rsplit("|", 1)[0] for line in PAIRS.read_text(encoding="utf-8").splitlines() if "|" in line]
        started = time.process_time()
        for text in texts:
            shipped.tag(text)
        assert (time.process_time() - started) / len(texts) < 0.002


class TestOverlay:
    def test_without_a_file_the_shipped_concepts_stand(self, overlay: Path, shipped: Vocabulary) -> None:
        assert Vocabulary.load(overlay).concepts == shipped.concepts

    def test_an_empty_file_changes_nothing(self, overlay: Path, shipped: Vocabulary) -> None:
        overlay.write_text("# nothing yet\n")
        assert Vocabulary.load(overlay).concepts == shipped.concepts

    def test_a_concept_is_added(self, overlay: Path) -> None:
        overlay.write_text(
            "area: Our product\n"
            "concepts:\n"
            "  search-jobs:\n"
            "    name: Search jobs\n"
            "    broader: logging\n"
            "    narrows: true\n"
            "    phrases:\n"
            "      - exhaustive|long search\n"
            "      - <delete> ~ search results\n"
        )
        vocabulary = Vocabulary.load(overlay)
        concept = vocabulary.concepts["search-jobs"]
        assert (concept.name, concept.area, concept.broader, concept.narrows) == (
            "Search jobs",
            "Our product",
            ("logging",),
            True,
        )
        assert "search-jobs" in found(vocabulary, "Are exhaustive searches logged?")
        assert "search-jobs" in found(vocabulary, "Search results are purged")
        assert vocabulary.ancestors("search-jobs") == {"logging"}

    def test_a_concept_is_extended(self, overlay: Path, shipped: Vocabulary) -> None:
        text = "Is Fort Knocks switched on?"
        assert "multi-factor-authentication" not in found(shipped, text)
        overlay.write_text(
            "concepts:\n  multi-factor-authentication:\n    name: MFA\n    broader: logging\n    phrases: fort knocks\n"
        )
        vocabulary = Vocabulary.load(overlay)
        assert "multi-factor-authentication" in found(vocabulary, text)
        assert "multi-factor-authentication" in found(vocabulary, "Do you use 2FA?")
        concept = vocabulary.concepts["multi-factor-authentication"]
        assert (concept.name, concept.broader) == ("MFA", ("authentication", "logging"))

    def test_a_shipped_phrase_is_taken_away(self, overlay: Path, shipped: Vocabulary) -> None:
        assert "threat-modeling" in found(shipped, "STRIDE")
        overlay.write_text("concepts:\n  threat-modeling:\n    without: stride\n")
        assert "threat-modeling" not in found(Vocabulary.load(overlay), "STRIDE")

    def test_a_concept_is_silenced_and_those_below_move_up(self, overlay: Path, shipped: Vocabulary) -> None:
        assert shipped.concepts["key-rotation"].broader == ("key-management",)
        overlay.write_text("concepts:\n  key-management:\n    silence: true\n")
        vocabulary = Vocabulary.load(overlay)
        assert "key-management" not in vocabulary.concepts
        assert "key-management" not in found(vocabulary, "How do you manage encryption keys?")
        assert vocabulary.concepts["key-rotation"].broader == ("encryption",)
        assert "key-management" not in vocabulary.ancestors("key-rotation")

    def test_a_group_of_words_is_extended(self, overlay: Path, shipped: Vocabulary) -> None:
        text = "Customer data is vaporised."
        assert "data-deletion" not in found(shipped, text)
        overlay.write_text("groups:\n  delete: vaporize\nconcepts:\n  gone:\n    phrases: <delete> ~ data\n")
        assert "gone" in found(Vocabulary.load(overlay), text)

    @pytest.mark.parametrize(
        ("content", "line", "problem"),
        [
            ("concepts:\n  Bad Id:\n    phrases: x\n", 3, "lower-case"),
            ("concepts:\n  one:\n    phrases: x\n  one:\n    phrases: y\n", 4, "twice"),
            ("concepts:\n  one:\n    phrases: x\n    broader: nothing-such\n", 3, "does not exist"),
            ("concepts:\n  one: {phrases: x, broader: two}\n  two: {phrases: y, broader: one}\n", 2, "circle"),
            ("concepts:\n  one: {phrases: x, broader: one}\n", 2, "circle"),
            ("concepts:\n  one:\n    name: One\n", 3, "no phrases"),
            ("concepts:\n  one:\n    phrases:\n      - x\n      - ''\n", 5, "empty phrase"),
            ("concepts:\n  one:\n    phrases: |\n      fine\n      good, , bad\n", 5, "empty phrase"),
            ("concepts:\n  one:\n    phrases: |\n      fine\n      x ~ y ~ z\n", 5, "at most one ~"),
            ("concepts:\n  one:\n    phrases: <nothing> data\n", 3, "no group"),
            ("concepts:\n  one:\n    phrases: x\n    together: logging\n", 4, "with a \\+ between"),
            ("concepts:\n  one:\n    phrases: x\n    together: logging + nothing-such\n", 4, "no concept"),
            ("concepts:\n  one:\n    phrase: x\n", 3, "no known key"),
            ("concepts:\n  one:\n    phrases: x\n    narrows: maybe\n", 4, "true or false"),
            ("concepts:\n  nothing-such:\n    silence: true\n", 3, "no shipped concept"),
            ("concepts:\n  logging:\n    without: zebra\n", 3, "has no phrase"),
            ("concepts: [one]\n", 1, "keys with values"),
            ("concepts:\n  one: two\n", 2, "keys with values"),
            ("concepts:\n  one:\n    phrases: {a: b}\n", 3, "plain text"),
            ("concept:\n  one:\n    phrases: x\n", 1, "no known key"),
            ("concepts:\n  one:\n    phrases: 'x\n", 4, "not valid YAML"),
        ],
    )
    def test_a_fault_is_told_with_its_line(self, overlay: Path, content: str, line: int, problem: str) -> None:
        overlay.write_text(content)
        with pytest.raises(StatementFormatError, match=problem) as raised:
            Vocabulary.load(overlay)
        assert (raised.value.path.rsplit("/", 1)[-1], raised.value.line) == ("concepts.yaml", line)

    def test_a_file_that_is_not_text_is_told(self, overlay: Path) -> None:
        overlay.write_bytes(b"concepts:\n  one: \xff\xfe")
        with pytest.raises(StatementFormatError, match="UTF-8"):
            Vocabulary.load(overlay)


def test_firing_counts_texts_not_mentions(shipped: Vocabulary) -> None:
    counts = firing(["Firewall, firewall, firewalls!", "A firewall", "nothing"], shipped)
    assert counts["firewall"] == 2
    assert counts["blockchain"] == 0
    assert next(iter(counts)) == "firewall"


def test_the_report_command_prints_how_often_each_concept_fires(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, team = tmp_path / "texts.txt", tmp_path / "concepts.yaml"
    texts.write_text("Do you have a firewall?\n\nWhat is for lunch?\n")
    team.write_text("concepts: {food: {phrases: lunch}}\n")
    concept_report.main([str(texts)])
    printed = capsys.readouterr().out
    assert "     1  50.0%  firewall\n" in printed
    assert "2 texts, 1 without any concept" in printed
    concept_report.main(["--concepts", str(team), str(texts)])
    assert "     1  50.0%  food\n" in capsys.readouterr().out
