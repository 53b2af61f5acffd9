"""Small helpers of forms: which fields are asked for now."""

from collections.abc import Collection, Mapping

from ui.kit.ask_pane import Form


def show_only(form: Form, names: Collection[str], start: Mapping[str, str]) -> None:
    """Show these fields; what was typed into the others is not meant any more: they hold again
    what they held at ``start``."""
    for name, box in form.boxes.items():
        shown = name in names
        if not shown and box.editor.text() != start[name]:
            box.editor.set_text(start[name])
            box.set_problem("")
        box.setVisible(shown)
