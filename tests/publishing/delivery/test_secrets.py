"""Nothing that stands in delivery.yaml is repeated, whatever is wrong there and however it is told."""

from __future__ import annotations

import typing

import pytest
from msgspec.structs import fields

from reports.cli.main import main
from reports.diagnostics.problems import SETTINGS_WORDS, ReportError, errors
from reports.model.delivery_settings import Delivery, Mail, Secret, Sender, SharedFolder
from reports.model.values import LANGUAGES, BilingualText
from reports.pipeline.read import Folders, read
from reports.publishing.delivery.letters import stopped
from reports.publishing.delivery.message import Letter, Party, message_bytes
from tests.support.smtp_server import settings_of
from tests.support.workplace import NOW, small_house

TYPED = "zq9xk"
#: Every value has the secret in it.
GOOD = """\
on: true
mail:
  server: zq9xk.example.org
  port: 587
  security: starttls
  from: {name: {zh: 秘书处zq9xk, en: Office zq9xk}, address: zq9xk@example.org}
  salutation: {zh: "{name}秘书处zq9xk", en: "Dear {name}, zq9xk"}
  signature: {zh: 秘书处zq9xk, en: Office zq9xk}
  user: zq9xk-user
  password: {env: ZQ9XK_PASSWORD}
  authority: zq9xk.pem
  timeout: 30
  final: 30
folder: {path: /srv/zq9xk}
"""
KEYS = (
    "on", "mail", "server", "port", "security", "from", "salutation", "signature", "user", "password", "timeout", "folder",
)  # fmt: skip
#: What people type in place of a value; `V` is what they typed.
VALUES = (
    "!V", "&V", "*V", "|V", ">V", "@V", "%V", "`V`", "'V", '"V', "V: V", "V : V", "V:V", "{V}", "{env V}", "{env: V}",
    "{file:V}", "{env: V, file: V}", "{env: [V]}", "{V: V}", "{password: V}", "[V]", "[V, {V: V}", "{V", "[V", "“V”", "‘V’",
    "{env：V}", "｛env: V｝", "{env: V， file: V}", "smtp://u:V@host", "V@host", "V #V", "V\tV", "V\\", '"\\V"', '"V" V', "'V' V",
    "-V", "- V", "? V", "!!V V", "V\n   V: V", "V\n  V: V\n V: V", "\n    V: [}", "\n  - V\n  - V", "|\n    V\n   V",
    "{env: V}}", "[[V]", "<<: V", "{<<: V}", "V=V", "V\x07", "V\ufeff", "V\u200bV", "V\u202eV", "０V", "2023-13-V", "V kB", "",
    "{env: V, env: V}", "{zh: V}", "{zh: V, V: V}", "{name: V, address: V}", "{name: {V: V}, address: V@V@V}", "1,5V", "NO V",
)  # fmt: skip
#: What is typed in place of the whole file.
FILES = (
    "V", "- V", "{V", "V: V", "V:\n  - id: V\n", "mail: V\n", "on: V\nfolder: V\n", "mail:\n- server: V\n", "--- V\n--- V\n", "%V\n",
    "on: true\n", "on: true\non: V\nmail: {server: V}\n", "'V", "\tV: V\n", "mail:\n  password: V\n password: V\n", "a: &V b\nc: *V2\n",
    "V\x00V: V\n", "meetings:\n  - id: V\n", "mail：V\n", "mail:\n  V\n  password: V\n", "on: true\nmail:\n  servr: V\n  V: V\n",
)  # fmt: skip


def mistakes() -> list[bytes]:
    """Settings, each with one mistake that may hold the secret."""
    lines = GOOD.splitlines(keepends=True)
    found = [text.replace("V", TYPED) for text in FILES]
    for key in KEYS:
        n = next(n for n, line in enumerate(lines) if line.lstrip().startswith(f"{key}:"))
        begin = lines[n].partition(":")[0]
        typed = [f"{begin}: {value.replace('V', TYPED)}\n" for value in VALUES]
        typed += [
            f"{begin}{TYPED}: x\n",
            f"{begin} {TYPED}\n",
            f"{begin}:{TYPED}\n",
            f"{begin}={TYPED}\n",
        ]
        found += ["".join([*lines[:n], line, *lines[n + 1 :]]) for line in typed]
    latin = GOOD.replace("秘书处", "é").encode("latin-1")
    return [*(text.encode() for text in found), latin, GOOD.encode("utf-16"), GOOD.encode("gb18030")]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    return small_house(tmp_path_factory.mktemp("house"))


def check(house: Folders, lang: str, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    main(["check", f"--data={house.data}", f"--templates={house.templates}", f"--output={house.output}",
          "--lang", lang, "--format", form])  # fmt: skip
    return "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "name",
    [
        "../delivery.yaml",
        "../delivery.yml",
        "delivery.yaml",
        "delivery.yml",
        "副本delivery (1).yaml",
        "memo/Delivery.yaml",
        "mail.yaml",
        "secrets.yaml",
        "memo/邮件密码.yml",
    ],
)
def test_no_problem_and_no_alarm_repeats_what_was_typed(house: Folders, name: str) -> None:
    """What a problem does not hold, no way of showing it lets out."""
    found = 0
    path = house.data / name
    path.parent.mkdir(exist_ok=True)
    for typed in mistakes():
        path.write_bytes(typed)
        problems = read(house.data).problems
        for problem in problems:
            told = f"{problem.args} {problem.message('zh')} {problem.hint('zh')} {problem.message()} {problem.hint()}"
            assert TYPED not in told.casefold(), typed.decode(errors="replace")
        found += bool(errors(problems))
    path.unlink()
    assert found > len(mistakes()) // 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
def test_no_form_of_check_repeats_what_was_typed(
    house: Folders, form: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (settings_of(house), house.data / "delivery.yaml", house.data / "mail.yaml"):
        for typed in mistakes()[::29]:
            place.write_bytes(typed)
            said = check(house, lang, form, capsys)
            place.unlink()
            assert TYPED not in said.casefold(), typed.decode(errors="replace")


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab"])
@pytest.mark.parametrize(
    "typed",
    [
        "    password: Zq9xK\n", "    pasword: '!Zq9xK\n", "    passwd: [Zq9xK\n", "    smtp_token: {Zq9xK: 1}\n", "    密码：Zq9xK\n",
        "    password:\n      Zq9xK: 1\n", "    api-key: &Zq9xK a\n", "    server: smtp://u:Zq9xK@example.org\n",
        "    period: {password: Zq9xK}\n",
    ],
)  # fmt: skip
def test_a_line_that_looks_like_a_secret_is_repeated_nowhere(
    house: Folders, typed: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = house.data / "reports.yaml"
    before = reports.read_text("utf-8")
    reports.write_text(before.replace("    template: letter\n", f"    template: letter\n{typed}", 1), "utf-8")
    said = check(house, "en", form, capsys)
    reports.write_text(before, "utf-8")
    assert "reports.yaml" in said
    assert TYPED not in said.casefold()


def test_nobody_is_told_to_put_a_password_in_quotation_marks(house: Folders) -> None:
    for typed in ("!Zq9xK", "@Zq9xK", "'Zq9xK", "Zq9xK: x", "{Zq9xK", "`Zq9xK", "Zq #9xK"):
        settings_of(house).write_text(GOOD.replace("{env: ZQ9XK_PASSWORD}", typed), "utf-8")
        told = read(house.data).undeliverable
        settings_of(house).unlink()
        assert told
        for one in told:
            advice = f"{one.message()} {one.hint()}"
            assert "quot" not in advice or "A password does not stand here" in advice


@pytest.mark.parametrize("lang", ["zh", "en", "zh-Hant"])
def test_the_alarm_repeats_nothing_that_was_typed(house: Folders, lang: str) -> None:
    sender = Sender(name=BilingualText("秘书处", "Office"), address="office@example.org")
    mail = Mail(server="smtp.example.org", sender=sender)
    for typed in mistakes()[::7]:
        (house.data / "delivery.yaml").write_bytes(typed)
        problems = read(house.data).problems
        (house.data / "delivery.yaml").unlink()
        letter = stopped(
            "<1@example.org>", NOW, mail, Party("", "a@example.org"), lang=lang, problems=problems
        )
        assert TYPED not in f"{letter.subject}{letter.text}{letter.html}".casefold()


def test_the_words_of_the_settings_are_those_that_may_be_repeated() -> None:
    """A field added to the settings is added to the words, else messages could not name it."""
    named = {
        one.encode_name for part in (Delivery, Mail, Sender, Secret, SharedFolder) for one in fields(part)
    }
    chosen = {word for one in fields(Mail) for word in typing.get_args(one.type) if isinstance(word, str)}
    assert named | chosen | set(LANGUAGES) | {"true", "false", "yes", "no"} == SETTINGS_WORDS


def test_a_wrong_field_is_named_all_the_same(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    (house.data / "delivery.yaml").write_text(
        "mail:\n  servr: smtp.example.org\n  from: {name: A}\n", "utf-8"
    )
    said = check(house, "en", "text", capsys)
    (house.data / "delivery.yaml").unlink()
    assert "Did you mean 'server'?" in said
    assert "'address'" in said
    assert "servr" not in said


def test_a_sender_that_cannot_be_written_is_told_without_being_repeated() -> None:
    for party in (Party("Office =?zq9xk", "office@example.org"), Party("Office", "zq9xk用户@example.org")):
        letter = Letter("<1@example.org>", NOW, party, Party("A", "a@example.org"), "S", "T")
        with pytest.raises(ReportError) as refused:
            message_bytes(letter)
        problem = refused.value.problems[0]
        assert problem.code == "delivery/unmade"
        assert "mail.from" in problem.message()
        assert TYPED not in problem.message()
