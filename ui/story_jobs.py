"""The job of the tour: a vacancy, the person of the household who looks for work, the letter, the
slip, the placement; a recognition that the supervisor decides, and the course."""

import tomllib
from collections.abc import Mapping
from typing import Any, Final, cast

from app.core.assets import resource
from ui.kit.asking_page import AskingPage
from ui.kit.words_editor import WordsEditor
from ui.pages.jobs import JobsPage
from ui.pages.vacancies import VacanciesPage
from ui.pages.vacancies.employers import Employers
from ui.pages.vacancies.vacancies import Vacancies
from ui.tour import Guide

JOB: Final[dict[str, Any]] = tomllib.loads(
    resource("demo", "story_job.toml").read_text(encoding="utf-8")
)
"""What is typed."""


def hire(guide: Guide) -> None:
    """The job officer hears of a vacancy; the head of the household is registered, sent there and
    taken."""
    driver = guide.become("li")
    guide.picture("workbench-jobs")
    recruiting = cast("VacanciesPage", driver.open("vacancies"))
    guide.picture("vacancies")
    guide.in_other_looks("vacancies")
    recruiting.turn_to(Employers.key)
    driver.rest()
    guide.picture("employers")
    recruiting.turn_to(Vacancies.key)
    driver.rest()
    told = dict(JOB["vacancy"])
    driver.press("act_new")
    driver.fill("pick_employer", told.pop("employer"), recruiting.pane)
    driver.settle()
    send(guide, told, "vacancy-new")
    guide.picture("vacancy")
    driver.open("jobs")
    guide.picture("jobs")
    guide.in_other_looks("jobs")
    driver.press("act_new")
    send(guide, JOB["seeker"], "seeker-new")
    driver.key("F9")
    guide.picture("matches")
    driver.key("F12")
    send(guide, JOB["letter"], "letter-new")
    driver.until(lambda: driver.page.name == "papers")
    driver.rest()
    guide.picture("papers-referral_letter")
    turn(guide, "referrals")
    guide.picture("slips")
    driver.key("F9")
    send(guide, JOB["result"], "slip-result")
    turn(guide, "placements")
    guide.picture("placement")


def recognise(guide: Guide) -> None:
    """The supervisor recognises somebody as difficult to employ; the household of whoever found
    work is assessed again."""
    driver = guide.become("zhao")
    turn(guide, "recognitions")
    guide.picture("recognition")
    driver.key("F9")
    send(guide, JOB["decision"], "recognition-decision")
    guide.become("wang").open("workbench")
    guide.picture("workbench-to-assess-again")
    driver = guide.become("li")
    driver.open("training")
    guide.picture("training")
    guide.in_other_looks("training")


def turn(guide: Guide, key: str) -> None:
    """Show one of the worklists of the job page."""
    cast("JobsPage", guide.driver.open("jobs")).turn_to(key)
    guide.driver.rest()


def send(guide: Guide, typed: Mapping[str, str], picture: str) -> None:
    """Fill the form in sight, keep a picture of it, and send it."""
    driver = guide.driver
    driver.window.window().activateWindow()  # without a screen nobody else does
    pane = cast("AskingPage", driver.page).pane
    for name, value in typed.items():
        editor = pane.form.boxes[name].editor if pane.form is not None else None
        if isinstance(editor, WordsEditor):
            for box in editor.boxes:
                if box.text() in value.split("、"):
                    box.click()
        else:
            driver.fill(name, value, pane)
            driver.rest()
    guide.picture(picture)
    driver.press("act_send_form")
