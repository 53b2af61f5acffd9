"""The sheet with the recovery key: printed twice at first start, sealed, kept in the safe."""

from datetime import date

from app.core.i18n import N_, _
from app.papers.fonts import Face
from app.papers.pen import MM, SOFT, Layer, Press

WIDTH, HEIGHT, LEFT = 210 * MM, 297 * MM, 28 * MM

RULES = (
    N_("It opens the data when nobody can sign in any more. Nobody can make it a second time."),
    N_("Two copies: one in the safe of the center, one in the safe of the union above it."),
    N_("Put each into an envelope, seal it, write date and names across the flap."),
    N_("Whoever holds this sheet and the data file can read everything."),
)


def key_sheet(center: str, recovery_key: str, day: date) -> bytes:
    """Return the PDF of the sheet: the key in large type, eight groups on two lines."""
    title = _("Recovery key")
    press = Press(title=title, author=center, subject=title)
    page = Layer()
    page.text(LEFT, 45 * MM, title, Face.SERIF_BOLD, 26)
    page.text(LEFT, 56 * MM, f"{center}　{day.isoformat()}", Face.SERIF, 12, ink=SOFT)
    page.frame(LEFT, 68 * MM, WIDTH - 2 * LEFT, 40 * MM, 1)
    groups = recovery_key.split("-")
    for line, part in enumerate((groups[:4], groups[4:])):
        page.text(
            LEFT + 14 * MM, (86 + 14 * line) * MM, " - ".join(part), Face.SANS_BOLD, 22
        )  # fmt: skip
    for number, rule in enumerate(RULES):
        page.text(LEFT, (124 + 9 * number) * MM, f"{number + 1}　{_(rule)}", Face.SERIF, 11)
    for number, words in enumerate((N_("Sealed by"), N_("Date"))):
        y = (190 + 14 * number) * MM
        page.text(LEFT, y, _(words), Face.SERIF, 11)
        page.line(LEFT + 22 * MM, y + 2, LEFT + 80 * MM, y + 2, 0.5)
    press.page(WIDTH, HEIGHT, Layer(), page)
    return press.finish()
