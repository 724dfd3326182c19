"""Words about issues, rounds and the outbox."""

from __future__ import annotations

WORDS = {
    # issues: their states and what is told of them
    "issue.draft": ("草稿", "draft"), "issue.approved": ("已批准", "approved"), "issue.issued": ("已印发", "issued"),
    "issue.superseded": ("已被更正", "superseded"), "issue.built": ("生成于", "built"), "issue.data": ("数据", "data"),
    "issue.changes": ("与上一版的不同", "differs from the revision before"),
    "issue.added": ("增加", "added"), "issue.removed": ("删除", "removed"), "issue.changed": ("改动", "changed"),
    "issue.none": ("尚无记录", "nothing was built yet"),
    "issue.nobody": (
        "没有发给任何人：投递未开启，或未写收件人；以后可用 run.py deliver 报告/时期 补发",
        "it goes to nobody: delivery is off, or no recipients are named; run.py deliver REPORT/PERIOD sends it later",
    ),
    # what a build made
    "built.draft": ("{report} {period}：草稿", "{report} {period}: a draft"),
    "built.files": ("{report} {period}：已生成", "{report} {period}: made"),
    "built.correction": (
        "{report} {period}：更正稿（第{revision}版）", "{report} {period}: draft of a correction (revision {revision})",
    ),
    "built.issued": ("{report} {period}：已印发，没有变化，未作改动", "{report} {period}: issued, unchanged, left as it is"),
    "built.only-tools": (
        "{report} {period}：已印发；读者看到的没有变化，变的只是生成文件的软件，已印发的文件保留不动",
        "{report} {period}: issued; nothing a reader sees has changed, only the programs that make the files: the issued ones stay",
    ),
    "built.after": ("{said}（{after} 已印发）", "{said} ({after} is issued)"),
    "built.differs": ("{report} {period} 现在有以下不同：", "{report} {period} would read otherwise now:"),
    "built.wording": ("文字或版式有改动，事实没有变化", "wording or layout was changed, no fact"),
    "approve.changed": ("草稿生成后有以下改动，草稿中没有：", "Changed since the draft was built, and not in it:"),
    "approve.question": ("仍照草稿印发吗？[y/N] ", "Issue the draft as it is? [y/N] "),
    "issue.discarded": ("已弃稿", "discarded"), "issue.withdrawn": ("已撤回", "withdrawn"),
    # what people did to them
    "act.discard": ("弃稿", "discarded"), "act.withdraw": ("撤回", "withdrawn"), "act.rename": ("改名", "renamed"),
    "act.drop": ("不再发送", "not to be sent"), "act.resend": ("重新发送", "to be sent again"),
    "act.skip": ("不出", "passed over"), "act.adopt": ("收回记录", "taken back in"), "act.restore": ("恢复备份", "restored from a backup"),
    "adopt.done": (
        "收回 {count} 期。不知道它们发给了谁，不会自动再发。", "{count} taken back in. To whom they went is not known; nobody gets them again unasked.",
    ),
    "adopt.would": ("将收回以上 {count} 期；去掉 --dry-run 即执行。", "These {count} would be taken back in; without --dry-run it is done."),
    "adopt.nothing": ("账本知道印发过的每一期，无需收回。", "The ledger knows all that was issued; there is nothing to take back in."),
    "issue.recipients-lost": ("→ 发给了谁：不详（记录曾丢失）", "→ to whom it went: not known (its memory was lost)"),
    # backups
    "backup.done": ("已备份 {count} 个文件，并逐一核对：", "{count} files are backed up, each read again and compared:"),
    "restore.done": ("已放回 {at} 的备份；输出文件夹补回 {count} 个文件。", "The backup of {at} is put back; {count} missing files of the output folder."),
    "restore.folder-made": ("已放回文件夹 {name}。", "The folder {name} is put back."),
    "restore.kept": ("原来的账本保存为 {name}。", "The ledger before is kept as {name}."),
    "restore.then": (
        "备份之后印发的各期，用 run.py adopt 收回；备份时待发的邮件是否已发，请看 run.py outbox。",
        "What was issued after it is taken back in by run.py adopt; what waited to be sent then is for you to settle: see run.py outbox.",
    ),
    "discard.done": ("已弃稿：{name}", "discarded: {name}"), "discard.would": ("将弃去草稿 {name}，移除：", "would discard {name} and remove:"),
    "discard.kept": ("以下文件生成后有人改过，或正被打开，予以保留：", "kept, because they were changed since or are held open:"),
    "discard.again": (
        "到期也不再自动生成。需要时运行 run.py build {report} --period {period}。",
        "It is not made again by itself. To have it after all: run.py build {report} --period {period}",
    ),
    "discard.again-correction": (
        "已印发的一版仍然有效。再要更正时运行 run.py build {report} --period {period} --correct。",
        "What is issued stays in force. To correct it after all: run.py build {report} --period {period} --correct",
    ),
    "withdraw.done": ("已撤回：{name}", "withdrawn: {name}"), "withdraw.would": ("将撤回 {name}：", "would withdraw {name}:"),
    "withdraw.told": ("将通知 {recipient}", "to be told: {recipient}"),
    "withdraw.folder": ("共享目录中的文件移到一边", "its files in the shared folder go aside"),
    "withdraw.dropped": ("不再发送给 {recipient}", "not sent any more: {recipient}"),
    "withdraw.nobody": ("据发件记录，没有人收到过", "nobody got it, as far as the outbox knows"),
    "withdraw.off": (
        "投递未开启，通知留在发件箱中；请自行告知，或开启后运行 run.py deliver",
        "delivery is off, so the letters stay in the outbox: tell them yourself, or switch it on and run run.py deliver",
    ),
    "withdraw.again": (
        "编号不再给别的一期；到期也不再自动生成。改正后运行 run.py build {report} --period {period}，生成沿用此编号的更正。",
        "Its number is given to no other, and it is not made again by itself. Corrected, it keeps the number: run.py build {report} --period {period}",
    ),
    "skip.done": (
        "{report} {period} 不出，到期也不生成。需要时运行 run.py build {report} --period {period}。",
        "{report} {period} is passed over. To have it after all: run.py build {report} --period {period}",
    ),
    "skip.listed": ("不出（{why}）", "passed over ({why})"),
    # rounds: what is due, and what became of it
    "due.provisional": ("（暂定）", " (provisional)"),
    "due": ("到期", "due"), "due.nothing": ("无事可做", "nothing is due"),
    "due.build": ("生成", "build"), "due.skip": ("不出", "pass over"), "due.remind": ("提醒", "remind"),
    "outcome.issued": ("已印发", "issued"), "outcome.drafted": ("已出草稿", "drafted"), "outcome.reminded": ("已提醒", "reminded"),
    "outcome.skipped": ("不出", "passed over"), "outcome.failed": ("失败", "failed"),
    "outcome.waits": ("等待（文件被占用）", "waits (a file is open)"),
    # the outbox: what is sent, and how far it got
    "entry.pending": ("待发", "pending"), "entry.sent": ("已送达", "sent"), "entry.unknown": ("结果不明", "unknown"),
    "entry.failed": ("失败", "failed"), "entry.dropped": ("已放弃", "dropped"),
    "letter.issue": ("报告", "issue"), "letter.draft": ("草稿", "draft"), "letter.reminder": ("提醒", "reminder"),
    "letter.alert": ("故障", "alert"), "letter.skipped": ("不出", "passed over"), "letter.undelivered": ("未送达", "undelivered"),
    "letter.withdrawn": ("撤回通知", "withdrawal"), "letter.restored": ("账本恢复", "restored"), "letter.folder": ("共享目录", "shared folder"),
    "letter.subject": ("主题", "subject"), "letter.files": ("附件", "files"),
    "letter.attempts": ("已试", "attempts"), "letter.next": ("下次", "next"),
    "deliver.nothing": ("没有待发的内容", "nothing waits to be sent"),
    "deliver.everybody": (
        "每位收件人都已列入发件箱，见 run.py outbox", "every recipient is in the outbox already: see run.py outbox",
    ),
    "deliver.dropped": (
        "已由人放弃，不发给{recipient}；如要发送：run.py outbox resend {id}",
        "{recipient}: dropped by a person; to send it after all: run.py outbox resend {id}",
    ),
    "deliver.off": (
        "投递未开启（delivery.yaml 中 on: true 开启）；下列收件人将收到报告：",
        "delivery is off ('on: true' in delivery.yaml switches it on); reports would go to:",
    ),
    "deliver.nobody": ("（尚未写收件人）", "(no recipients are named yet)"),
}  # fmt: skip
