"""The sentences about delivering issues. None of them repeats a password."""

from __future__ import annotations

Rows = dict[str, tuple[str, ...]]

_SETTINGS: Rows = {
    "delivery/mapped-drive": (
        "the shared folder has a drive letter of this session: a task that runs while nobody has signed in does not see it",
        "共享目录写的是本次登录所映射的盘符，无人登录时运行的任务看不到它",
        "Write the path of the share, for example //server/share/leadership.",
        "请写共享的完整路径，例如 //server/share/leadership。",
    ),
    "delivery/server": (
        "'{value}' is not the name of a server", "“{value}”不是服务器名称",
        "Write for example smtp.example.org.", "例如 smtp.example.org。",
    ),
    "delivery/port": (
        "'{value}' is not a port", "“{value}”不是端口号",
        "Write 587 (starttls) or 465 (tls), or leave it out.", "请写 587（starttls）或 465（tls），也可不写。",
    ),
    "delivery/seconds": (
        "'{value}' is not a number of seconds", "“{value}”不是秒数",
        "Write a whole number from 1 to 3600.", "请写 1 到 3600 的整数。",
    ),
    "delivery/variable": (
        "this is not the name of an environment variable", "这不是环境变量的名称",
        "Write capital letters, digits and underscores, for example REPORTS_MAIL_PASSWORD; not the password itself.",
        "只用大写字母、数字和下划线，例如 REPORTS_MAIL_PASSWORD；不要写密码本身。",
    ),
    "delivery/secret": (
        "the password does not stand here, only where it is", "此处不写密码，只写密码在哪里",
        "Write {{env: REPORTS_MAIL_PASSWORD}} or {{file: PATH}}. If this was the password, change it.",
        "请写 {{env: REPORTS_MAIL_PASSWORD}} 或 {{file: 路径}}。如果写过真密码，请更换密码。",
    ),
    "delivery/unreadable": (
        "this line cannot be read as it is written", "这一行这样写无法读取",
        "A password does not stand here: write {{env: REPORTS_MAIL_PASSWORD}} or {{file: PATH}}, and change it. Other texts go in quotation marks.",
        "此处不写密码：请写 {{env: REPORTS_MAIL_PASSWORD}} 或 {{file: 路径}}，并更换密码。其他文字请加英文引号。",
    ),
    "delivery/folder-path": (
        "this is not the path of a folder", "这不是目录的路径",
        "Connect the drive and write its folder, on Windows for example Z:/leadership; no address of the web. If it held a password, change it.",
        "请先连接网络盘，再写其目录，Windows 上例如 Z:/leadership；不写网址。如果写过密码，请更换密码。",
    ),
    "delivery/twice": (
        "the settings of delivery stand in two files", "投递设置写在了两个文件里",
        "Delete this one, or the other; delivery.yaml belongs beside the data folder.",
        "请删除这个或另一个；delivery.yaml 应放在数据文件夹旁边。",
    ),
    "delivery/name": (
        "a file with settings of delivery is called otherwise", "投递设置的文件名不合规则",
        "Name it delivery.yaml, or delivery-….yaml: of files of this name nothing is ever shown.",
        "请命名为 delivery.yaml 或 delivery-….yaml：这样命名的文件，内容从不显示。",
    ),
    "delivery/among-data": (
        "the settings of delivery stand among the data: whoever may edit those can name another server, folder or password",
        "投递设置放在了数据中：能修改数据的人就能改写服务器、目录或密码所在",
        "git mv {found} {meant} moves it beside the data.", "用 git mv {found} {meant} 可移到数据旁边。",
    ),
    "delivery/nowhere": (
        "delivery is switched on, and neither 'mail' nor 'folder' is said", "已开启投递，却没有写 mail 或 folder",
        "Add one of them, or write 'on: false'.", "请补上其一，或写 on: false。",
    ),
}  # fmt: skip

_SENDING: Rows = {
    "delivery/not-in-force": (
        "'{name}' is not in force: a draft, or replaced by a correction", "“{name}”不是现行的一期：尚是草稿，或已被更正取代",
        "run.py history {report} shows what is in force.", "run.py history {report} 可查看现行各期。",
    ),
    "delivery/adopted": (
        "it is not known who got {name}: its memory was lost, and it was taken back in", "不知道谁收到过 {name}：记录曾丢失，后来收回",
        "Ask them. run.py deliver {name} --again sends it to everybody who is named now.",
        "请先询问收件人。run.py deliver {name} --again 会发给现在写明的每一位收件人。",
    ),
    "delivery/no-password": (
        "the password is not where mail.password says", "mail.password 所指之处没有密码",
        "Put it there, for the account that runs the job; nothing was sent, nothing is lost.",
        "请在运行本程序的账户下设置；没有发送任何内容，也没有丢失。",
    ),
    "delivery/open-secret": (
        "others on this machine can read the file that mail.password names", "本机的其他用户能读到 mail.password 所指的文件",
        "Run chmod 600 with the path of that file.", "请对该文件执行 chmod 600。",
    ),
    "delivery/unreachable": (
        "the mail server took nothing: {detail}", "邮件服务器没有接收：{detail}",
        "What waits stays in the outbox and is tried again.", "待发邮件留在发件箱，稍后自动重试。",
    ),
    "delivery/login": (
        "the mail server did not take name and password: {detail}", "邮件服务器不接受用户名和密码：{detail}",
        "Correct mail.user, or the password where mail.password says it is. What waits is sent then; nothing is lost.",
        "请更正 mail.user，或更正 mail.password 所指之处的密码；之后待发邮件会发出，没有丢失。",
    ),
    "delivery/no-encryption": (
        "the mail server offers no encryption here: {detail}", "邮件服务器在此不提供加密：{detail}",
        "Ask its people for an encrypted port; for one that begins encrypted write 'security: tls' in delivery.yaml.",
        "请向邮件管理员询问加密端口；如果一开始就加密，请在 delivery.yaml 中写 security: tls。",
    ),
    "delivery/certificate": (
        "the certificate of the mail server does not verify: {detail}", "邮件服务器的证书未通过验证：{detail}",
        "Write in mail.server the name the certificate is for, and in mail.authority the file of an authority of your own; look at the clock, too.",
        "mail.server 请写证书上的名称；自建的证书机构请把其证书文件写在 mail.authority；并请核对本机时钟。",
    ),
    "delivery/authority": (
        "the certificates that mail.authority names cannot be read: {detail}", "无法读取 mail.authority 所指的证书：{detail}",
        "Name a file of certificates in PEM form (-----BEGIN CERTIFICATE-----), or leave mail.authority out.",
        "请写 PEM 格式的证书文件（-----BEGIN CERTIFICATE-----），或不写 mail.authority。",
    ),
    "delivery/sender": (
        "the mail server does not take messages from the address in mail.from: {detail}", "邮件服务器不接受 mail.from 的地址发信：{detail}",
        "Write an address in mail.from that mail.user may send from. What waits is sent then; nothing is lost.",
        "请在 mail.from 中写 mail.user 可以使用的发件地址；之后待发邮件会发出，没有丢失。",
    ),
    "delivery/refused": (
        "{recipient} was refused: {detail}", "{recipient} 被拒收：{detail}",
        "Correct the address in reports.yaml for the next issue; run.py outbox resend {id} tries once more.",
        "请在 reports.yaml 中更正地址，供下期使用；run.py outbox resend {id} 可再试一次。",
    ),
    "delivery/unknown": (
        "it is not known whether {recipient} got a message: {detail}", "不知道 {recipient} 是否收到：{detail}",
        "Ask them. Then run.py outbox resend {id}, or run.py outbox drop {id}.",
        "请向对方核实，再执行 run.py outbox resend {id} 或 run.py outbox drop {id}。",
    ),
    "delivery/waits": (
        "a message to {recipient} could not be delivered yet: {detail}", "给 {recipient} 的内容暂未送达：{detail}",
        "It is tried again by itself.", "将自动重试。",
    ),
    "delivery/folder-waits": (
        "the files could not be put into the shared folder yet: {detail}", "文件暂未放进共享目录：{detail}",
        "It is tried again by itself.", "将自动重试。",
    ),
    "delivery/folder-given-up": (
        "after {days} days it was given up to put the files into the shared folder: {detail}",
        "{days} 天未能把文件放进共享目录，不再重试：{detail}",
        "run.py outbox resend {id} begins again.", "run.py outbox resend {id} 可重新开始。",
    ),
    "delivery/given-up": (
        "after {days} days a message to {recipient} was given up: {detail}", "{days} 天未能送达 {recipient}，不再重试：{detail}",
        "run.py outbox resend {id} begins again.", "run.py outbox resend {id} 可重新开始。",
    ),
    "delivery/unmade": (
        "a message cannot be made: {detail}", "邮件无法生成：{detail}",
        "Correct it; the message waits in the outbox.", "请改正；邮件仍在发件箱中。",
    ),
    "delivery/no-folder": (
        "the shared folder is not there", "共享目录不存在",
        "Connect the drive, or correct 'folder' in delivery.yaml.", "请连接网络盘，或更正 delivery.yaml 中的 folder。",
    ),
    "delivery/folder-is-file": (
        "where the shared folder should be there is a file", "共享目录所指的是一个文件",
        "Correct 'path' of 'folder' in delivery.yaml: it names a folder.", "请更正 delivery.yaml 中 folder 的 path：应为目录。",
    ),
    "delivery/folder-unwritable": (
        "nothing can be written into the shared folder: {detail}", "无法写入共享目录：{detail}",
        "Let the account that runs the job write there.", "请允许运行本程序的账户写入。",
    ),
    "delivery/folder-changed": (
        "'{name}' in the shared folder is not what was put there: somebody changed it", "共享目录中的“{name}”已被人改动",
        "Keep it under another name if you want it, then run.py deliver; nothing was written over.",
        "如需保留请改名，再执行 run.py deliver；没有覆盖任何文件。",
    ),
    "delivery/stays": (
        "'{name}' in the shared folder is not in force, and stays there: somebody changed it", "共享目录中的“{name}”已失效但未移走：已被人改动",
        "Look at it, and move it yourself.", "请查看后自行移走。",
    ),
    "delivery/no-mail": (
        "no mail server is named in delivery.yaml", "delivery.yaml 没有写邮件服务器",
        "Write 'mail:' there.", "请写明 mail:。",
    ),
    "delivery/no-share": (
        "no shared folder is named in delivery.yaml", "delivery.yaml 没有写共享目录",
        "Write 'folder:' there; run.py outbox lists what waits for it, and run.py outbox drop ID gives it up.",
        "请写明 folder:；run.py outbox 可列出待发的文件，不再需要的用 run.py outbox drop 编号 放弃。",
    ),
    "outbox/no-id": (
        "say what to {action}", "请写明要 {action} 哪一件",
        "run.py outbox lists what is there; then run.py outbox {action} ID.",
        "run.py outbox 可列出全部；然后执行 run.py outbox {action} 编号。",
    ),
    "outbox/unknown-id": (
        "there is nothing '{id}' in the outbox", "发件箱里没有“{id}”",
        "run.py outbox lists what is there.", "run.py outbox 可列出全部。",
    ),
    "outbox/settled": (
        "'{id}' is {state}; it needs no decision", "“{id}”{state}，无需处理",
        "Only what is unknown, failed or waiting can be sent again or dropped; what a person dropped, sent again.",
        "只有结果不明、失败或待发的才能重发或放弃；由人放弃的可以重发。",
    ),
}  # fmt: skip

DELIVERY: Rows = {**_SETTINGS, **_SENDING}
