"""A policy document that changed under the program."""

from typing import Any

import pytest

from app.cases import replaying
from app.packs import store as packs
from app.policy import catalog as shelves
from app.policy.catalog import Catalog, shipped
from app.policy.documents import parse_toml
from app.policy.loader import read_pack
from app.policy.pack import Area, Pack
from tests.world import World


def with_another_classification(monkeypatch: pytest.MonkeyPatch, world: World) -> Pack:
    """Let the program ship another classification for today than the store has worked with."""
    old = shipped().in_force(Area.CLASSIFICATION, world.clock.today())
    assert old
    document: dict[str, Any] = parse_toml(shelves.document_of(old), old.id)
    new = read_pack({**document, "note": "changed"})
    rest = [pack for pack in shipped().packs() if pack is not old]
    catalog = Catalog([*rest, new])
    for module in (packs, replaying):
        monkeypatch.setattr(module, "shipped", lambda: catalog)
    monkeypatch.setattr("app.facts.assessing.shipped", lambda: catalog)

    def document_of(pack: Pack) -> str:
        return f"of {pack.id}"

    monkeypatch.setattr(packs, "document_of", document_of)
    return new
