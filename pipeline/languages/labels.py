"""What is printed, in the words of a language: around a text, on the site, in letters and handouts."""

from dataclasses import dataclass
from typing import Annotated

from pipeline.languages.rules import named

_ORIGINAL = named(
    "language",
    "issuer",
    "date",
    example="Translated from the {language}[ of {issuer}][, published {date}][, by permission].",
    optional=("month",),
)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is printed around a text, with names in braces for what is named in.

    Of `original`, parts in square brackets are left out when what they name is not known, and a part that names nothing
    when there is no permission; `month` is a date without a day, where that is said otherwise.
    """

    page: Annotated[str, named("page", "pages", example="Page {page} of {pages}")]
    page_alone: Annotated[str, named("page", example="Page {page}")]
    untranslated: Annotated[str, named(example="not yet translated")]
    machine: Annotated[str, named(example="machine")]
    doubt: Annotated[str, named(example="to be reviewed")]
    draft: Annotated[str, named(example="Draft, not released")]
    colophon: Annotated[str, named(example="About this edition")]
    document: Annotated[str, named("id", "language", example="Document {id}. Source text in {language}; SHA-256:")]
    units: Annotated[str, named("language", "total", "counts", example="{language}: {total} sentences: {counts}.")]
    count_reviewed: Annotated[str, named("count", example="{count} reviewed")]
    count_translated: Annotated[str, named("count", example="{count} translated and not read by another person")]
    count_machine: Annotated[str, named("count", example="{count} machine-translated")]
    count_doubt: Annotated[str, named("count", example="{count} to be reviewed")]
    count_untranslated: Annotated[str, named("count", example="{count} untranslated")]
    engine: Annotated[str, named("engines", example="Machine translation: {engines}.")]
    no_engine: Annotated[str, named(example="No machine translation is printed here.")]
    origin: Annotated[str, named("origin", example="Origin of the translation: {origin}")]
    marks: Annotated[str, named(example="A line in the margin marks text that no one has reviewed yet.")]
    endorsement: Annotated[str, named(example="The source text alone is authoritative.")]
    editorial_title: Annotated[str, named(example="The title in square brackets is the editors’.")]
    note: Annotated[str, named(example="Translator’s note:")]
    changes: Annotated[str, named("since", example="Underlined words were put in since the version of {since}.")]
    all_reviewed: Annotated[str, named("language", "total", example="{language}: all {total} sentences reviewed.")] = ""
    read_twice: Annotated[str, named(example="Each has been read by two people other than its translator.")] = ""
    editorial: Annotated[str, named(example="What is in square brackets above the text is the editors’.")] = ""
    original: Annotated[str, _ORIGINAL] = "{language}[: {issuer}][, {date}]"
    provenance: Annotated[str, named("address", example="First published at {address}")] = "{address}"
    permitted: Annotated[str, named(example="Translated and published again by permission.")] = ""
    number: Annotated[str, named("number", example="No. {number}")] = "No. {number}"
    removed: Annotated[str, named("words", example="[removed: {words}]")] = "[− {words}]"
    added: Annotated[str, named("words", example="[added: {words}]")] = "[+ {words}]"

    def state(self, name: str) -> str:
        """Return the mark of a sentence that is not reviewed: «untranslated», «machine» or «doubt»."""
        return {"untranslated": self.untranslated, "machine": self.machine, "doubt": self.doubt}[name]

    def counted(self, name: str, count: str) -> str:
        """Return how many sentences are in a state, by its name."""
        text: str = getattr(self, f"count_{name}")
        return text.format(count=count)


_Plain = Annotated[str, named(example="…")]


@dataclass(frozen=True, slots=True)
class DigestLabels:
    """What is printed in a digest of what partners write; without it, a language has the English words."""

    title: _Plain = "What has come in"
    private: _Plain = "For readers within the organisation. Please do not pass it on."
    contents: _Plain = "Contents"
    nothing: _Plain = "Nothing has come in."
    since: Annotated[str, named("since", example="Since {since}")] = "Since {since}"
    between: Annotated[str, named("first", "last", example="{first} to {last}")] = "{first} to {last}"
    count: Annotated[str, named("count", example="Texts: {count}")] = "Texts: {count}"
    no_partner: _Plain = "Other senders"
    no_topic: _Plain = "Other topics"
    machine: _Plain = "Machine translation, not checked"
    untranslated: _Plain = "Not translated"
    original: Annotated[str, named("language", example="Original in {language}")] = "Original in {language}"
    received: Annotated[str, named("date", example="Received {date}")] = "Received {date}"
    by_mail: _Plain = "By e-mail"
    permitted: _Plain = "May be republished"
    refused: _Plain = "May not be republished"
    unknown: _Plain = "Permission to republish not known"
    number: Annotated[str, named("number", example="Inbox no. {number}")] = "Inbox no. {number}"
    document: Annotated[str, named("id", example="Accepted as document {id}")] = "Accepted as document {id}"
    alike: Annotated[str, named("other", example="Similar to: {other}")] = "Similar to: {other}"
    shortened: _Plain = "Shortened; the whole text is in the inbox"
    more: Annotated[str, named("count", example="Further texts, left for the next digest: {count}")] = (
        "Further texts, left for the next digest: {count}"
    )
    about: _Plain = "Editors set the topic of a text, or it follows from words that they list for each topic."


@dataclass(frozen=True, slots=True)
class PublicationLabels:
    """What is said of a published text wherever it is read; without it, a language has the English words."""

    stale: _Plain = "The original of this text has changed since; the translation is of an earlier version."
    withdrawn: _Plain = "This text has been withdrawn. Please do not use it, publish it or pass it on."
    on_the_web: _Plain = "On the web:"
    texts: _Plain = "All texts"
    topics: _Plain = "Topics"
    issuers: _Plain = "Issued by"
    years: _Plain = "By year"
    newest: _Plain = "Newest texts"
    search: _Plain = "Search"
    search_for: _Plain = "Search the texts"
    found: Annotated[str, named("count", example="Texts found: {count}")] = "Texts found: {count}"
    not_found: _Plain = "Nothing found. Try other words, or fewer."
    without_script: _Plain = (
        "Searching needs JavaScript. Without it, you can find every text in the lists by year, topic and issuer."
    )
    languages: _Plain = "Languages"
    skip: _Plain = "Skip to the text"
    download: _Plain = "Download"
    beside: Annotated[str, named("first", "second", example="{first} and {second} side by side")] = (
        "{first} and {second} side by side"
    )
    published: Annotated[str, named("date", example="Published on {date}")] = "Published on {date}"
    replaces: Annotated[
        str, named("date", "earlier", example="Corrected on {date}: this text replaces the one published on {earlier}.")
    ] = "Corrected on {date}: this text replaces the one published on {earlier}."
    corrected: _Plain = "Corrected"
    outdated: _Plain = "Not up to date"
    is_withdrawn: _Plain = "Withdrawn"
    reason: Annotated[str, named("reason", example="Reason: {reason}")] = "Reason: {reason}"
    undated: _Plain = "Undated"
    text_digest: _Plain = "SHA-256 of the text:"
    feed: _Plain = "Feed of new texts"
    newer: _Plain = "Newer texts"
    older: _Plain = "Older texts"
    accessible: _Plain = (
        "Screen readers can read this book aloud, and its letters can be enlarged. Headings, lists, tables and notes "
        "are marked as such, and the language of every part is stated."
    )


@dataclass(frozen=True, slots=True)
class NewsletterLabels:
    """What a letter says that tells of what was published; without it, a language has the English words."""

    subject: _Plain = "Newly published"
    greeting: _Plain = "Dear friends,"
    intro: _Plain = "Since our last letter of this kind we have published:"
    correction: _Plain = "Corrected: please use this text from now on."
    withdrawn: _Plain = "Withdrawn: please do not use it, publish it or pass it on."
    more: Annotated[str, named("count", example="And further texts: {count}")] = "And further texts: {count}"
    stop: Annotated[str, named("address", example="To stop receiving these letters, write to {address}.")] = (
        "To stop receiving these letters, write to {address}."
    )
    regards: _Plain = "Kind regards,"


@dataclass(frozen=True, slots=True)
class SeminarLabels:
    """What is printed in the handout of a seminar; without it, a language has the English words."""

    agenda: _Plain = "Agenda"
    time: _Plain = "Time"
    title: _Plain = "Topic"
    speaker: _Plain = "Speaker"
    people: _Plain = "Participants"
    name: _Plain = "Name"
    role: _Plain = "Role"
    organisation: _Plain = "Organisation"
    glossary: _Plain = "Glossary"
