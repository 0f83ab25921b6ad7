"""The length of vectors."""

from numpy._axis import norm

__all__ = ["norm"]
