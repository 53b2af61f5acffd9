"""Words of staff: the seven roles."""

from app.core.i18n import N_
from app.core.words import Word


class Role(Word):
    """What a member of staff is trusted with; one person may hold several."""

    CASEWORKER = "caseworker", N_("Caseworker")
    SUPERVISOR = "supervisor", N_("Supervisor")
    FINANCE = "finance", N_("Finance")
    LOAN_OFFICER = "loan_officer", N_("Loan officer")
    JOB_OFFICER = "job_officer", N_("Job officer")
    AUDITOR = "auditor", N_("Auditor")
    ADMINISTRATOR = "administrator", N_("Administrator")
