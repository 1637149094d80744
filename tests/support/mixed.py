"""A thousand lines in which both scripts, numbers, addresses and signs meet, made from what documents hold."""

import random

PERSIAN = ("کارگران", "در نشست", "به نام", "می\u200cرود", "و", "حزب", "شماره", "تلفن:", "نشانی:", "در سال", "از", "کمیته", "سهم",
           "گفت", "نوشت", "برابر با", "نفر", "درصد", "ماده", "اتحادیه", "آزادی،", "است؛", "شد.")  # fmt: skip
LATIN = ("Solidarity", "the union", "CGT", "in Paris", "and", "ILO", "Convention", "de la Paix", "l’union", "No.", "call", "e\u2011mail",
         "e\u00admail", "cafe\u0301", "Zürich", "said", "members", "of", "is", "was founded,")  # fmt: skip
NUMBERS = ("۱۲", "1395", "۱۳۹۵", "2016", "۸۷", "98", "3.5", "۳٫۵", "1,250", "۱٬۲۵۰", "50%", "٪۵۰", "۵۰٪", "۱۳۹۵/۸/۱۰", "30/10/2016",
           "2016-10-30", "10:30", "۱۰–۱۲", "1990–1995", "۸ مارس", "30 September", "$100", "€50", "-5", "±3")  # fmt: skip
WHOLES = ("+98 (0)21 5550 4321", "021-5550-4321", "۰۲۱ ۵۵۵۰ ۴۳۲۱", "(021) 5550 4321", "a.b@example.org", "https://example.org/a-b?c=1",
          "www.example.org", "@name", "@name_2", "#Tag", "#اعتصاب", "C++", "C#", "978-3-16-148410-0", "+1 514 258 8186")  # fmt: skip
CODES = (
    "5G",
    "20km",
    "P5+1",
    "CO₂",
    "H2O",
    "A4",
    "CGT-FO",
    "G7",
    "COVID-19",
    "F-35",
    "B2B",
    "U.S.",
    "m²",
    "10kg",
    "3D",
)
PAIRS = ("«{}»", "({})", "“{}”", "[{}]", "– {} –", "- {}", "{}:", "{}،", "{}…", "{}!", '"{}"')

LONGEST = 48
"""Characters that fit a line of the page."""


def lines(count: int, direction: str, seed: int = 5) -> list[str]:
    """Return so many different lines for a paragraph of a direction, «rtl» or «ltr»: most words are of its script."""
    chance = random.Random(f"{seed} {direction}")
    own, other = (PERSIAN, LATIN) if direction == "rtl" else (LATIN, PERSIAN)
    made: dict[str, None] = {}
    while len(made) < count:
        line = _line(chance, own, other)
        if len(line) <= LONGEST:
            made[line] = None
    return list(made)


def _line(chance: random.Random, own: tuple[str, ...], other: tuple[str, ...]) -> str:
    parts = [chance.choice(own)]
    for _ in range(chance.randint(2, 4)):
        kind = chance.choice((own, other, other, NUMBERS, WHOLES, CODES))
        words = [chance.choice(kind) for _ in range(chance.choice((1, 1, 2)) if kind in (own, other) else 1)]
        part = " ".join(words)
        parts.append(chance.choice(PAIRS).format(part) if chance.random() < 0.3 else part)
        if chance.random() < 0.5:
            parts.append(chance.choice(own))
    return " ".join(parts)
