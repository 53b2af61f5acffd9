"""The library that reads PDF works on one thread at a time; several of ours use it."""

import threading
from typing import Final

PDFIUM: Final = threading.RLock()
"""Held while a document is open: papers are looked at, printed and verified beside each other."""
