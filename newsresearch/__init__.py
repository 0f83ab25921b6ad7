"""Close study of news text: tone, readability, headline support and incoherence.

The main job, a table in and a table out at each step::

    import newsresearch as nr

    articles = nr.load_dataset("demo")                     # or nr.read_articles("folder/")
    findings = nr.find_incoherence(articles)               # spans, quotes, reasons
    nr.show_article(articles, findings, "24-port-sallow-truce")
    cleaned, receipts = nr.strip_furniture(articles)       # what was removed, and why
    scores = nr.score_all(cleaned)                         # documented columns
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# Type checkers and readers see the public API here; at run time a name is imported when it is
# first used, so that `newsresearch --help` need not wait for pandas.
if TYPE_CHECKING:
    from newsresearch.articles import Article, ArticleError, check_articles, hash_articles
    from newsresearch.attribution import attribute_quotes
    from newsresearch.bundles import build_figures, save_figure, verify_figures
    from newsresearch.classroom import (
        agreement,
        answer_form,
        compare_headlines,
        findings_as_answers,
        make_exercise,
        make_glossary,
        make_worksheet,
        mark_spans,
        open_headlines,
        read_answers,
        score_answers,
        show_answers,
        study_headline,
    )
    from newsresearch.coherence import score_coherence
    from newsresearch.comparing import compare_articles, distinctive_words
    from newsresearch.datasets import list_datasets, list_published, load_dataset, load_gold
    from newsresearch.display import show_article
    from newsresearch.export import save_findings, save_table, unguard_table
    from newsresearch.features import list_measures, score_all, score_meta
    from newsresearch.figures import (
        plot_answers,
        plot_comparison,
        plot_confusion,
        plot_findings,
        plot_frames,
        plot_published,
        plot_readability,
        plot_reliability,
        plot_sources,
        plot_support,
        plot_tone,
        plot_tone_arc,
    )
    from newsresearch.framing import (
        explain_framing,
        read_lexicon,
        score_framing,
        score_lexicon,
    )
    from newsresearch.furniture import strip_furniture
    from newsresearch.incoherence import (
        Finding,
        check_article,
        count_findings,
        find_incoherence,
        list_checks,
    )
    from newsresearch.introducing import introductions
    from newsresearch.measures import Measure
    from newsresearch.opening import open_article
    from newsresearch.perturbations import list_perturbations, perturb, spoil_article
    from newsresearch.quotations import find_quotations
    from newsresearch.readability import explain_readability, score_readability
    from newsresearch.reading import ReadingWarning, read_articles, read_with_issues
    from newsresearch.report import save_report
    from newsresearch.runs import read_run, score_run
    from newsresearch.sentiment import (
        explain_sentiment,
        lexicon_coverage,
        list_tones,
        score_sentiment,
    )
    from newsresearch.sources import list_sources, score_sources
    from newsresearch.stance import label_stance
    from newsresearch.support import support_headline
    from newsresearch.text import split_paragraphs, split_sentences, split_words
    from newsresearch.toward import tone_toward

__version__ = "0.1.0"

__all__ = [
    "Article",
    "ArticleError",
    "Finding",
    "Measure",
    "ReadingWarning",
    "agreement",
    "answer_form",
    "attribute_quotes",
    "build_figures",
    "check_article",
    "check_articles",
    "compare_articles",
    "compare_headlines",
    "count_findings",
    "distinctive_words",
    "explain_framing",
    "explain_readability",
    "explain_sentiment",
    "find_incoherence",
    "find_quotations",
    "findings_as_answers",
    "hash_articles",
    "introductions",
    "label_stance",
    "lexicon_coverage",
    "list_checks",
    "list_datasets",
    "list_measures",
    "list_perturbations",
    "list_published",
    "list_sources",
    "list_tones",
    "load_dataset",
    "load_gold",
    "make_exercise",
    "make_glossary",
    "make_worksheet",
    "mark_spans",
    "open_article",
    "open_headlines",
    "perturb",
    "plot_answers",
    "plot_comparison",
    "plot_confusion",
    "plot_findings",
    "plot_frames",
    "plot_published",
    "plot_readability",
    "plot_reliability",
    "plot_sources",
    "plot_support",
    "plot_tone",
    "plot_tone_arc",
    "read_answers",
    "read_articles",
    "read_lexicon",
    "read_run",
    "read_with_issues",
    "save_figure",
    "save_findings",
    "save_report",
    "save_table",
    "score_all",
    "score_answers",
    "score_coherence",
    "score_framing",
    "score_lexicon",
    "score_meta",
    "score_readability",
    "score_run",
    "score_sentiment",
    "score_sources",
    "show_answers",
    "show_article",
    "split_paragraphs",
    "split_sentences",
    "split_words",
    "spoil_article",
    "strip_furniture",
    "study_headline",
    "support_headline",
    "tone_toward",
    "unguard_table",
    "verify_figures",
]

_HOMES = {
    "Article": "articles",
    "ArticleError": "articles",
    "check_articles": "articles",
    "hash_articles": "articles",
    "attribute_quotes": "attribution",
    "build_figures": "bundles",
    "save_figure": "bundles",
    "verify_figures": "bundles",
    "agreement": "classroom",
    "answer_form": "classroom",
    "compare_headlines": "classroom",
    "findings_as_answers": "classroom",
    "make_exercise": "classroom",
    "make_glossary": "classroom",
    "make_worksheet": "classroom",
    "mark_spans": "classroom",
    "open_headlines": "classroom",
    "read_answers": "classroom",
    "score_answers": "classroom",
    "show_answers": "classroom",
    "study_headline": "classroom",
    "score_coherence": "coherence",
    "compare_articles": "comparing",
    "distinctive_words": "comparing",
    "list_datasets": "datasets",
    "list_published": "datasets",
    "load_dataset": "datasets",
    "load_gold": "datasets",
    "show_article": "display",
    "save_findings": "export",
    "save_table": "export",
    "unguard_table": "export",
    "list_measures": "features",
    "score_all": "features",
    "score_meta": "features",
    "plot_answers": "figures",
    "plot_comparison": "figures",
    "plot_confusion": "figures",
    "plot_findings": "figures",
    "plot_frames": "figures",
    "plot_published": "figures",
    "plot_readability": "figures",
    "plot_reliability": "figures",
    "plot_sources": "figures",
    "plot_support": "figures",
    "plot_tone": "figures",
    "plot_tone_arc": "figures",
    "explain_framing": "framing",
    "read_lexicon": "framing",
    "score_framing": "framing",
    "score_lexicon": "framing",
    "strip_furniture": "furniture",
    "Finding": "incoherence",
    "check_article": "incoherence",
    "count_findings": "incoherence",
    "find_incoherence": "incoherence",
    "list_checks": "incoherence",
    "introductions": "introducing",
    "Measure": "measures",
    "open_article": "opening",
    "list_perturbations": "perturbations",
    "perturb": "perturbations",
    "spoil_article": "perturbations",
    "find_quotations": "quotations",
    "explain_readability": "readability",
    "score_readability": "readability",
    "ReadingWarning": "reading",
    "read_articles": "reading",
    "read_with_issues": "reading",
    "save_report": "report",
    "read_run": "runs",
    "score_run": "runs",
    "explain_sentiment": "sentiment",
    "lexicon_coverage": "sentiment",
    "list_tones": "sentiment",
    "score_sentiment": "sentiment",
    "list_sources": "sources",
    "score_sources": "sources",
    "label_stance": "stance",
    "support_headline": "support",
    "split_paragraphs": "text",
    "split_sentences": "text",
    "split_words": "text",
    "tone_toward": "toward",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"newsresearch has no {name!r}. See dir(newsresearch).")
    value = getattr(import_module(f"newsresearch.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, also those not yet imported."""
    return sorted({*globals(), *__all__})
