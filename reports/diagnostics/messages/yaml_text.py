"""Sentences about how a data file is written: its encoding, signs, indentation, brackets; in English and Chinese.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

YAML: Rows = {
    "yaml/syntax": (
        "this cannot be read: {detail}", "无法读懂：{detail}",
        "Check the line and the one above: colon and space, quotes, equal indentation.",
        "请检查本行和上一行：冒号加空格、引号成对、缩进一致。",
    ),
    "yaml/duplicate-key": (
        "'{key}' is given twice; first at line {line}", "“{key}”重复；第一次在第 {line} 行",
        "Keep one of the two.", "请只保留一个。",
    ),
    "yaml/duplicate-list": (
        "'{key}:' stands twice in this file; first at line {line}", "“{key}:”在本文件中出现了两次；第一次在第 {line} 行",
        "Delete this line and move its records up to those of line {line}.", "请删去本行，并把其下的记录移到第 {line} 行的列表中。",
    ),
    "yaml/encoding": (
        "this file is not UTF-8; it looks like {encoding}", "文件不是 UTF-8 编码，像是 {encoding}",
        "Notepad: Save as, encoding UTF-8. VS Code: bottom right, Reopen with Encoding {encoding}, then Save with UTF-8.",
        "记事本：“另存为”，编码选 UTF-8。VS Code：右下角，先“通过编码重新打开”选 {encoding}，再“通过编码保存”选 UTF-8。",
    ),
    "yaml/no-text": (
        "this file is no text in any encoding known here", "文件不是文本，或编码无法识别",
        "It may be a Word or Excel file under another name; save its text with the encoding UTF-8.",
        "可能是改了扩展名的 Word 或 Excel 文件；请将文字另存为 UTF-8 编码的文本。",
    ),
    "yaml/turns-text": (
        "an invisible sign turns the direction of the text here ({code}): what is read is not what stands there",
        "这里有改变文字方向的不可见字符（{code}）：看到的与实际内容不同",
        "Delete it, and type what is meant.", "请删除，并重新输入内容。",
    ),
    "yaml/lost-letters": (
        "letters were lost here: {lost}", "这里的文字已经损坏：{lost}",
        "The file was opened in a wrong encoding and saved; type them anew, or take them from an older version.",
        "文件曾以错误的编码打开并保存；请重新输入，或从旧版本中找回。",
    ),
    "yaml/quote-open": (
        "the text in quotation marks that begins here never ends", "从这里开始的引号没有结束",
        "Close it with {sign}.", "请在末尾补上 {sign}。",
    ),
    "yaml/after-quote": (
        "the text goes on behind its closing quotation mark", "引号结束后又出现了文字",
        "Put the whole value in the other quotation marks: {other}…{other}.", "请把整个值改放在另一种英文引号中：{other}…{other}。",
    ),
    "yaml/trailing": (
        "'{sign}' stands behind the value", "值的后面多了“{sign}”",
        "Delete it; a line needs no mark at its end.", "请删去；行末不用标点。",
    ),
    "yaml/no-dash": (
        "a record begins here without '-'", "这里另起一条记录，但前面没有“-”",
        "Write '- {field}', two columns further left than its other fields.", "请写“- {field}”，“-”比其余字段靠左两格。",
    ),
    "yaml/equals": (
        "'=' stands where ':' belongs", "此处的“=”应为“:”", "Write '{key}: {value}'.", "请写“{key}: {value}”。",
    ),
    "yaml/bracket": (
        "in the brackets that begin here a comma or the closing {sign} is missing",
        "从这里开始的括号中缺少逗号或结尾的 {sign}",
        "Close the bracket; put texts with a comma or colon in quotation marks.",
        "请补上括号；含有逗号或冒号的文字请加英文引号。",
    ),
    "yaml/no-comma": (
        "a comma is missing in front of this", "这里的前面缺少逗号",
        "Put a comma between two values in brackets, or the whole text in quotation marks.",
        "括号中两项之间用半角逗号隔开；若是同一段文字，请整段加英文引号。",
    ),
    "yaml/after-bracket": (
        "the text goes on behind the closing {sign}", "{sign} 之后又出现了文字",
        "Put a text that begins with a bracket in straight quotation marks as a whole.", "以括号开头的文字请整段加英文引号。",
    ),
    "yaml/no-field": (
        "'{text}' stands in braces without a colon, as if it were a field", "花括号中的“{text}”后面没有冒号，会被当成字段名",
        'Where it goes on with the text before the comma, put all of that in quotation marks: "a, b".',
        '若它与逗号前的文字是一句话，请给整句加英文引号："甲, 乙"。',
    ),
    "yaml/needs-braces": (
        "'{lang}:' stands behind another field in one line", "“{lang}:”写在了另一个字段的同一行",
        "Write {{zh: 中文, en: English}}, or each language in a line of its own, further right.",
        "请写成 {{zh: 中文, en: English}}；或每种语言另起一行并缩进。",
    ),
    "yaml/extra-dash": (
        "this dash begins another record", "这里的“-”会另起一条记录",
        "Let only the first field of a record have a dash; put two spaces in its place here.",
        "每条记录只有第一个字段前加“-”；此处请改为两个空格。",
    ),
    "yaml/quote-closed": (
        "the text begins with {sign} and ends with {found}", "文字以 {sign} 开头，却以 {found} 结尾",
        "Type the closing {sign} with the input method switched to English.", "请切换到英文输入法，输入结尾的 {sign}。",
    ),
    "yaml/two-fields": (
        "the field '{field}' stands behind another one in the same line", "字段“{field}”与前一个字段写在了同一行",
        "Write each field in a line of its own.", "每个字段各占一行。",
    ),
    "yaml/bullet": (
        "'{found}' stands where '{meant}' belongs", "此处的“{found}”应为“{meant}”",
        "A record or an entry begins with '- '.", "每条记录、每一项以“- ”开头。",
    ),
    "yaml/comment": (
        "a comment does not begin with '{found}'", "注释不以“{found}”开头", "Write '# ' in its place.", "请改为“# ”。",
    ),
    "yaml/conflict": (
        "two people changed the same lines, and git put both here", "两人改了同一处，git 把两种写法都留在了这里",
        "Keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        "请保留一种写法，并删去以 <<<<<<<、=======、>>>>>>> 开头的行。",
    ),
    "yaml/no-value": (
        "a value is missing in front of '{sign}'", "“{sign}”前面缺少内容",
        "Write the value, or delete the sign; put a text that begins with it in quotation marks.",
        "请填写内容，或删去该符号；以它开头的文字请加英文引号。",
    ),
    "yaml/colon-in-text": (
        "this value contains a colon and a space", "这个值中间有冒号加空格",
        'Put the whole value in straight quotation marks: "…".', '请把整个值放在英文引号中："…"（“”不算）。',
    ),
    "yaml/indentation": (
        "the indentation of this line fits none of the lines above", "本行的缩进与上面各行都对不上",
        "Let the fields of a record, and the dashes of a list, begin in the same column.",
        "同一条记录的字段、同一列表的“-”，都应从同一列开始。",
    ),
    "yaml/no-colon": (
        "this line is neither 'name: value' nor '- entry'", "本行既不是“名称: 值”，也不是“- 条目”",
        "Put a colon and a space behind the name; let a text that goes on begin further right.",
        "名称后加半角冒号和空格；续行的文字要比上一行缩进更多。",
    ),
    "yaml/colon-space": (
        "a space is missing behind '{key}:'", "“{key}:”后面缺少空格", "Write '{key}: {value}'.", "请写“{key}: {value}”。",
    ),
    "yaml/dash-space": (
        "a space is missing behind '-'", "“-”后面缺少空格", "Write '- {value}'.", "请写“- {value}”。",
    ),
    "yaml/needs-quotes": (
        "a text that begins with '{sign}' needs quotation marks", "以“{sign}”开头的文字须加引号",
        "Put the whole value in quotation marks.", "请把整个值放在英文引号中。",
    ),
    "yaml/escape": (
        "a backslash between double quotation marks begins a code, and this is none",
        "双引号中的反斜杠表示转义，此处写法无效",
        "Use single quotation marks: '…'.", "请改用单引号：'…'。",
    ),
    "yaml/control-character": (
        "an invisible control character ({code}) stands here", "这里有不可见的控制字符（{code}）",
        "Delete it; such characters come along when text is pasted from Word.",
        "请删除；从 Word 粘贴文字时会带入此类字符。",
    ),
    "yaml/hash": (
        "the text behind '#' is lost here: '{lost}'", "“#”后面的文字会丢失：“{lost}”",
        "Put the whole value in quotation marks; where it is a remark, write a space behind '#'.",
        "请把整个值放在英文引号中；若是注释，请在“#”后加一个空格。",
    ),
    "yaml/line-ends": (
        "some lines of this file end as on Windows, others do not", "文件中的换行符不一致（CRLF 与 LF 混用）",
        "Choose one of them in the editor: LF, or CRLF.", "请在编辑器中统一选择 LF 或 CRLF。",
    ),
    "yaml/tab": (
        "a tab is used as indentation", "缩进用了制表符（Tab）", "Use spaces.", "请改用空格。",
    ),
    "yaml/full-width": (
        "'{found}' stands where '{meant}' belongs", "此处的“{found}”应为“{meant}”",
        "Type the half-width '{meant}' (switch the input method to English).",
        "请输入半角“{meant}”（切换到英文输入法）。",
    ),
    "yaml/space": (
        "a special space ({code}) stands where an ordinary one belongs", "此处的空格是特殊空格（{code}）",
        "Delete it and type spaces with the input method switched to English.", "请删除，切换到英文输入法后重新输入空格。",
    ),
    "yaml/too-deep": (
        "the lists and fields are nested deeper than {limit}", "嵌套层数超过 {limit}", "Write it flatter.", "请减少层次。",
    ),
    "yaml/too-many-values": (
        "the file holds more than {limit} values", "文件中的值超过 {limit} 个",
        "Split it into several files.", "请拆成几个文件。",
    ),
    "yaml/too-many-aliases": (
        "the file repeats values with '*' more than {limit} times", "文件中用“*”引用的次数超过 {limit}",
        "Write the values out.", "请直接写出内容。",
    ),
    "yaml/too-large": (
        "the file is over the limit: {limit}", "文件超出限制：{limit}",
        "Split it into several files.", "请拆成几个文件。",
    ),
    "yaml/unsupported": (
        "'{what}' cannot be used in data files", "数据文件中不能使用“{what}”",
        "Delete it, and write out what it stands for.", "请删去，直接写出所代表的内容。",
    ),
    "yaml/several-documents": (
        "a second document begins here ('---')", "这里又开始了一个文档（“---”）",
        "Remove the line, or split the file.", "请删去这一行，或拆成两个文件。",
    ),
}  # fmt: skip
