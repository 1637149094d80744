"""A condition is not turned round: unless, until and if."""

import pytest

from pipeline.languages import SHIPPED
from pipeline.model import Unit
from pipeline.qa import checks
from pipeline.qa.checks import _conditions

CONTEXTS = {lang: checks.context(SHIPPED["fa"], SHIPPED[lang], [], []) for lang in ("en", "fr")}

UNLESS = "اعتصاب می‌کنیم، مگر آنکه مزدها پرداخت شود."
UNTIL = "تا مزدها پرداخت نشود، به کار بازنمی‌گردیم."
IF = "اگر کارفرما مزدها را بپردازد، به کار بازمی‌گردیم."
IF_NOT = "اگر کارفرما مزدها را نپردازد، اعتصاب می‌کنیم."


def messages(source, target, lang):
    return [one.message for one in _conditions.faults(Unit("paragraph", source, target), CONTEXTS[lang])]


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", UNLESS, "We will strike unless wages are paid."),
        ("en", UNLESS, "We will strike if wages are not paid."),
        ("en", "کار نمی‌کنیم، مگر آنکه مزدها پرداخت شود.", "We will work only if wages are paid."),
        ("fr", UNLESS, "Nous ferons grève, à moins que les salaires ne soient payés."),
        ("fr", UNLESS, "Si les salaires ne sont pas payés, nous ferons grève."),
        ("en", UNTIL, "Until the wages are paid, we will not go back to work."),
        ("en", UNTIL, "If the wages are not paid, we will not go back to work."),
        ("fr", UNTIL, "Nous ne reprendrons pas le travail tant que les salaires ne seront pas payés."),
        ("en", IF, "If the employer pays the wages, we will go back to work."),
        ("en", IF_NOT, "Unless the employer pays the wages, we will strike."),
        ("fr", IF_NOT, "À moins que l’employeur ne paie les salaires, nous ferons grève."),
    ],
)
def test_a_condition_is_said_in_many_ways(lang, source, target):
    assert messages(source, target, lang) == []


@pytest.mark.parametrize(
    ("lang", "source", "target", "message"),
    [
        ("en", UNLESS, "If wages are paid, we will strike.", "the target has “if” where the source says «مگر آنکه»"),
        ("fr", UNLESS, "Nous ferons grève si les salaires sont payés.", "the target has “si” where the source says «مگر آنکه»"),
        ("en", UNTIL, "If the wages are paid, we will not go back.", "the target has “if” where the source says «تا»"),
        ("fr", UNTIL, "Si les salaires sont payés, nous ne reprendrons pas.", "the target has “si” where the source says «تا»"),
        ("en", IF, "Unless he pays, we will go back to work.", "the target has “unless” where the source says «اگر»"),
        ("fr", IF, "À moins qu’il ne paie, nous reprendrons.", "the target has “à moins” where the source says «اگر»"),
    ],
)  # fmt: skip
def test_a_condition_that_is_turned_round_is_told(lang, source, target, message):
    assert messages(source, target, lang) == [message]
