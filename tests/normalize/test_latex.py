"""LaTeX to what a reader sees and back."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citenorm.normalize.latex import to_latex, to_unicode


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\H u} \H{o} {\"u} \"{u} \"u \"{\i}", "ű ő ü ü ü ï"),
        (r"Erd\H{o}s and R\'enyi", "Erdős and Rényi"),
        (r"the $20^{th}$, 21$^\mathrm{st}$ and $n^{th}$", "the 20th, 21st and n^th"),
        (r"$x_1^{st}$", "x_1^st"),
        (r"Fran\c{c}ois Garc{\'\i}a {\v S}tefan \v{C}apek", "François García Štefan Čapek"),
        (r"{\o}re {\AA}ngstr{\"o}m Stra{\ss}e \l{}ukasz \k{a}", "øre Ångström Straße łukasz ą"),
        (r"Ho{\`a}ng Ng{\^o}", "Hoàng Ngô"),
        (
            "{BERT}: Pre-training of {D}eep {B}idirectional",
            "BERT: Pre-training of Deep Bidirectional",
        ),
        (r"\emph{Deep} \textbf{learning} {\em in} \textsc{Nature}", "Deep learning in Nature"),
        (r"$\alpha$-divergence, $\ell_1$ and $O(n^2)$", "α-divergence, ℓ_1 and O(n^2)"),
        (r"$\mathcal{O}(n)$ H$_2$O", "O(n) H_2O"),
        (r"Q\&A at 50\% of \$100 \#1 a\_b \{x\}", "Q&A at 50% of $100 #1 a_b {x}"),
        ("50% of all", "50% of all"),
        ("$100 and no more", "$100 and no more"),
        (r"pages 1--2 --- ``quoted''", "pages 1–2 — “quoted”"),
        (r"H.~Kim", "H. Kim"),
        (r"\url{http://a.org/~x_y%20z}", "http://a.org/~x_y%20z"),
        (r"\href{http://a.org}{the text}", "the text"),
        (r"\noopsort{1973}Name\footnote{gone}", "Name"),
        (r"\unknown{argument} stays", "argument stays"),
        (r"{\textquotesingle}\ldots", "'…"),
        ("no LaTeX at all", "no LaTeX at all"),
    ],
)
def test_to_unicode(latex, text):
    assert to_unicode(latex) == text


@pytest.mark.parametrize(
    "bad",
    [
        "\\",
        "{",
        "}",
        "{" * 9000,
        "\\emph{" * 5000,
        "$" * 999,
        "\\begin{",
        "\\href{a}",
        "\\'",
        "x" * 60000 + "\\foo{$",
        "$$$",
    ],
)
def test_broken_latex_never_raises(bad):
    assert isinstance(to_unicode(bad), str)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="\\{}$%&~^_'\"`-abc \n", max_size=40))
def test_any_latex_gives_text(text):
    assert isinstance(to_unicode(text), str)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Müller ű ő", r"M{\"u}ller {\H{u}} {\H{o}}"),
        ("García ç Å ł ß ø", r"Garc{\'\i}a {\c{c}} {\AA} {\l} {\ss} {\o}"),
        ("A & B: 50%_#", r"A \& B: 50\%\_\#"),
        ("1–2 — x", "1--2 --- x"),
        ("a--b", "a-{}-b"),
        ("α-β ∞", r"{$\alpha$}-{$\beta$} {$\infty$}"),
        ("深度 Чехов", "深度 Чехов"),
        ("plain, text.", "plain, text."),
    ],
)
def test_to_latex(text, latex):
    assert to_latex(text) == latex
    assert to_unicode(latex) == text


_READABLE = st.characters(
    min_codepoint=0x20,
    max_codepoint=0x17F,
    exclude_categories=["Cc", "Cf"],
    exclude_characters="‘’“” \u00a0\u00ad·ĦħĸĿŀŉŦŧ",
)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.one_of(_READABLE, st.sampled_from("–—αβλ…ůű")), max_size=40))
def test_round_trip(text):
    text = unicodedata.normalize("NFC", text)
    assert to_unicode(to_latex(text)) == text
