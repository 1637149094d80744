"""Faults as people see them, and the statuses that scripts go by."""

import re

from pipeline.errors import EnvironmentMissing, PipelineError, UsageError
from tests.conftest import ROOT


def kinds(kind: type[PipelineError]) -> set[type[PipelineError]]:
    return {kind}.union(*map(kinds, kind.__subclasses__()))


def test_several_faults_are_a_line_each_in_the_order_they_were_found():
    error = PipelineError("b.txt: empty; delete it", "a.txt: no text; write some")
    assert str(error) == "b.txt: empty; delete it\na.txt: no text; write some"
    assert error.faults == tuple(str(error).splitlines())


def test_a_script_can_tell_a_mistake_in_what_was_typed_and_a_missing_program_from_all_else():
    for kind in kinds(PipelineError):
        assert kind.exit_status == (2 if issubclass(kind, UsageError) else 3 if kind is EnvironmentMissing else 1), kind
    (told,) = re.findall(r"(?m)^Exit status:(.*(?:\n.+)*)", (ROOT / "README.md").read_text("utf-8"))
    assert {0, *(kind.exit_status for kind in kinds(PipelineError))} == set(map(int, re.findall(r"\b\d\b", told)))
