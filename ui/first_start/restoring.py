"""Restores a backup before there is a desk: on the thread that writes."""

from collections.abc import Callable
from pathlib import Path

from app.entrance import restore_backup
from ui.desk import Job
from ui.restoring import Restored, RestoreForm, opened_by
from ui.tasks import Tasks


def restore_beside(
    tasks: Tasks,
    form: RestoreForm,
    told: Callable[[float], object],
    then: Callable[[Restored], object],
    failed: Callable[[Exception], object],
) -> Job:
    """Restore what the form says; the job that is returned can be stopped."""
    job = Job()

    def tell(share: float) -> None:
        job.go_on()
        tasks.tell(lambda: told(share))

    tasks.write(
        lambda: restore_backup(Path(form.backup), Path(form.to), tell, **opened_by(form)),
        then,
        failed,
    )
    return job
