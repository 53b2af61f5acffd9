"""Sheets of the papers of the job service for tests."""

from datetime import date
from typing import Any

from app.core.money import Fen
from app.core.record import Record
from app.core.words.papers import PaperKind
from app.papers.sheet import Sheet
from app.papers.store import MARKS
from app.placements.papers import (
    LetterFacts,
    RecognitionFacts,
    RecognitionFormFacts,
    SeekerFormFacts,
    TrainingVoucherFacts,
    VacancyFormFacts,
)
from tests.papers import TODAY, sheet

NAME, ID, SEEKER = "欧阳㛃华", "2390**********0042", "求2026-0017"
EMPLOYER = "哈尔滨市道里区松花江机械制造有限责任公司第二分公司"
BORN = date(1978, 3, 5)
PHONE, ADDRESS = "0451-00000000", "哈尔滨市道里区友谊路示例段 88 号帮扶中心一楼"
PERSON: dict[str, Any] = {"name": NAME, "id_number": ID, "sex": "女"}


def _sheet(
    kind: PaperKind,
    record: type[Record],
    needed: dict[str, Any],
    told: dict[str, Any],
    more: dict[str, Any],
) -> Sheet:
    """Return a sheet of what is needed and what was told; ``bare=True`` leaves the latter out."""
    rest = {} if more.pop("bare", False) else told
    number = f"哈工帮{MARKS[kind]}〔2026〕第00017号"
    return sheet(kind, number, record(**{**needed, **rest, **more}))


def seeker_form(**more: Any) -> Sheet:
    """Return the registration form of a seeker."""
    needed = {
        **PERSON,
        "birth": BORN,
        "seeker_number": SEEKER,
        "wishes": ("厨师", "面点师", "食堂服务员"),
        "shifts": ("白班", "倒班"),
        "registered_on": TODAY,
        "valid_until": date(2027, 6, 6),
    }
    told = {
        "ethnicity": "汉族",
        "political_status": "群众",
        "marital_status": "已婚",
        "residence_type": "非农业户口",
        "file_number": "2026-0440",
        "phone": "154****7777",
        "address": "哈尔滨市道外区南十四道街 12 号 3 单元 501 室",
        "person_kind": "困难职工家属",
        "employment_number": "2301020026000017",
        "unemployed_registered": "是",
        "unemployed_since": date(2025, 3, 2),
        "difficulty": ("大龄失业", "连续失业一年以上"),
        "disabled": "否",
        "limits": ("久站", "重体力", "高处作业"),
        "education": "初中",
        "skill_grade": "四级（中级工）",
        "skills": "中式烹调师四级证，会做面点",
        "resume": "1996 年至 2010 年在北岸纺织厂任挡车工；2011 年至 2025 年在道外区"
        "几家饭店做面点，最后一家 2025 年 3 月停业。",
        "wage_wish": Fen(280_000),
        "districts": ("道外区", "道里区", "南岗区"),
        "board": "否",
        "wants_training": "是",
        "available_on": date(2026, 12, 15),
        "note": "早上要送孩子上学，八点半以后方便上班。",
        "center_phone": PHONE,
    }
    return _sheet(PaperKind.SEEKER_FORM, SeekerFormFacts, needed, told, more)


def vacancy_form(**more: Any) -> Sheet:
    """Return the registration form of a vacancy."""
    needed = {
        "name": EMPLOYER,
        "uscc": "91230102MA0000017X",
        "vacancy_number": "岗2026-0031",
        "occupation": "食堂面点师",
        "heads": 3,
        "sex": "女",
        "age": "18 至 50 周岁",
        "education": "初中以上",
        "skill_grade": "不限",
        "hired": 0,
        "referred": 0,
        "wage_from": Fen(300_000),
        "pay_unit": "每月",
        "shift": "白班",
        "opened_on": TODAY,
        "valid_until": date(2027, 3, 6),
    }
    told = {
        "unit_kind": "有限责任公司",
        "industry": "制造业",
        "address": "哈尔滨市道里区机场路示例段 17 号",
        "contact": "冯示例",
        "phone": "0451-00001111",
        "handler": "许示例",
        "handler_id_number": "2390**********0018",
        "licence_seen_on": TODAY,
        "letter_seen_on": TODAY,
        "elsewhere_proof": "宾县人力资源服务中心证明",
        "public_welfare": False,
        "duties": "负责职工食堂早午两餐的面点，按标准留样，保持操作间卫生。",
        "limit_ground": "女职工宿舍管理岗位",
        "strains": ("久站", "高温"),
        "form": "全日制",
        "contract_months": 24,
        "probation_months": 1,
        "wage_to": Fen(380_000),
        "insured": "是",
        "board": "是",
        "workplace": "道里区机场路示例段 17 号职工食堂",
        "working_hours": "5:30 至 13:30，周日休息",
        "conditions": "持健康证；节日福利、通勤车。",
        "center_phone": PHONE,
    }
    return _sheet(PaperKind.VACANCY_FORM, VacancyFormFacts, needed, told, more)


def letter(**more: Any) -> Sheet:
    """Return a letter of referral with its slip."""
    needed = {
        **PERSON,
        "age": 48,
        "seeker_number": SEEKER,
        "referral_number": "荐2026-0102",
        "employer": EMPLOYER,
        "vacancy_number": "岗2026-0031",
        "occupation": "食堂面点师",
        "wage_from": Fen(300_000),
        "pay_unit": "每月",
        "due_on": date(2026, 12, 13),
    }
    told = {
        "education": "初中",
        "skills": "四级（中级工）；中式烹调师四级证，会做面点",
        "employer_address": "哈尔滨市道里区机场路示例段 17 号职工食堂",
        "contact": "冯示例",
        "employer_phone": "0451-00001111",
        "wage_to": Fen(380_000),
        "interview_on": date(2026, 12, 10),
        "interview_at": "上午 9 点，办公楼 203 室",
        "center_address": ADDRESS,
        "center_phone": PHONE,
    }
    return _sheet(PaperKind.REFERRAL_LETTER, LetterFacts, needed, told, more)


def recognition_form(**more: Any) -> Sheet:
    """Return the application for a recognition, decided already."""
    needed = {
        **PERSON,
        "birth": BORN,
        "recognition_number": "认2026-0003",
        "policy": "困难职工就业帮扶（2023 年起的口径，暂行）",
        "applied_on": TODAY,
        "applied_by": "李强",
    }
    told = {
        "phone": "154****7777",
        "address": "哈尔滨市道外区南十四道街 12 号 3 单元 501 室",
        "residence_type": "非农业户口",
        "education": "初中",
        "skill_grade": "四级（中级工）",
        "employment_number": "2301020026000017",
        "unemployed_since": date(2025, 3, 2),
        "articles": ("第四条",),
        "grounds": ("大龄失业", "连续失业一年以上"),
        "reasons": (
            "在法定劳动年龄内（48 岁）：符合",
            "登记失业（是）：符合",
            "下列情形之一：符合",
            "　女年满 40 周岁、男年满 50 周岁（48 岁）：符合",
            "　连续失业一年以上（2025年3月2日起）：符合",
            "　零就业家庭：尚不能确定",
        ),
        "papers": ("身份证", "就业创业证", "户口簿"),
        "provisional": True,
        "note": "零就业家庭的情形不影响认定。",
        "decision": "已认定",
        "opinion": "材料齐全，同意认定。",
        "decided_by": "赵建国",
        "decided_on": date(2026, 12, 8),
    }
    return _sheet(PaperKind.RECOGNITION_FORM, RecognitionFormFacts, needed, told, more)


def recognition_certificate(**more: Any) -> Sheet:
    """Return the certificate of a recognition."""
    needed = {
        **PERSON,
        "birth": BORN,
        "recognition_number": "认2026-0003",
        "policy": "困难职工就业帮扶（2023 年起的口径，暂行）",
        "decided_on": date(2026, 12, 8),
    }
    told = {
        "articles": ("第四条",),
        "grounds": ("大龄失业", "连续失业一年以上"),
        "center_phone": PHONE,
    }
    return _sheet(PaperKind.RECOGNITION_CERTIFICATE, RecognitionFacts, needed, told, more)


def voucher(**more: Any) -> Sheet:
    """Return the card of a training voucher."""
    needed = {
        **PERSON,
        "seeker_number": SEEKER,
        "voucher_number": "培2026-0009",
        "day": TODAY,
        "valid_until": date(2027, 12, 6),
    }
    told = {
        "wishes": ("厨师", "面点师", "食堂服务员"),
        "center_address": ADDRESS,
        "center_phone": PHONE,
    }
    return _sheet(PaperKind.TRAINING_VOUCHER, TrainingVoucherFacts, needed, told, more)
