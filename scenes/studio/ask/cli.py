"""The command line ``netglow``: runs a command and turns errors into one line and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from netglow.netcore.refusal import plain
from netglow.scenes.studio.ask.choices import Failure, UsageError, one_line
from netglow.scenes.studio.ask.parser import build_parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code: 0 done, 1 failed, 2 wrong use, 130 stopped.

    With NETGLOW_DEBUG set an error keeps its traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 must not stop a render
    before = signal.signal(signal.SIGTERM, _stop)  # so that it cleans up as after Ctrl-C
    try:
        args = build_parser().parse_args(argv)
        args.run(args)
        sys.stdout.flush()
        return 0
    except KeyboardInterrupt:
        return _tell("stopped", 130)
    except BrokenPipeError:  # netglow list | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except UsageError as error:
        return _tell(str(error), 2)
    except Exception as error:
        if os.environ.get("NETGLOW_DEBUG"):
            raise
        foreseen = isinstance(error, Failure | OSError | ValueError | LookupError)
        what = "" if foreseen else f"unexpected {type(error).__name__}: "
        return _tell(what + one_line(error), 1)
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(message: str, code: int) -> int:
    print(f"netglow: {plain(message)}", file=sys.stderr)
    return code


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
