"""The documents of the pictures: a handbook with pages or chapters, and the minutes of a meeting."""

from __future__ import annotations

from pathlib import Path

from tests.rag.files import pdf

HANDBOOK = (
    "Welcome to the house. This handbook says how we work together, and whom to ask.",
    "Everybody has 25 days of paid leave a year. Days that are left lapse at the end of March of the next year. "
    "Tell your team two weeks before you go.",
    "Who falls ill calls in before nine. From the third day on a doctor's note is needed.",
)
MINUTES = "# Minutes of October\n\nThe leave of last year can be taken until May.\n\n## Kitchen\n\nThe kettle is new.\n"
RULES = (
    "# 취업 규칙\n\n함께 일하는 방법과 물어볼 곳을 담은 규칙입니다.\n\n"
    "## 휴가\n\n모든 직원은 해마다 25일의 유급 휴가를 쓸 수 있습니다. "
    "남은 휴가는 다음 해 3월 말에 없어집니다. 휴가를 가기 두 주 전에 동료에게 알려 주세요.\n\n"
    "## 병가\n\n아플 때는 아홉 시 전에 전화해 주세요. 사흘째부터는 진단서가 필요합니다.\n"
)
MINUTES_KO = "# 10월 회의록\n\n지난해 휴가는 5월까지 쓸 수 있습니다.\n\n## 부엌\n\n주전자를 새로 샀습니다.\n"
SOUGHT = {"en": "paid leave", "ko": "유급 휴가"}


def papers(folder: Path, language: str) -> list[Path]:
    if language == "ko":
        texts = {"취업 규칙.md": RULES, "회의록.md": MINUTES_KO}
    else:
        pdf(folder / "Employee handbook.pdf", HANDBOOK, "Employee handbook")
        texts = {"Minutes.md": MINUTES}
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return sorted(folder.iterdir())
