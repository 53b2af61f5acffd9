"""Commands about policy: ``facts``, ``policy list``, ``policy check``, ``assess``.

None of them needs a store: the packs and the dated values are those that came with the program.
"""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.arguments import add_json, day
from app.cli.files import write_file
from app.cli.output import DONE, REFUSED, give, say, table
from app.cli.stores import open_here
from app.core.clock import SystemClock
from app.core.i18n import _

if TYPE_CHECKING:
    from app.policy.catalog import Catalog
    from app.policy.facts import Fact
    from app.policy.findings import Assessment, Findings
    from app.policy.pack import Pack


def facts_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``facts``."""
    add_json(part)


def facts(chosen: argparse.Namespace) -> int:
    """List the vocabulary of facts: what policy may ask, what proves it, who asks for it."""
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs
    from app.policy.facts import words_of  # noqa: PLC0415 - on first use
    from app.policy.vocabulary import FACTS  # noqa: PLC0415 - on first use

    packs = shipped().packs()
    if chosen.json:
        give(
            [
                {
                    "name": fact.name,
                    "label": fact.title,
                    "type": fact.type.value,
                    "unit": _(fact.unit) if fact.unit else "",
                    "holder": fact.holder.value,
                    "paper": fact.proof,
                    "words": list(words_of(fact)),
                    "asked_by": [id_ for id_, _title in _asked_by(fact, packs)],
                }
                for fact in FACTS
            ]
        )
        return DONE
    rows = [
        (
            fact.name,
            fact.title,
            fact.type.label,
            _(fact.unit) if fact.unit else "",
            fact.holder.label,
            fact.proof,
            _(", ").join(dict.fromkeys(title for _id, title in _asked_by(fact, packs))),
        )
        for fact in FACTS
    ]
    head = (
        _("Fact"),
        _("Meaning"),
        _("Type"),
        _("Unit"),
        _("Whose"),
        _("Proved by"),
        _("Asked by"),
    )
    say(*table(rows, head))
    return DONE


def _asked_by(fact: "Fact", packs: "tuple[Pack, ...]") -> list[tuple[str, str]]:
    """Return who asks for a fact, as id and title: a classification, or a measure of an area."""
    found = [(p.id, p.area.label) for p in packs if not p.measures and fact.key in p.asks]
    for pack in packs:
        found += [
            (f"{pack.id}#{measure.id}", measure.title)
            for measure in pack.measures
            if fact.key in measure.asks
        ]
    return found


def policy_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``policy list`` and ``policy check``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="list|check")
    listing = acts.add_parser("list", help=_("list the packs and when they are in force"))
    add_json(listing)
    checking = acts.add_parser("check", help=_("check a pack file"))
    checking.add_argument("file", type=Path, metavar="FILE.toml", help=_("the pack to check"))


def policy(chosen: argparse.Namespace) -> int:
    """List the packs, or check one file: a mistake is named with file, table and key."""
    return _check_pack(chosen.file) if chosen.act == "check" else _list_packs(as_json=chosen.json)


def _check_pack(file: Path) -> int:
    from app.policy.loader import load  # noqa: PLC0415 - on first use

    pack = load(file)
    says = _("{file}: {title}, in force from {day}, {count} measures, digest {digest}")
    say(
        says.format(
            file=file.name,
            title=pack.title,
            day=pack.in_force,
            count=len(pack.measures),
            digest=pack.digest[:16],
        )
    )
    return DONE


def _list_packs(*, as_json: bool) -> int:
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs

    catalog = shipped()
    if as_json:
        give(
            [
                {
                    "id": pack.id,
                    "area": pack.area.value,
                    "title": pack.title,
                    "in_force": pack.in_force.isoformat(),
                    "until": _last_day(catalog, pack) or None,
                    "status": pack.status.value,
                    "digest": pack.digest,
                    "measures": [measure.id for measure in pack.measures],
                }
                for pack in catalog.packs()
            ]
        )
        return DONE
    rows = [
        (
            pack.id,
            pack.title,
            str(pack.in_force),
            _last_day(catalog, pack),
            pack.status.label,
            pack.digest[:16],
        )
        for pack in catalog.packs()
    ]
    head = (_("Pack"), _("Title"), _("In force from"), _("In force until"), _("State"), _("Digest"))
    say(*table(rows, head))
    return DONE


def _last_day(catalog: "Catalog", pack: "Pack") -> str:
    """Return the last day a pack is in force; empty while nothing replaces it."""
    replaced = catalog.until(pack)
    return (replaced - timedelta(days=1)).isoformat() if replaced else ""


def assess_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``assess``."""
    what = part.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "file", type=Path, nargs="?", metavar="FILE.toml", help=_("the situation, as TOML")
    )
    what.add_argument(
        "--replay", metavar="NUMBER", help=_("prove a sealed assessment of the store again")
    )
    part.add_argument(
        "--on", type=day, metavar="DATE", help=_("another day than “as_of” of the file")
    )
    part.add_argument("--sheet", type=Path, metavar="OUT.pdf", help=_("the reasons as a sheet"))
    add_json(part)


def assess(chosen: argparse.Namespace) -> int:
    """Assess one situation, or prove a sealed assessment again, with all reasons."""
    return _replay(chosen) if chosen.replay else _assess(chosen)


def _replay(chosen: argparse.Namespace) -> int:
    from app.cases.replaying import ReplayRequest, replay  # noqa: PLC0415 - loads the database library

    office, actor = open_here(chosen)
    try:
        found = office.ask(actor, replay, ReplayRequest(number=chosen.replay))
    finally:
        office.close()
    if chosen.json:
        give(
            {
                "number": found.number,
                "as_of": found.as_of.isoformat(),
                "same": found.same,
                "differences": list(found.differences),
                "changed_packs": list(found.changed_packs),
            }
        )
        return DONE if found.same else REFUSED
    places = {"number": found.number, "day": found.as_of}
    if found.same:
        say(_("{number}, as of {day}: assessed again, the answer is the same.").format(**places))
    else:
        say(_("{number}, as of {day}: the answer is not the sealed one.").format(**places))
        say(*found.differences)
    for pack in found.changed_packs:
        says = _("{pack} has changed since; it was assessed by the document kept in the store.")
        say(says.format(pack=pack))
    return DONE if found.same else REFUSED


def _assess(chosen: argparse.Namespace) -> int:
    from app.policy.as_json import to_json  # noqa: PLC0415 - on first use
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs
    from app.policy.rulebook import assess_all  # noqa: PLC0415 - on first use
    from app.policy.situation import load_situation  # noqa: PLC0415 - on first use
    from app.reference.dated import shipped_values  # noqa: PLC0415 - reads the tables
    from app.reference.values import Values  # noqa: PLC0415 - on first use

    situation = load_situation(chosen.file, chosen.on)
    findings = assess_all(
        shipped(), situation.known, Values(shipped_values()), situation.day, situation.known_on
    )
    if chosen.sheet:
        from app.papers.reasons import reason_sheet  # noqa: PLC0415 - loads the fonts

        today = SystemClock().today()
        write_file(chosen.sheet, reason_sheet(findings, today))
    if chosen.json:
        give(to_json(findings))
    else:
        _tell(findings)
    return DONE


def _tell(findings: "Findings") -> None:
    """Say everything that was found, one part after the other."""
    from app.policy.findings import MissingPolicy  # noqa: PLC0415 - on first use
    from app.policy.pack import Area  # noqa: PLC0415 - on first use

    found = {pack.area: assessments for pack, assessments in findings.areas}
    if findings.classification:
        found[Area.CLASSIFICATION] = (findings.classification,)
    for area in Area:
        for assessment in found.get(area, ()):
            say(*_lines(assessment), "")
    for area in Area:
        if area not in found:
            say(MissingPolicy(area, findings.day).tell())


def _lines(assessment: "Assessment") -> list[str]:
    from app.policy.explain import explain  # noqa: PLC0415 - on first use

    pack, measure = assessment.pack, assessment.measure
    heading = pack.area.label
    if measure:
        heading = _("{area}: {measure}").format(area=heading, measure=measure.title)
    if assessment.member is not None:
        heading = _("{heading}, member {number}").format(
            heading=heading, number=assessment.member + 1
        )
    document = _("{title}, in force from {day}").format(title=pack.title, day=pack.in_force)
    state = _("{text} ({origin})").format(text=document, origin=pack.status.label)
    return [f"【{heading}】", *explain(assessment), state]
