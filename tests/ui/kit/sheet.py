"""Every component of the kit in every state on one sheet, to be looked at."""

from typing import Annotated

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import N_
from app.core.kinds import Amount, Choice, Key, Name, Phone, ResidentId, Text
from app.core.record import Record, specs
from app.core.words import Word
from ui.kit.banners import Banner
from ui.kit.buttons import Button
from ui.kit.cards import Card, EmptyState
from ui.kit.cells import Cell, Column
from ui.kit.form import FormView
from ui.kit.labels import Chip, Label, Status
from ui.kit.layout import column, row
from ui.kit.notices import JobCard, Toast
from ui.kit.ribbon import Stage, StageRibbon
from ui.kit.segments import Part, Segments
from ui.kit.table import RecordTable

AN_ID = "239001196803120023"[:17] + "8"
"""A number with a right check digit and an area code that was never assigned."""


class Union(Word):
    """Words of the sheet only."""

    MEMBER = "member", N_("Yes")


class Person(Record):
    name: Annotated[str, Name(label="姓名", hint="与身份证一致")]
    address: Annotated[str, Text(label="家庭住址", hint="写到门牌号")] = ""
    id_number: Annotated[str, ResidentId(label="身份证号")]
    phone: Annotated[str, Phone(label="手机")]
    union: Annotated[Union | None, Choice(label="工会会员", words=Union, hint="未知不等于“否”")] = (
        None
    )
    number: Annotated[str, Text(label="案号")] = "2013-0440"


class CaseRow(Record):
    id: Annotated[int, Key()]
    due: Annotated[str, Text(label="期限")]
    head: Annotated[str, Name(label="户主")]
    stage: Annotated[str, Text(label="环节")]
    amount: Annotated[int | None, Amount(label="金额")]


DUE = {
    "逾期 1 天": ("circle-x", "bad"),
    "今天": ("clock", "wait"),
    "剩 6 天": ("calendar-clock", ""),
}
STAGES = {
    "待补正": ("file-warning", "wait"),
    "初审": ("circle-dot", "accent"),
    "公示": ("hourglass", ""),
}
ROWS = (
    CaseRow(id=1, due="逾期 1 天", head="孙志强", stage="待补正", amount=1_200_000),
    CaseRow(id=2, due="今天", head="陈国强", stage="初审", amount=150_000),
    CaseRow(id=3, due="剩 6 天", head="李秀梅", stage="公示", amount=239_756),
)


def due_cell(case: CaseRow) -> Cell:
    icon, tone = DUE[case.due]
    return Cell(case.due, icon=icon, tone=tone)


def stage_cell(case: CaseRow) -> Cell:
    icon, tone = STAGES[case.stage]
    return Cell(case.stage, icon=icon, tone=tone)


def case_table() -> RecordTable[CaseRow]:
    columns = [
        Column("due", cell=due_cell, width=104),
        Column("head", width=84),
        Column("stage", cell=stage_cell),
        "amount",
    ]
    table = RecordTable(CaseRow, columns, name="cases", flat=True)
    table.show_rows(ROWS)
    table.select(1)
    return table


def buttons() -> Card:
    card = Card("按钮：主要、次要、安静、危险、禁用")
    focused = Button("打印", kind="primary", key="F12", icon="printer", name="focused")
    closed = Button("提交审批", key="F9")
    closed.allow("需主管角色")
    card.add(
        row(
            Button("受理并打印回执", kind="primary", key="F9", icon="printer"),
            focused,
            Label("右：有焦点", "small"),
            None,
        )
    )
    card.add(row(Button("暂存", key="Ctrl+S"), Button("看上次发放", kind="quiet"), None))
    danger = Button("移出这一笔", kind="danger", key="Alt+X", icon="x")
    card.add(row(danger, closed, Label("需主管角色", "hint"), None))
    return card


def inputs() -> Card:
    card = Card("输入项：空、焦点、正确、有错、未知、只读")
    spans = {field.name: 6 for field in specs(Person)}
    form = FormView(Person, spans=spans, name="sheet_form")
    form.set_typed({"id_number": AN_ID, "phone": "138000044", "address": "江畔小区 6 号楼"})
    form.set_read_only(["number"], "自动编号，不能改")
    form.boxes["phone"].set_problem("手机应为 11 位，现为 9 位")
    form.set_value("number", "2013-0440")
    card.add(form)
    return card


def filters() -> Card:
    card = Card("筛选与类型标尺")
    parts = [
        Part("all", "全部", 41),
        Part("late", "逾期", 2, "circle-x", "bad"),
        Part("soon", "今明到期", 5, "clock", "wait"),
        Part("drafts", "草稿", 2),
    ]
    card.add(row(Segments(parts), None))
    roles = (("大数 18", "figure"), ("页题 15", "title"), ("节题 12", "section"))
    rest = (("正文 10.5", "body"), ("辅助 9", "small"))
    card.add(row(*(Label(words, role) for words, role in roles + rest), None))
    return card


def states() -> Card:
    card = Card("状态标签")
    chips = (
        Chip("可享受", "circle-check", "ok"),
        Chip("待补材料", "triangle-alert", "wait"),
        Chip("暂不符合", "circle-x", "bad"),
        Chip("审批中", "circle-dot", "accent"),
        Chip("草稿", "file-clock"),
    )
    statuses = (
        Status("剩 6 天", "calendar-clock"),
        Status("今天", "clock", "wait"),
        Status("逾期 1 天", "circle-x", "bad"),
        Status("已发放", "circle-check", "ok"),
    )
    card.add(row(*chips, None))
    card.add(row(*statuses, None, spacing=16))
    return card


def banners() -> Card:
    card = Card("提示条")
    card.add(Banner("ok", "已受理 2013-0440，回执已打印 1 份"))
    act = Button("去录入", kind="quiet")
    card.add(Banner("wait", "低保线待确认，测算结果标“暂行”", acts=[act]))
    copy = Button("复制诊断信息", kind="quiet", icon="copy")
    says = "已填内容还在。腾出空间后按 Ctrl+S 再存。"
    card.add(Banner("bad", "没有保存：磁盘已满", says, [copy]))
    return card


def table() -> Card:
    card = Card("表格", flush=True)
    shown = case_table()
    shown.setMinimumHeight(shown.view.verticalHeader().defaultSectionSize() * 3 + 34)
    card.add(shown)
    return card


def meanwhile() -> Card:
    card = Card("轻提示与后台任务")
    place = QWidget()
    place.setMinimumHeight(110)
    toast = Toast(place)
    toast.setObjectName("sheet_toast")
    toast.say("已打印 1 份，窗口一打印机", lambda: None)
    card.add(place)
    job = JobCard("导入旧档案", lambda: None)
    job.show_progress(0.62, "12,400 / 20,000 行，约剩 8 秒")
    card.add(job)
    return card


def nothing() -> Card:
    card = Card("空状态")
    act = Button("新登记", key="F2", icon="user-round-plus")
    card.add(EmptyState("今天没有到期的事项", "新来的办事人，按 F2 开始登记。", act))
    return card


def ribbons() -> Card:
    card = Card("环节条")
    for names, ends in (
        (("受理", "调查", "审批", "发放"), ("done", "done", "now", "next")),
        (("受理", "初审", "公示", "审批"), ("done", "stopped", "next", "next")),
    ):
        ribbon = StageRibbon()
        ribbon.show_stages([Stage(*each) for each in zip(names, ends, strict=True)])
        card.add(ribbon)
    return card


def component_sheet() -> QWidget:
    """Return the sheet."""
    sheet = QWidget()
    sheet.setObjectName("window")
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(16, 12, 16, 12)
    head = row(Label("组件总览", "title"), Label("每个组件，每种状态", tone="soft"), None)
    outer.addWidget(head)
    columns = QHBoxLayout()
    columns.setSpacing(12)
    columns.addWidget(column(buttons(), inputs(), filters(), None), 1)
    columns.addWidget(column(states(), banners(), table(), None), 1)
    columns.addWidget(column(meanwhile(), nothing(), ribbons(), None), 1)
    outer.addLayout(columns, 1)
    return sheet
