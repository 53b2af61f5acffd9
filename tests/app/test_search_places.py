"""Who gets the few places of the search box."""

from app.search.queries import search
from app.search.records import SearchQuery
from tests.people import household, intake
from tests.world import World


def found(world: World, text: str, limit: int) -> list[tuple[str, str]]:
    hits = world.ask("wang", search, SearchQuery(text=text, limit=limit)).hits
    return [(hit.title, hit.matched.partition(" ")[0]) for hit in hits]


def test_every_meaning_of_the_text_gets_its_share(world: World) -> None:
    for at, name in enumerate(("甲示例", "乙示例", "丙示例")):
        card = f"62220200{at}0000004417"
        world.accept(intake(household(name, 2 + 2 * at, phone=f"1540000{at}000", card=card)))
    world.accept(intake(household("丁示例", 20, phone="15400004417", card="")))
    assert found(world, "4417", 2) == [("丁示例", "手机"), ("甲示例", "银行卡")]
    assert len(found(world, "4417", 8)) == 4


def test_the_newest_of_a_surname_stand_first_and_once(world: World) -> None:
    for at, name in enumerate(("欧一", "欧二", "欧三")):
        world.accept(intake(household(name, 2 + 2 * at, phone=f"1540000{at}000", card="")))
    assert [name for name, _ in found(world, "欧", 2)] == ["欧三", "欧二"]
