"""zen-engine deciding by the same rules: one decision, one expression for each term."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import zen

from app.policy.compiled import NO, Answer, Answers
from app.policy.facts import Facts, FactValue, Known
from app.policy.rulebook import Rulebook
from benchmarks.peers_policy.people import derived
from benchmarks.peers_policy.rules import Dialect, Rules, Term, local


class _Expressions(Dialect):
    """The expression language of zen-engine; ``#`` is the member at hand."""

    def fact(self, key: str) -> str:
        return ("#." if key.startswith("member.") else "") + local(key.removeprefix("member."))

    def term(self, name: str) -> str:
        return f"$.{name}"

    def word(self, key: str, word: str) -> str:
        return json.dumps(word, ensure_ascii=False)

    def one_of(self, value: str, key: str, words: Iterable[str]) -> str:
        return f"({value} in [{', '.join(self.word(key, word) for word in words)}])"

    def all(self, tests: Sequence[str]) -> str:
        return f"({' and '.join(tests)})"

    def any(self, tests: Sequence[str]) -> str:
        return f"({' or '.join(tests)})"

    def negated(self, test: str) -> str:
        return f"(not ({test}))"

    def choose(self, test: str, then: str, other: str) -> str:
        return f"({test} ? {then} : {other})"

    def table(self, value: str, key: str, amounts: Mapping[str, int], other: int) -> str:
        text = str(other)
        for amount in dict.fromkeys(amounts.values()):
            words = [word for word, given in amounts.items() if given == amount]
            text = self.choose(self.one_of(value, key, words), str(amount), text)
        return text

    def least(self, amounts: Sequence[str]) -> str:
        return f"min([{', '.join(amounts)}])"

    def divided(self, amount: str, by: str, *, signed: bool) -> str:
        above = f"floor((2 * {amount} + {by}) / (2 * {by}))"
        if not signed:
            return above
        return self.choose(f"{amount} >= 0", above, f"-floor(({by} - 2 * {amount}) / (2 * {by}))")

    def given(self, left: str) -> str:
        return self.choose(f"{left} > 0", left, str(NO))


class ZenPeer:
    """The packs of a day as one decision of zen-engine."""

    def __init__(self, book: Rulebook) -> None:
        self._day = book.day
        self._measures = [measure.id for measure in book.measures]
        terms = Rules(book, _Expressions()).terms
        self._decision: Any = zen.ZenEngine().create_decision(json.dumps(_graph(terms)))

    def context(self, known: Known) -> dict[str, Any]:
        """Return a household as zen-engine takes it: ages and months are given, not days."""
        return {
            **_plain(known.household),
            "members": [
                {
                    **_plain(member),
                    **derived(member, self._day),
                }
                for member in known.members
            ],
        }

    def explained(self, context: dict[str, Any]) -> Any:
        """Decide with a trace: what every term came to."""
        return self._decision.evaluate(context, {"trace": True})

    def answers(self, known: Known) -> Answers:
        """Return the answers as we write them."""
        result: dict[str, Any] = self.explained(self.context(known))["result"]
        answers: list[Answer | list[Answer]] = [result[name] for name in self._measures]
        return result["category"], answers


def _graph(terms: Sequence[Term]) -> dict[str, Any]:
    """Return a decision of one node with an expression for each term."""
    expressions = [{"id": term.name, "key": term.name, "value": _for_each(term)} for term in terms]
    nodes = [
        {"id": "facts", "type": "inputNode"},
        {
            "id": "terms",
            "type": "expressionNode",
            "content": {"expressions": expressions, "passThrough": False},
        },
        {"id": "answers", "type": "outputNode"},
    ]
    steps = [("facts", "terms"), ("terms", "answers")]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [{**node, "name": node["id"], "position": {"x": 0, "y": 0}} for node in nodes],
        "edges": [
            {"id": source, "type": "edge", "sourceId": source, "targetId": target}
            for source, target in steps
        ],
    }


def _for_each(term: Term) -> str:
    return f"map(members, {term.text})" if term.of_member else term.text


def _plain(facts: Facts) -> dict[str, FactValue | None]:
    return {local(name): None if isinstance(v, date) else v for name, v in facts.items()}
