"""Figure bundles: the picture, the table of exactly what is drawn, and a manifest of its origin.

A bundle is the same, byte for byte, in every run with the same versions. With other versions
of matplotlib the pictures differ, so ``verify_figures`` compares the tables by value.
"""

from __future__ import annotations

from newsresearch.bundles.gallery import GALLERY, check_gallery, save_gallery
from newsresearch.bundles.paper import FIGURES, build_figures, find_figure
from newsresearch.bundles.saving import describe_software, save_figure
from newsresearch.bundles.verifying import STATUSES, verify_figures

__all__ = [
    "FIGURES",
    "GALLERY",
    "STATUSES",
    "build_figures",
    "check_gallery",
    "describe_software",
    "find_figure",
    "save_figure",
    "save_gallery",
    "verify_figures",
]
