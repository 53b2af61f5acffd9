"""A household with answers of all three kinds in every area: what screens and pictures show."""

from app.cases.records import ApplicationForm, IntakeForm
from app.core.money import Fen
from app.core.resident_id import check_character
from app.core.words import Answer
from app.households.records import (
    AccountForm,
    DeclarationForm,
    EmploymentForm,
    ExpenditureForm,
    HeadForm,
    HouseholdForm,
    IncomeForm,
    MemberForm,
)
from tests.people import AREA


def _id(birth: str, order: int) -> str:
    first = f"{AREA}{birth}{order:03d}"
    return first + check_character(first)


def family() -> IntakeForm:
    """Return the intake of 李秀梅: ill and at work, her husband out of work, two at school, of
    whom one has not shown the proof yet."""
    return IntakeForm(
        household=HouseholdForm(
            head=HeadForm(
                id_number=_id("19810312", 2),
                name="李秀梅",
                ethnicity="汉族",
                phone="15400004417",
                union_member=Answer.YES,
                work_unit="示例纺织厂",
                person_type="城镇职工",
                district="道外区",
                address="道外区示例街 12 号 3 单元 501",
            ),
            members=(
                MemberForm(
                    relation="丈夫",
                    name="张示例",
                    id_number=_id("19740520", 1),
                    work_status="失(无)业",
                    monthly_income=Fen(0),
                    health="良好",
                    disability="无",
                    school_stage="不在学",
                    medical_self_paid_12_months=Fen(0),
                ),
                MemberForm(
                    relation="女儿",
                    name="张明",
                    id_number=_id("20081105", 4),
                    work_status="高中",
                    monthly_income=Fen(0),
                    health="良好",
                    disability="无",
                    school_stage="高中",
                    admitted_this_year=Answer.NO,
                    school_costs_this_year=Fen(3600_00),
                    medical_self_paid_12_months=Fen(0),
                ),
                MemberForm(
                    relation="儿子",
                    name="张亮",
                    id_number=_id("20151220", 3),
                    work_status="小学",
                    monthly_income=Fen(0),
                    health="良好",
                    disability="无",
                    medical_self_paid_12_months=Fen(0),
                ),
            ),
            income=IncomeForm(
                members_living_together=4,
                income_12_months=Fen(33_600_00),
                financial_assets=Fen(0),
                receives_dibao=Answer.NO,
            ),
            expenditure=ExpenditureForm(
                main_cause="患重特大疾病",
                rigid_expenditure_12_months=Fen(12_000_00),
                necessary_employment_cost_12_months=Fen(0),
                accident_loss_12_months=Fen(0),
                in_mutual_aid=Answer.YES,
            ),
            employment=EmploymentForm(
                work_status="在岗",
                health="恶性肿瘤",
                disability="无",
                monthly_income=Fen(2_800_00),
                unemployed_registered=Answer.NO,
                zero_employment=Answer.NO,
                wage_arrears=Answer.NO,
            ),
            account=AccountForm(
                account_holder="李秀梅",
                account_bank="示例银行道外支行",
                account_number="6222021234567890128",
            ),
            declaration=DeclarationForm(declared=True, dwellings=1),
        ),
        application=ApplicationForm(
            items=("living_relief", "medical_relief"), papers_handed_in=("身份证和户口簿",)
        ),
    )
