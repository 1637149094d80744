"""partners.toml: who receives what, in which languages, and by which way. Private data."""

from dataclasses import dataclass

FILE_NAME = "partners.toml"


@dataclass(frozen=True, slots=True)
class Partner:
    """Who receives documents. `id` is the coordinator's handle; `name` and `address` are never told unasked.

    `languages` stand in order of preference: all of them are sent when `every_language`, else only the
    most preferred one that is released. `formats` are layouts of PDFs, and "po". `delivery` names a
    plug-in of pipeline/deliver. No `topics` means every topic.
    """

    id: str
    name: str
    languages: tuple[str, ...]
    every_language: bool
    formats: tuple[str, ...]
    delivery: str
    address: str
    contact_language: str
    active: bool
    topics: tuple[str, ...]
