"""The language of a text is told when it can be; what cannot be told is not guessed."""

import tomllib
from pathlib import Path

import pytest

from pipeline.text.identification import identify

SHORT = tomllib.loads((Path(__file__).parent.parent / "cases" / "identification.toml").read_text("utf-8"))

TEXTS = {
    "fa": "ما کارگران و زحمتکشان جهان، همبستگی خود را با همه‌ی زندانیان سیاسی اعلام می‌کنیم و خواهان آزادی بی‌درنگ "
    "آنان هستیم. پیش از این نیز گفته بودیم که چنین احکامی را نمی‌پذیریم.",
    "ar": "نحن العاملات والعمال في جميع أنحاء البلاد نعلن تضامننا مع السجناء السياسيين ونطالب بإطلاق سراحهم فوراً، "
    "وقد سبق أن أكدنا أننا لا نقبل مثل هذه الأحكام الجائرة في حق أي إنسان.",
    "ckb": "ئێمە کرێکارانی هەموو جیهان هاوپشتیی خۆمان لەگەڵ زیندانییە سیاسییەکان ڕادەگەیەنین و داوای ئازادکردنی دەستبەجێیان "
    "دەکەین و پێشتریش گوتوومانە کە بڕیاری لەو جۆرە قبووڵ ناکەین.",
    "ur": "ہم دنیا بھر کے مزدور سیاسی قیدیوں کے ساتھ اپنی یکجہتی کا اعلان کرتے ہیں اور ان کی فوری رہائی کا مطالبہ کرتے ہیں۔ "
    "ہم پہلے بھی کہہ چکے ہیں کہ ایسے فیصلے ہمیں منظور نہیں۔",
    "ku": "Em karkerên hemû cîhanê piştgiriya xwe ji bo girtiyên siyasî radigihînin û daxwaza berdana wan a bilez dikin. "
    "Berê jî me gotibû ku em biryarên bi vî rengî qebûl nakin û em ê bêdeng nemînin.",
    "tr": "Biz dünyanın bütün işçileri siyasi tutsaklarla dayanışmamızı ilan ediyor ve derhal serbest bırakılmalarını istiyoruz. "
    "Daha önce de bu tür kararları kabul etmediğimizi söylemiştik.",
    "az": "Biz dünyanın bütün fəhlələri siyasi məhbuslarla həmrəyliyimizi bildirir və onların dərhal azad edilməsini tələb edirik. "
    "Əvvəllər də demişdik ki, belə qərarları qəbul etmirik.",
    "en": "We, the workers of the world, declare our solidarity with all political prisoners and demand their immediate release. "
    "We have said before that we do not accept such sentences.",
    "fr": "Nous, travailleuses et travailleurs du monde, déclarons notre solidarité avec les prisonniers politiques et exigeons "
    "leur libération immédiate. Nous avons déjà dit que nous n’acceptons pas de telles peines.",
    "de": "Wir Arbeiterinnen und Arbeiter erklären unsere Solidarität mit allen politischen Gefangenen und fordern ihre sofortige "
    "Freilassung. Wir haben schon früher gesagt, dass wir solche Urteile nicht hinnehmen.",
    "es": "Nosotras, las trabajadoras y los trabajadores del mundo, declaramos nuestra solidaridad con los presos políticos y "
    "exigimos su liberación inmediata. Ya dijimos que no aceptamos tales condenas.",
    "sv": "Vi arbetare i hela världen förklarar vår solidaritet med alla politiska fångar och kräver att de omedelbart friges. "
    "Vi har tidigare sagt att vi inte godtar sådana domar och det står vi fast vid.",
    "it": "Noi lavoratrici e lavoratori di tutto il mondo dichiariamo la nostra solidarietà ai prigionieri politici e ne chiediamo "
    "la liberazione immediata. Abbiamo già detto che non accettiamo simili condanne.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_the_language_of_a_statement_is_told(lang):
    guess = identify(TEXTS[lang], own="fa")
    assert (guess.code, guess.is_sure) == (lang, True)


def test_persian_written_with_arabic_letters_is_persian():
    text = TEXTS["fa"].replace("ی", "ي").replace("ک", "ك")
    assert identify(text).code == "fa"


@pytest.mark.parametrize("text", ["", "۱۲ / ۳", "Oslo", "office@example.org", "Amnesty International, London"])
def test_a_name_or_an_address_tells_nothing(text):
    assert identify(text, own="fa") == identify("", own="fa")
    assert not identify(text).is_sure


def test_letters_that_every_language_has_are_of_ones_own_and_nothing_is_loaded_for_them():
    assert identify("آزادی برای همه و نان برای همه و کار برای همه کسان این سرزمین", own="fa").is_sure
    assert identify("آزادی برای همه و نان برای همه و کار برای همه کسان این سرزمین", own="ckb").code == "ckb"


def test_a_few_words_are_worth_a_question():
    assert not identify("A statement of the unions on the strike in the south", own="fa").is_sure


def test_a_persian_text_that_quotes_much_english_stays_persian():
    assert identify(TEXTS["fa"] + TEXTS["en"][:80]).code == "fa"


def test_a_long_text_is_told_by_its_beginning():
    assert identify(TEXTS["fr"] * 10_000).code == "fr"


@pytest.mark.parametrize("own", ["fa", "en"])
@pytest.mark.parametrize("lang", SHORT)
def test_a_single_sentence_is_in_its_own_language_and_never_surely_in_another(lang, own):
    guesses = [identify(sentence, own, known=list(SHORT)) for sentence in SHORT[lang]]
    assert [guess.code for guess in guesses] == [lang] * len(guesses)
    assert not any(guess.is_sure for guess in guesses if guess.code != own and lang not in ("fa", "ar", "ckb"))


@pytest.mark.parametrize("text", ["رأی دادگاه صادر شد", "هیأت مؤسس", "مبدأ حرکت و مسأله‌ی کار", "تأیید شد"])
def test_arabic_letters_that_persian_has_do_not_make_a_short_text_arabic(text):
    assert identify(text, own="fa").code == "fa"


def test_a_short_text_is_told_by_its_words_and_not_by_names_beside_them():
    assert identify("Rosa Luxemburg, Karl Liebknecht", own="fa").code == "fa"
    assert identify("Wir trauern um Rosa Luxemburg", own="fa", known=["fa", "de"]).code == "de"


def test_a_language_that_nobody_here_knows_is_not_taken_for_one_that_they_do():
    dutch = "Een verklaring van de vakbond over de staking in het zuiden."
    assert identify(dutch, own="fa", known=["fa", "en", "sv"]).code == "nl"
    assert identify("La huelga duró tres semanas.", own="fa", known=["fa", "es"]).code == "es"


def test_arabic_of_few_letters_of_its_own_is_known_by_its_articles():
    assert identify("نحن عمال المصنع نطالب بالحرية والخبز للجميع ونرفض الظلم والقمع.", own="fa").code == "ar"
    assert identify("سالن اجتماعات البرز", own="fa").code == "fa"
