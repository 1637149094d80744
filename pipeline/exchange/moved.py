"""What in a table that came back stands beside another sentence than it went out with: a column was sorted alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.catalogue.origin import digest
from pipeline.exchange.table import Line, parse_id, said_of_old, went_out
from pipeline.model import State


def in_place(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines; those whose translation went out with another line, which has it no longer, with that as fault.

    So it is when a column is sorted alone, or a cell is put in or taken out and those below move by one. What was
    typed anew has moved with them, as far as anybody knows: up to the next line with the translation it went out with.
    """
    told = [
        (line, name, bool(name and went_out(line.target, name[1]))) for line in lines for name in [parse_id(line.id)]
    ]
    gone = {name[1][:16] for _, name, is_whole in told if name and not is_whole} - {digest("")}
    found: list[Line] = []
    # Of a sentence that is there twice, as in a sheet that was copied to be safe, each line stands for itself.
    for _, run in groupby(told, lambda one: one[2] and bool(one[0].target)):
        changed = [(line, bool(name) and not is_whole) for line, name, is_whole in run]
        moved = [line.id for line, is_changed in changed if is_changed and digest(line.target) in gone]
        for line, is_changed in changed:
            is_moved = is_changed and digest(line.target) in gone
            is_typed = bool(moved) and is_changed and bool(line.target.strip())
            fault = _ELSEWHERE if is_moved else _AMONG_MOVED.format(moved[0]) if is_typed else ""
            found.append(replace(line, fault=line.fault or f"{line.id}: {fault}") if fault else line)
    return tuple(found)


_ELSEWHERE = (
    "its translation went out with another sentence, as when cells have moved, or a column is sorted alone; "
    "put each translation beside its own sentence, or export the table again; if it is right so, change it on the "
    "review page or in the PO file"
)
_AMONG_MOVED = (
    "it may have moved with the cell of {0}, of which the translation is that of another sentence; put each beside its "
    "own sentence, or, if all stand right, empty the cell of {0}, import the table again, and type what stood there on "
    "the review page or in the PO file"
)


def marks_in_place(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines; where the column «reviewed» may have been sorted alone, without what it says anew of any.

    So it is when a translation that stands as it went out has lost what was said of it, while another got that. Who
    takes such a word away by hand beside others that they write is asked to say again what they have read.
    """
    told = [(line, parse_id(line.id)) for line in lines]
    lost = any(
        name and name[1].endswith(("-r", "-t")) and line.state is State.DOUBT and went_out(line.target, name[1])
        for line, name in told
    )
    return tuple(
        replace(line, state=State.DOUBT, remark=line.remark or MARKS_MOVED)
        if lost and line.state and line.state.is_done and not (name and said_of_old(line.state, name[1]))
        else line
        for line, name in told
    )


MARKS_MOVED = (
    "said to be right, while others are so no more, as when the column «reviewed» is sorted alone, or its cells moved; "
    "that is not believed of any: look at them, and approve what is right (pipeline approve --units)"
)
