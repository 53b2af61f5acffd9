"""Commands about policy: ``facts``, ``policy list``, ``policy check``, ``assess``."""

import argparse
from datetime import date
from pathlib import Path

from app.cli.output import DONE, give, say, table
from app.core.i18n import _


def facts_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``facts``."""
    part.add_argument("--json", action="store_true")


def facts(chosen: argparse.Namespace) -> int:
    """List the vocabulary of facts: what policy may ask, and which measures ask it."""
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs
    from app.policy.facts import FACTS  # noqa: PLC0415 - on first use

    asked = {pack.id: pack.asks for pack in shipped().packs()}
    rows = [
        {
            "name": fact.name,
            "label": fact.title,
            "type": fact.type.value,
            "unit": _(fact.unit) if fact.unit else "",
            "holder": fact.holder.value,
            "paper": fact.proof if fact.paper else "",
            "asked_by": [pack for pack, names in asked.items() if fact.name in names],
        }
        for fact in FACTS
    ]
    if chosen.json:
        give(rows)
        return DONE
    cells = [
        (
            str(row["name"]),
            str(row["label"]),
            str(row["type"]),
            str(row["holder"]),
            str(row["paper"]),
        )
        for row in rows
    ]
    say(*table(cells, (_("Fact"), _("Meaning"), _("Type"), _("Whose"), _("Proved by"))))
    return DONE


def policy_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``policy list`` and ``policy check``."""
    acts = part.add_subparsers(dest="act", required=True, metavar="list|check")
    listing = acts.add_parser("list", help=_("list the packs and when they are in force"))
    listing.add_argument("--json", action="store_true")
    checking = acts.add_parser("check", help=_("check a pack file"))
    checking.add_argument("file", type=Path)


def policy(chosen: argparse.Namespace) -> int:
    """List the packs, or check one file: a mistake is named with file, table and key."""
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs
    from app.policy.loader import load  # noqa: PLC0415 - on first use

    if chosen.act == "check":
        pack = load(chosen.file)
        say(
            _("{file}: {title}, in force from {day}, {count} measures, digest {digest}").format(
                file=chosen.file.name,
                title=pack.title,
                day=pack.in_force,
                count=len(pack.measures),
                digest=pack.digest[:16],
            )
        )
        return DONE
    catalog = shipped()
    rows = [
        {
            "id": pack.id,
            "area": pack.area.value,
            "title": pack.title,
            "in_force": pack.in_force.isoformat(),
            "until": str(catalog.until(pack) or ""),
            "status": pack.status.value,
            "digest": pack.digest,
        }
        for pack in catalog.packs()
    ]
    if chosen.json:
        give(rows)
        return DONE
    cells = [
        (str(row["id"]), str(row["title"]), str(row["status"]), str(row["digest"])[:16])
        for row in rows
    ]
    say(*table(cells, (_("Pack"), _("Title"), _("Status"), _("Digest"))))
    return DONE


def assess_parser(part: argparse.ArgumentParser) -> None:
    """Describe ``assess``."""
    part.add_argument("file", type=Path, help=_("the situation, as TOML"))
    part.add_argument("--on", type=date.fromisoformat, metavar="DATE", help=_("another day"))
    part.add_argument("--sheet", type=Path, metavar="OUT.pdf", help=_("the reasons as a sheet"))
    part.add_argument("--json", action="store_true")


def assess(chosen: argparse.Namespace) -> int:
    """Assess one situation: the classification and every area, with all reasons."""
    from app.policy.assess import assess_all  # noqa: PLC0415 - on first use
    from app.policy.catalog import shipped  # noqa: PLC0415 - reads the packs
    from app.policy.explain import explain, to_json  # noqa: PLC0415 - on first use
    from app.policy.situation import load_situation  # noqa: PLC0415 - on first use
    from app.reference.dated import shipped_values  # noqa: PLC0415 - reads the tables
    from app.reference.values import Values  # noqa: PLC0415 - on first use

    situation = load_situation(chosen.file, chosen.on)
    findings = assess_all(
        shipped(), situation.facts, Values(shipped_values()), situation.day, situation.known_on
    )
    if chosen.sheet:
        from app.papers.reasons import reason_sheet  # noqa: PLC0415 - loads the fonts

        chosen.sheet.write_bytes(reason_sheet(findings, situation.facts))
    if chosen.json:
        give(to_json(findings))
    elif findings.classification is None:
        say(_("No classification is in force on {day}.").format(day=situation.day))
    else:
        for assessment in (
            findings.classification,
            *(item for _pack, items in findings.areas for item in items),
        ):
            say(*explain(assessment), "")
    return DONE
