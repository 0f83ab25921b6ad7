"""One parser a file format: a ``Source`` in, rows of an Articles table out."""
