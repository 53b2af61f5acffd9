"""Words of papers: the kinds issued at the counter and their states."""

from app.core.i18n import N_
from app.core.words import Word


class PaperKind(Word):
    """What is printed at the counter, each with a number series of its own."""

    ACCEPTANCE_RECEIPT = "acceptance_receipt", N_("Acceptance receipt")
    APPROVAL_FORM = "approval_form", N_("Approval form")
    PAYMENT_LIST = "payment_list", N_("Payment list")
    HARDSHIP_CERTIFICATE = "hardship_certificate", N_("Certificate of hardship")
    REASON_SHEET = "reason_sheet", N_("Reason sheet")
    MISSING_NOTICE = "missing_notice", N_("Notice of missing papers")
    REFERRAL_SLIP = "referral_slip", N_("Referral slip")
    VISIT_RECORD = "visit_record", N_("Visit record")
    CHECK_AUTHORISATION = "check_authorisation", N_("Authorisation for cross-checks")
    PUBLIC_NOTICE = "public_notice", N_("Notice sheet")
    NOTICE_RESULT = "notice_result", N_("Result of a notice")
    REVIEW_SHEET = "review_sheet", N_("Review sheet")
    EXIT_NOTICE = "exit_notice", N_("Exit notice")
    ARCHIVE_FORM = "archive_form", N_("Archive form")
    HANDING_LIST = "handing_list", N_("List to sign")
    CASH_DAY_SHEET = "cash_day_sheet", N_("Cash day sheet")
    VOUCHER = "voucher", N_("Payment voucher")
    RECEIPT_SLIPS = "receipt_slips", N_("Receipts of payment")
    CALL_LIST = "call_list", N_("Call list")
    RECOVERY_DEMAND = "recovery_demand", N_("Recovery demand")
    REFUND_SLIP = "refund_slip", N_("Refund slip")
    FUND_LEDGER = "fund_ledger", N_("Fund ledger")
    LIST_SHEET = "list_sheet", N_("List for approval")
    LOAN_RECOMMENDATION = "loan_recommendation", N_("Loan recommendation")
    LOAN_SURVEY = "loan_survey", N_("Loan survey and approval form")
    GUARANTEE_COMMITMENT = "guarantee_commitment", N_("Guarantee commitment")
    REPAYMENT_PLAN = "repayment_plan", N_("Repayment plan")
    REPAYMENT_RECEIPT = "repayment_receipt", N_("Repayment receipt")
    OVERDUE_NOTICE = "overdue_notice", N_("Overdue notice")
    SETTLEMENT_CERTIFICATE = "settlement_certificate", N_("Settlement certificate")
    SUBSIDY_LIST = "subsidy_list", N_("Subsidy claim list")
    SEEKER_FORM = "seeker_form", N_("Job seeker's registration form")
    VACANCY_FORM = "vacancy_form", N_("Vacancy registration form")
    REFERRAL_LETTER = "referral_letter", N_("Letter of referral")
    RECOGNITION_FORM = "recognition_form", N_("Application for recognition")
    RECOGNITION_CERTIFICATE = "recognition_certificate", N_("Certificate of recognition")
    TRAINING_VOUCHER = "training_voucher", N_("Card for free training")


class PaperState(Word):
    """Whether an issued paper still holds."""

    ISSUED = "issued", N_("Issued")
    VOID = "void", N_("Void")
