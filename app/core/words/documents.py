"""Words of documents: what a file is, whether it is kept, and the steps."""

from enum import StrEnum

from app.core.i18n import N_
from app.core.words import Word


class MediaType(Word):
    """What a document's file is, as found by looking into it."""

    JPEG = "image/jpeg", N_("Picture (JPEG)")
    PNG = "image/png", N_("Picture (PNG)")
    BMP = "image/bmp", N_("Picture (BMP)")
    TIFF = "image/tiff", N_("Picture (TIFF)")
    PDF = "application/pdf", N_("PDF")


class DocumentState(Word):
    """Whether a document still counts."""

    KEPT = "kept", N_("Kept")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class DocumentStep(StrEnum):
    """What can be done with a document."""

    RETAG = "retag"
    WITHDRAW = "withdraw"
