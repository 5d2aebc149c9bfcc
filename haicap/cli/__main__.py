"""`python -m haicap.cli` is `haicap`."""

import sys

from haicap.cli import main


sys.exit(main())
