"""What the work status of a person tells about the stage of schooling."""

import functools
from collections.abc import Mapping

import msgspec

from app.reference.documents import folder, read


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    stage: dict[str, str]


@functools.cache
def school_stages() -> Mapping[str, str]:
    """Return the stage of schooling by work status; a status that leaves it open is not there."""
    return read(folder("school_stages.toml"), _Document).stage
