"""Make the dictionaries of pipeline/text/dictionaries/ anew.  Run: python -m benchmarks.dictionary FOLDER | --leave-out

FOLDER has what they are made from; dictionaries/README.md tells where it is to be had: `persian` and `french`, dictionaries in
the stardict format, en-fa-enwiktionary.txt, wn-data-fas.tab and wn-wikt-fas.tab, `wordnet`, and the files of NTREX-128.

English stands between all languages: what a word may mean are English words without their endings. Nouns that right translations
often have without a word of the source are left out. They are counted in the news and in the sentences of SEEN; those of
LATER, which have come since, are counted beside the translation into the other language. --leave-out does this alone.
"""

import gzip
import html
import lzma
import re
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import news
from benchmarks.checks import load
from benchmarks.other_hands import CORPUS, LANGS, by_hand, corpus, siblings
from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa.checks._nouns import foreign_nouns, strange_nouns
from pipeline.text import dictionary
from pipeline.text.orthography import fold, folded_words
from pipeline.text.plainwords import plain, target_words

SEEN = ("sixty.csv", "eighty.csv", "another-sixty.csv", "second-eighty.csv", "third-eighty.csv", "registers.csv",
        "statements.csv", "fresh.csv", "hands-dev", "hands-unseen", "hands-third", "hands-fourth")  # fmt: skip
"""Right translations in which nouns are counted; by the others of the corpus the checks are judged."""

LATER = ("fourth-eighty", "fifth-eighty", "other-registers", "free-first", "free-second", "free-third",
         *(f"{number}-hundred" for number in ("sixth", "seventh", "eighth", "ninth", "eleventh", "twelfth", "thirteenth",
           "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")))  # fmt: skip

LEAST = 2
"""In so many sentences of LATER, at least, a noun that is left out stands without a word of the source."""

FREE = 0.1
"""The largest share of the sentences with a noun in which it may stand without a word of the source."""

COMMON = 150
"""So many of the most frequent words of a language are words of grammar, or mean too much."""

FULL = frozenset({"noun", "adj", "verb", "name"})
"""Parts of speech of words that are no words of grammar."""

LONGEST_GLOSS = 3
"""Words of an explanation that may be a translation."""

Links = defaultdict[str, set[str]]


class Article(NamedTuple):
    """A word of a dictionary, its parts of speech, what it means in English, and its other forms."""

    word: str
    kinds: tuple[str, ...]
    glosses: tuple[str, ...]
    forms: list[str]


def stardict(folder: Path) -> list[Article]:
    """Read a dictionary: .idx has words, and where their texts stand in .dict.dz, .syn other forms of them."""
    index = next(folder.glob("*.idx"))
    texts = gzip.decompress(index.with_suffix(".dict.dz").read_bytes())
    articles = []
    for word, offset, size in _records(index, ">II"):
        text = texts[offset : offset + size].decode()
        articles.append(Article(word, tuple(re.findall(r"<i>(\w+)</i><br>", text)), tuple(_glosses(text)), []))
    for form, number in _records(index.with_suffix(".syn"), ">I"):
        articles[number].forms.append(form)
    return articles


def _records(path: Path, layout: str) -> Iterator[tuple[Any, ...]]:
    """Yield words, each ended by a zero byte, and the numbers behind them."""
    content, at = path.read_bytes(), 0
    while at < len(content):
        end = content.index(b"\0", at)
        numbers = struct.unpack_from(layout, content, end + 1)
        yield content[at:end].decode(), *numbers
        at = end + 1 + struct.calcsize(layout)


def _glosses(text: str) -> Iterator[str]:
    """Yield translations; of what is explained («river that flows into a sea, …») the beginning alone."""
    for entry in re.findall(r"<li>(.*?)</li>", text, re.DOTALL) or [text]:
        said = re.sub(r"\([^)]*\)", "", html.unescape(re.sub("<[^>]+>", " ", entry)))
        for one in re.split("[,;/]", said):
            gloss = re.sub(r"^(?:to be|to|an?|the) ", "", one.strip())
            first = _EXPLAINING.split(gloss)[0]
            yield first
            if first != gloss or len(first.split()) > LONGEST_GLOSS:
                break


_EXPLAINING = re.compile(" (?:that|which|who|whose|where|when|in|on|at|from|with|for|of|used|made|by|to) ")


@cache
def english(word: str) -> str:
    """Return an English word as dictionaries have it."""
    return dictionary.english(plain(word))


KINDS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
"""Names of WordNet’s files, and the letters that stand for them."""


class WordNet:
    """The sets of synonyms of WordNet 3.0, and which words are nouns more often than anything else."""

    def __init__(self, folder: Path) -> None:
        self.sets = dict[str, list[str]]()
        self.synonyms = Links(set)
        entries, times = Counter[str](), Counter[str]()
        for name, letter in KINDS.items():
            for line in (folder / f"data.{name}").read_text("utf-8").splitlines():
                if line[0] != " ":
                    fields = line.split(" ")
                    words = [one.split("(")[0].replace("_", " ") for one in fields[4 : 4 + 2 * int(fields[3], 16) : 2]]
                    self.sets[f"{fields[0]}-{letter}"] = words
                    single = {english(one) for one in words if one.isalpha() and one.islower()}
                    for one in single:
                        self.synonyms[one] |= single
                    entries.update({f"{one} {letter}" for one in words if one.isalpha() and one.islower()})
        for line in (folder / "cntlist.rev").read_text("utf-8").splitlines():
            sense, _, count = line.split()
            word, number = sense.split("%")
            times[f"{word} {'nvara'[int(number[0]) - 1]}"] += int(count)
        nouns = (one[:-2] for one in entries if one.endswith(" n") and not one.endswith("ing n"))
        self.nouns = {one for one in nouns if self._is_noun(one, entries, times)}
        self.irregular = Links(set)
        self.bases = Links(set)
        for name in KINDS:
            for line in (folder / f"{name}.exc").read_text("utf-8").splitlines():
                form, *bases = line.split()
                self.bases[form].update(bases)
                for base in bases if name == "noun" else ():
                    self.irregular[base].add(form)

    @staticmethod
    def _is_noun(word: str, entries: Counter[str], times: Counter[str]) -> bool:
        others = [f"{word} {letter}" for letter in "var"]
        as_other = sum(times[one] for one in others)
        if times[f"{word} n"] or as_other:
            return times[f"{word} n"] >= as_other
        return not any(one in entries for one in others)


def persian(folder: Path, wordnet: WordNet, common: set[str]) -> Links:
    """Return what Persian words may mean, verbs in all their forms."""
    empty = common | {one + "ن" for one in SHIPPED["fa"].source.light_verbs}
    links = Links(set)

    def keys(text: str) -> set[str]:
        words = re.findall("[ء-ی]+", fold(text))
        full = [one for one in words if one not in empty] or words
        return set(full) if len(full) <= LONGEST_GLOSS else set()

    def link(text: str, gloss: str) -> None:
        said = re.findall(r"[a-z']+", gloss.lower())
        words = [one for one in said if one not in common] or said
        if len(words) <= LONGEST_GLOSS:
            for key in keys(text):
                links[key].update(map(english, words))

    articles = stardict(folder / "persian")
    for article in articles:
        for gloss in article.glosses:
            link(article.word, gloss)
    for line in (folder / "en-fa-enwiktionary.txt").read_text("utf-8").splitlines():
        word, _, translations = line.partition(" :: ")
        for one in re.sub(r"/[^/]*/|\{[^}]*\}|\([^)]*\)|\[[^\]]*\]", "", translations).split(","):
            if re.search("[آ-ی]", one):
                link(one, re.sub(r"[{(].*", "", word))
    for name in ("wn-data-fas.tab", "wn-wikt-fas.tab"):
        for line in (folder / name).read_text("utf-8").splitlines():
            number, _, word, *_ = (*line.split("\t"), "", "")
            for one in wordnet.sets.get(number, ()):
                link(word, one)
    for article in articles:
        if article.word.endswith("ن"):
            for form in map(fold, article.forms):
                if re.fullmatch("(?:می )?[آ-ی]{3,}", form):
                    links[form.removeprefix("می ")] |= links[fold(article.word)]
    for word in common:
        links.pop(word, None)
    return links


def english_nouns(wordnet: WordNet, known: set[str]) -> dict[str, set[str]]:
    """Return nouns in all their forms, and what each may be said for."""
    return {
        " ".join(sorted({plain(form) for form in (noun, _plural(noun), *wordnet.irregular[noun])})): meanings
        for noun in sorted(wordnet.nouns)
        if english(noun) in known and (meanings := wordnet.synonyms[english(noun)] & known)
    }


def _plural(noun: str) -> str:
    if re.search("[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search("(?:s|x|z|ch|sh)$", noun) else "s")


def french_nouns(folder: Path, wordnet: WordNet, known: set[str]) -> dict[str, set[str]]:
    """Return nouns in all their forms, with what these may mean as forms of other words, too."""
    kinds, meanings = defaultdict[str, list[str]](list), Links(set)
    for article in stardict(folder / "french"):
        word = article.word.lower()
        kinds[word] += article.kinds
        said = {english(one) for one in article.glosses if re.fullmatch(r"[A-Za-z'-]+", one)} - {""}
        said = said.union(*(wordnet.synonyms.get(one, ()) for one in said)) & known
        for form in {word, *(form.lower() for form in article.forms if form.isalpha())}:
            meanings[form] |= said
    nouns = Links(set)
    for noun in (one for one, its in kinds.items() if its[:1] == ["noun"] and FULL.issuperset(its) and one.isalpha()):
        forms = {noun, *_french_plurals(noun)}
        said = set[str]().union(*(meanings.get(form, ()) for form in forms))
        nouns[" ".join(sorted(map(plain, forms)))] |= said
    return {forms: said for forms, said in nouns.items() if said}


def english_forms(wordnet: WordNet) -> dict[str, set[str]]:
    """Return the irregular forms of English words, and of what they are forms."""
    men = {f"{one.removesuffix('man')}men": {one} for one in wordnet.nouns if one.endswith("man")}
    known = ((plain(form), {english(base) for base in bases}) for form, bases in (wordnet.bases | men).items())
    return {form: bases for form, bases in known if form.isalpha() and english(form) not in bases}


def french_forms(folder: Path, meant: set[str], common: set[str]) -> dict[str, set[str]]:
    """Return words in all forms that are written today, and which of the meanings of nouns each may mean."""
    words = Links(set)
    for article in stardict(folder / "french"):
        said = (re.findall("[a-z']+", gloss.lower()) for gloss in article.glosses)
        meanings = {english(one) for gloss in said if len(gloss) <= LONGEST_GLOSS for one in gloss if one not in common}
        for form in (article.word, *article.forms):
            if form.isalpha() and not _LITERARY.search(form):
                words[plain(form.lower())] |= meanings & meant
    return {form: meanings for form, meanings in words.items() if meanings}


_LITERARY = re.compile("(?:[âîû]t|[âîû](?:mes|tes)|[èi]rent|urent|ss(?:e|es|ions|iez))$")
"""Endings of the past historic and the imperfect subjunctive."""


def _french_plurals(noun: str) -> set[str]:
    if noun[-1] in "sxz":
        return set()
    changed = {re.sub("al$", "aux", noun), re.sub("(au|eu)$", r"\1x", noun)} - {noun}
    return changed or {noun + "s"}


# --- what right translations add -----------------------------------------------------


def right_translations(folder: Path, lang: str) -> list[Unit]:
    """Return the translations in which nouns are counted; of the news those that are not kept for measuring."""
    kept = news.kept_apart(folder)
    units = [unit for unit, is_kept in zip(news.sentences(folder, lang), kept, strict=True) if not is_kept]
    for name in SEEN:
        path = CORPUS / name
        units += 2 * (corpus(path)[lang] if path.suffix == ".csv" else by_hand(path, lang)[0])
    return units


def without_free(nouns: dict[str, set[str]], links: Links, units: list[Unit], lang: str) -> dict[str, set[str]]:
    """Return the nouns that stand in right translations, if at all, nearly always for a word of the source."""
    lines = {form: forms for forms in nouns for form in forms.split()}
    source, target = SHIPPED["fa"], SHIPPED[lang]
    times, strange = Counter[str](), Counter[str]()
    known = dictionary.Dictionary(
        {word: " ".join(meanings) for word, meanings in links.items()},
        {form: " ".join(nouns[forms]) for form, forms in lines.items()},
        dictionary.endings(source),
    )
    for unit in units:
        times.update({lines[one] for one in target_words(unit.target, target.letters) if one in lines})
        strange.update({lines[one] for one in strange_nouns(unit, source, target, known)})
    return {forms: meanings for forms, meanings in nouns.items() if strange[forms] <= FREE * times[forms]}


def most_common(texts: Iterable[tuple[str, ...]]) -> set[str]:
    return {word for word, _ in Counter(word for words in texts for word in words).most_common(COMMON)}


def write(name: str, entries: dict[str, set[str]]) -> None:
    alike = defaultdict[str, list[str]](list)
    for words, meanings in entries.items():
        alike[" ".join(sorted(meanings))].append(words)
    lines = sorted(f"{' '.join(sorted(words))}\t{meanings}" for meanings, words in alike.items() if meanings)
    content = lzma.compress("\n".join(lines).encode(), preset=6)
    (dictionary.FOLDER / f"{name}.txt.xz").write_bytes(content)
    print(f"{name}: {len(lines):,} lines, {len(content):,} bytes")


def left_out(lang: str) -> set[str]:
    """Return nouns that right translations of LATER often add, though no other translation says them."""
    times, strange = Counter[str](), Counter[str]()
    for name in LATER:
        right = corpus(CORPUS / f"{name}.csv")
        known = replace(load(lang)[1], siblings=siblings(right, lang))
        for unit in right[lang]:
            times.update({*target_words(unit.target, known.target.letters)})
            strange.update({*foreign_nouns(unit, known)})
    return {noun for noun, count in strange.items() if count >= LEAST and count > FREE * times[noun]}


def leave_out() -> None:
    """Write the nouns without those that are left out."""
    for lang in LANGS:
        free = left_out(lang)
        lines = lzma.decompress((dictionary.FOLDER / f"nouns-{lang}.txt.xz").read_bytes()).decode().splitlines()
        entries = ((words.split(), meanings) for words, _, meanings in (line.partition("\t") for line in lines))
        kept = {
            " ".join(word for word in words if word not in free): {*meanings.split()} for words, meanings in entries
        }
        write(f"nouns-{lang}", {words: meanings for words, meanings in kept.items() if words})
        print(f"left out: {', '.join(sorted(free))}")


def make_anew(folder: Path) -> None:
    units = news.sentences(folder, "en")
    common = most_common(folded_words(unit.source) for unit in units) | most_common(
        target_words(unit.target, "") for unit in units
    )
    wordnet = WordNet(folder / "wordnet")
    links = persian(folder, wordnet, common)
    known = set[str]().union(*links.values())
    nouns = {"en": english_nouns(wordnet, known), "fr": french_nouns(folder, wordnet, known)}
    dictionary.FOLDER.mkdir(exist_ok=True)
    write("words-fa", links)
    meant = set[str]().union(*(meanings for its in nouns.values() for meanings in its.values()))
    write("forms-fr", french_forms(folder, meant, common))
    write("forms-en", english_forms(wordnet))
    for lang in LANGS:
        write(f"nouns-{lang}", without_free(nouns[lang], links, right_translations(folder, lang), lang))


def main() -> None:
    if "--leave-out" not in sys.argv:
        make_anew(Path(sys.argv[1]))
    leave_out()


if __name__ == "__main__":
    main()
