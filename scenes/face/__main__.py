"""``python -m netglow`` is the command line ``netglow``."""

import sys

from netglow.scenes.studio.ask.cli import main

if __name__ == "__main__":
    sys.exit(main())
