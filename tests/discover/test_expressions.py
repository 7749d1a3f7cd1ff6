import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discover.expressions import BadExpression, Expression

ATOMS = st.sampled_from(["a", "b", ".", r"\d", "[ab]", "[^a]", "/", r"\.", "^", "$", r"\b", "1", r"\w"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("({0[0]}|{0[1]})".format),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])).map("(?:{0[0]}){0[1]}".format),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, st.text("ab1/.", max_size=12))
def test_what_is_found_is_what_re_finds(expression, text):
    try:
        found = Expression(expression).is_in(text)
    except BadExpression:
        return
    assert found == (re.search(expression, text) is not None)


@given(st.text("ab()[]{}|*+?\\^$.-,1", max_size=15), st.text(max_size=10))
def test_a_bad_expression_says_so_and_nothing_else_happens(expression, text):
    try:
        Expression(expression).is_in(text)
    except BadExpression as error:
        assert str(error)


@pytest.mark.parametrize("bad", ["(", "a**", "(?=a)", r"(a)\1", "[", "a{3,1}", ")", "a{9999}", "(a{99}){99}", "(?i)a"])
def test_what_cannot_be_followed_in_one_pass_is_refused(bad):
    with pytest.raises(BadExpression):
        Expression(bad)


def test_an_expression_that_goes_back_for_ever_takes_no_time():
    start = time.perf_counter()
    assert not Expression("(a+)+b.*a.*b.*c$").is_in("a" * 1000 + "b" * 1000)
    assert time.perf_counter() - start < 5
