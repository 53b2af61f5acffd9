"""The entry point. Nothing of Qt is loaded before it is known that a screen is needed."""

import gc
import sys
from collections.abc import Sequence

from app.cli.main import parse, run, told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the desk; return the exit code."""
    chosen = parse(sys.argv[1:] if arguments is None else arguments)
    if chosen.command == "tour":
        from ui.tour import tour  # noqa: PLC0415 - the first to load Qt

        return told(lambda: tour(chosen.out))
    if chosen.command is not None:
        return run(chosen)
    gc.disable()  # nothing becomes garbage while modules load; `ui.garbage` collects later
    from ui.start import start  # noqa: PLC0415 - the first to load Qt

    return start(chosen.store, demo=chosen.demo)


if __name__ == "__main__":
    sys.exit(main())
