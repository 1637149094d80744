"""Words and figures of a number, added up: which of them belong together, and what they are worth."""

from typing import NamedTuple

from pipeline.text.numerals import Values

SCALES = frozenset({100.0, 1e3, 1e6, 1e9, 1e12})


class Token(NamedTuple):
    """A number or a word: its values, none for any other word; an ordinal closes a number."""

    word: str
    start: int
    end: int
    values: Values = frozenset()
    is_ordinal: bool = False


class Sum(NamedTuple):
    """A number as far as it has been read: what is complete, what is being counted, the last thousand or million."""

    total: float = 0
    current: float = 0
    scale: float = 0

    @property
    def worth(self) -> float:
        return self.total + self.current

    def plus(self, value: float) -> "Sum":
        if value >= 1000 and value in SCALES:
            if self.scale and value > self.scale:
                return Sum(self.worth * value, 0, value)
            return Sum(self.total + (self.current or 1) * value, 0, value)
        if value == 100 and self.current:
            return self._replace(current=self.current * 100)
        if 0 < value < 1 and self.scale and not self.current:
            return self._replace(total=self.total + value * self.scale)
        return self._replace(current=self.current + value)

    def takes(self, value: float, token: Token, units_first: bool = False) -> bool:
        """Whether a further number belongs to this one: «two million», «twenty-one», «six hundred and five»."""
        current, tens = self.current, self.current % 100
        if not self.worth:  # an indefinite number takes what it counts: «tens of thousands»
            return value in SCALES
        if value in SCALES and value >= 1000:
            return bool(current) or value > self.scale
        if token.word[0].isdecimal():
            return bool(self.scale) and not current and value < self.scale
        if value == 100 and 1 <= current < 100:
            return True
        if not current:
            return value < (self.scale or 1000)
        if value < 1:
            return current < 100
        if current % 100 == 0:
            return value < 100
        if units_first and tens < 10 and value in range(20, 100, 10):
            return True
        return (tens % 10 == 0 and tens >= 20 and value < 10) or (tens in (60, 80) and 10 <= value < 20)
