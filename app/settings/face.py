"""What the sign-in page shows before a store is open: the center's name, who was here last.

It stands in a small file beside the store and holds nothing about cases. When it is lost, the
page shows the bare accounts until the next sign-in.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Seen:
    """A person as last seen here: stored words of the roles, the instant in ISO format."""

    roles: tuple[str, ...]
    at: str


@dataclass(frozen=True)
class Face:
    """The face of a store."""

    center: str = ""
    union: str = ""
    demonstration: bool = False
    people: dict[str, Seen] = field(default_factory=dict[str, Seen])

    def with_person(self, user: str, seen: Seen) -> "Face":
        """Return the face with a person's last sign-in."""
        return replace(self, people=self.people | {user: seen})


def face_file(store: Path) -> Path:
    """Return where the face of a store stands."""
    return store.with_name(store.name + ".face")


def read_face(store: Path) -> Face:
    """Return the face of a store, an empty one when there is none or it cannot be read."""
    try:
        data: dict[str, Any] = json.loads(face_file(store).read_bytes())
        people = {
            str(user): Seen(tuple(map(str, seen["roles"])), str(seen["at"]))
            for user, seen in data["people"].items()
        }
        return Face(str(data["center"]), str(data["union"]), bool(data["demonstration"]), people)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Face()


def write_face(store: Path, face: Face) -> None:
    """Keep the face of a store; a place that cannot be written is left as it is."""
    fresh = face_file(store).with_suffix(".new")
    try:
        fresh.write_text(json.dumps(asdict(face), ensure_ascii=False), encoding="utf-8")
        fresh.replace(face_file(store))
    except OSError:
        fresh.unlink(missing_ok=True)
