"""What can go wrong for a user: every message names the place, the fault and the remedy."""


class PipelineError(Exception):
    """A fault that the user can mend, or several; shown a line each, never as a traceback."""

    exit_status = 1

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(map(str, self.args))

    def __str__(self) -> str:
        return "\n".join(self.faults)


class UsageError(PipelineError):
    """The command line or pipeline.toml asks for something that does not exist."""

    exit_status = 2


class LanguageError(UsageError):
    """A file in languages/ cannot be used."""


class EnvironmentMissing(PipelineError):
    """The machine lacks a library or a model."""

    exit_status = 3


class DocumentError(PipelineError):
    """A source document, or the corrections beside it, cannot be read."""


class InboxError(PipelineError):
    """What partners sent cannot be read."""


class CatalogueError(PipelineError):
    """A PO file cannot be read or written without losing something."""


class ExchangeError(PipelineError):
    """A file of translations that came back cannot be read."""


class EngineError(PipelineError):
    """A machine translation engine cannot serve the request."""


class RenderError(PipelineError):
    """A page could not be typeset."""


class PartnersError(PipelineError):
    """partners.toml cannot be used; its faults tell no names and no addresses."""


class LetterError(PipelineError):
    """A template of a letter cannot be filled in."""


class BundleError(PipelineError):
    """A bundle cannot be made, or one that was received is refused unread."""


class SigningError(PipelineError):
    """A key cannot be made or used, or a signature is not one."""


class DeliveryError(PipelineError):
    """What is delivered, or the memory of it, is not in order."""


class LedgerError(DeliveryError):
    """The memory of what was sent is not in order: nothing is sent without it."""
