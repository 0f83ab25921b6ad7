"""Groups of articles side by side: which measures and which words differ by more than chance.

Every difference comes with its size, its interval, and a p value that is corrected for how many
differences were looked for.
"""

from __future__ import annotations

from newsresearch.comparing.comparison import COMPARISON_DTYPES, compare_articles
from newsresearch.comparing.distinctive import WORD_DTYPES, distinctive_words

__all__ = ["COMPARISON_DTYPES", "WORD_DTYPES", "compare_articles", "distinctive_words"]
