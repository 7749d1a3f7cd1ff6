"""Texts in scripts without spaces become pairs of characters; others become nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.text.bigrams import RUN, bigram_phrase, bigrams


@pytest.mark.parametrize(
    "text", ["ภาษา", "ພາສາ", "ဘာသာ", "ភាសា", "ひらがな", "カタカナ", "漢字", "한국어", "豈更", "𠀀𠀁"]
)
def test_each_script_has_pairs(text: str) -> None:
    assert bigrams(text) == " ".join([*(text[at : at + 2] for at in range(len(text) - 1)), text[-1]])


@pytest.mark.parametrize("text", [None, "", "plain", "“Ærøskøbing” – naïve", "Привет", "שלום", "سلام", "😀", "नमस्ते"])
def test_other_texts_have_none(text: str | None) -> None:
    assert bigrams(text) is None


@given(st.text("日本語の a,é😀", max_size=20), st.integers(0, 20), st.integers(1, 5))
def test_any_piece_of_a_run_is_a_phrase_of_its_pairs(text: str, start: int, length: int) -> None:
    words = f" {bigrams(text) or ''} "
    for run in RUN.findall(text):
        piece = run[start : start + length]
        if len(piece) > 1:
            assert f" {bigram_phrase(piece).strip(chr(34))} " in words
        elif piece:
            assert f" {piece}" in words


@given(st.text())
def test_no_text_raises(text: str) -> None:
    pairs = bigrams(text)
    assert (pairs is None) == (RUN.search(text) is None)
