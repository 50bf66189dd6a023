"""``python -m scenes`` is the command line ``netglow``."""

import sys

from scenes.studio.ask.cli import main

if __name__ == "__main__":
    sys.exit(main())
