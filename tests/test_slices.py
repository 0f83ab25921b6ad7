"""A text cut where marks begin and end, span by span."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from newsresearch.slices import cut_spans
from newsresearch.text import Span

TEXT = "It rained all day. It poured all night."
PLACES = st.integers(0, len(TEXT))
SPANS = st.lists(st.tuples(PLACES, PLACES).map(lambda ends: Span(*sorted(ends))), max_size=8)


def test_spans_are_cut_and_what_lies_between_them_is_left_out() -> None:
    first, second = cut_spans(TEXT, [Span(0, 9), Span(19, 38)], [Span(3, 21), Span(19, 21)])
    assert [piece.text for piece in first] == ["It ", "rained"]
    assert [piece.text for piece in second] == ["It", " poured all night"]
    assert [len(piece.marks) for piece in [*first, *second]] == [0, 1, 2, 0]
    assert first[1].opening == [Span(3, 21)]
    assert second[0].closing == [Span(3, 21), Span(19, 21)]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(marks=SPANS, ends=st.lists(PLACES, max_size=6))
def test_every_slice_has_the_marks_that_cover_it(marks: list[Span], ends: list[int]) -> None:
    places = sorted({0, len(TEXT), *ends})
    spans = [Span(*pair) for pair in pairwise(places)][::2]
    for span, pieces in zip(spans, cut_spans(TEXT, spans, marks), strict=True):
        assert "".join(piece.text for piece in pieces) == span.of(TEXT)
        for piece in pieces:
            end = piece.start + len(piece.text)
            assert TEXT[piece.start : end] == piece.text
            over = [m for m in sorted(marks) if m.start <= piece.start and end <= m.end]
            assert list(piece.marks) == over
            assert not [at for mark in marks for at in mark if piece.start < at < end]
