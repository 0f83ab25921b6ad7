"""The columns that ``score_sentiment`` adds, and how well each did against readers."""

from __future__ import annotations

from newsresearch.measures import Measure

__all__ = ["MEASURES"]

_VADER = "Hutto & Gilbert (2014), VADER, ICWSM-14"
_EFRON = "Efron (1979), Annals of Statistics 7"
_HEADLINE = (
    "not measured on headlines; on 5,190 snippets of NYT opinion r = .53 with the mean of 20 "
    "readers (.51 on the half that the words were not chosen on), one reader .71, plain VADER .50 "
    "(there .48) (benchmarks/tone.py)"
)
_BODY = (
    "r = .66 with readers on 498 NYT opinion articles, .63 with plain VADER, against .56 for the "
    "compound of the whole text; not measured on news reports (benchmarks/tone.py)"
)
_INTERVAL = "covers the choice of sentences, not the errors of the word list; not measured"
_SHARE = (
    "weighted F1 of three classes at these bounds .57 on 5,190 snippets of NYT opinion, plain "
    "VADER .55, one reader .63, always negative .37 (benchmarks/tone.py)"
)
_GAP = (
    "its size does not tell a body that contradicts its headline from one that agrees: AUC .45 on "
    "FNC-1 (benchmarks/stance.py)"
)
_QUOTED = (
    "not measured: whose words they are is not told, and a sentence counts whole, to the side "
    "where more than half of its characters stand"
)
_COMPOUND = (
    "r = .56 with readers on 498 NYT opinion articles, .53 with plain VADER, against .66 for "
    "body_tone: it grows with length (benchmarks/tone.py)"
)
_SATURATED = "true of 44 % of 1,380 FNC-1 bodies, 42 % with plain VADER (benchmarks/tone.py)"


def _card(
    column: str,
    meaning: str,
    validity: str,
    span: tuple[float, float] = (-1, 1),
    direction: str = "higher = more positive",
    reference: str = _VADER,
    unit: str = "compound score",
) -> Measure:
    return Measure(column, meaning, unit, *span, direction, reference, validity)


def _share(column: str, meaning: str, direction: str) -> Measure:
    return _card(column, meaning, _SHARE, (0, 1), direction, unit="share of sentences")


MEASURES: tuple[Measure, ...] = (
    _card("headline_tone", "mean tone of the sentences of the headline", _HEADLINE),
    _card("body_tone", "mean tone of the sentences of the body", _BODY),
    _card(
        "body_tone_low", "lower end of the 95 % interval of body_tone", _INTERVAL, reference=_EFRON
    ),
    _card(
        "body_tone_high", "upper end of the 95 % interval of body_tone", _INTERVAL, reference=_EFRON
    ),
    _card(
        "tone_spread",
        "standard deviation of the tones of the sentences of the body",
        "not measured",
        (0, 1.5),
        "higher = more mixed",
    ),
    _share(
        "positive_share",
        "sentences of the body with a tone of .05 or more",
        "higher = more positive",
    ),
    _share(
        "negative_share",
        "sentences of the body with a tone of -.05 or less",
        "higher = more negative",
    ),
    _card(
        "tone_gap",
        "headline_tone minus body_tone: a shift of tone, not a contradiction",
        _GAP,
        (-2, 2),
        "higher = headline more positive than body",
    ),
    _card(
        "quotation_tone",
        "mean tone of the sentences of the body that are mostly direct quotation",
        _QUOTED,
    ),
    _card(
        "narration_tone",
        "mean tone of the other sentences of the body",
        _QUOTED,
    ),
    _card("compound", "compound score of the whole body at once", _COMPOUND),
    _card(
        "has_saturated_compound",
        "the compound is .95 or more, or -.95 or less: too near its end to compare articles",
        _SATURATED,
        (0, 1),
        "true = use body_tone instead",
        unit="true or false",
    ),
)
