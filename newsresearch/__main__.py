"""`python -m newsresearch` is the command `newsresearch`."""

import sys

from newsresearch.cli import main

sys.exit(main())
