"""Ctrl-C and its like: they end a run once, and what is undone then is not cut short."""

import signal

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def interrupt_once() -> None:
    """From now on the first of these signals is a KeyboardInterrupt, and those after it are ignored."""
    for each in ENDING:
        signal.signal(each, _stopped)


def _stopped(_signal: int, _frame: object) -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
