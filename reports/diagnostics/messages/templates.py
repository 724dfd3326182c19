"""The sentences about templates, as Jinja reads them. A row is sentence, 句子, hint, 提示."""

from __future__ import annotations

from collections.abc import Mapping

from reports.diagnostics.messages.yaml_text import YAML

TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "template/syntax": ("the template cannot be read: {detail}", "模板无法读懂：{detail}"),
    "template/unexpected": (
        "'{found}' cannot stand here", "此处不应出现“{found}”",
        "Between two values stands an operator, a comma or a filter: {{{{ a ~ b }}}}, {{{{ f(a, b) }}}}, {{{{ a | join }}}}.",
        "两个值之间要有运算符、逗号或过滤器：{{{{ a ~ b }}}}、{{{{ f(a, b) }}}}、{{{{ a | join }}}}。",
    ),
    "template/unexpected-value": (
        "a text or number cannot stand here", "此处不应出现文字或数字",
        "Between two values stands an operator, a comma or a filter; a value is set with {{% set x = 1 %}}.",
        "两个值之间要有运算符、逗号或过滤器；赋值写作 {{% set x = 1 %}}。",
    ),
    "template/compare": (
        "'=' does not compare", "“=”不能用来比较", "Write '==': {{% if a == b %}}.", "请写“==”：{{% if a == b %}}。",
    ),
    "template/ends-early": (
        "the tag ends before it is complete", "标签还没写完就结束了",
        "Something is missing before '{found}', for example a name or a value.", "“{found}”之前缺少内容，例如名称或值。",
    ),
    "template/wanted": (
        "'{found}' stands where '{expected}' belongs", "此处的“{found}”应为“{expected}”",
        "A loop reads {{% for m in meetings() %}}; a value is set with {{% set x = 1 %}}.",
        "循环写作 {{% for m in meetings() %}}；赋值写作 {{% set x = 1 %}}。",
    ),
    "template/bracket": (
        "'{expected}' is missing before '{found}'", "“{found}”之前缺少“{expected}”",
        "Brackets close in the order in which they were opened.", "括号要按打开的顺序关闭。",
    ),
    "template/quote": (
        "the quotation mark that begins here has no partner", "从这里开始的引号没有成对",
        "End the text with the same sign, before the tag ends.", "请在标签结束之前用同样的引号收尾。",
    ),
    "template/sign": (
        "the sign '{found}' means nothing in a tag", "标签里不能使用符号“{found}”",
        "Operators are + - * / ~ == != < > and or not in is.", "可用的运算符：+ - * / ~ == != < > and or not in is。",
    ),
    "template/unknown-tag": (
        "there is no tag '{found}'", "没有标签“{found}”", "Known: {known}.", "可用：{known}。",
    ),
    "template/stray-end": (
        "'{found}' ends nothing that was begun", "“{found}”前面没有对应的开始标签",
        "Remove it, or begin the block above.", "请删去，或在前面补上开始标签。",
    ),
    "template/order": (
        "a value without a name stands behind one with a name", "没有名称的值写在了有名称的值之后",
        "Write those without a name first: f(a, b=1).", "请先写没有名称的：f(a, b=1)。",
    ),
    "template/undefined": (
        "'{name}' is not known here", "此处没有“{name}”", "Known: {known}.", "可用：{known}。",
    ),
    "template/open-state-chosen": (
        "nothing is found: the {kind} that fit have no {field} '{value}', because their sources state none",
        "一条也没有找到：符合条件的{kind}没有写“{field}: {value}”，因为原文没有写明",
        "Write '{kind}() | happened' for what took place by the day of the report.",
        "要取到报告截止日为止发生了的，请写“{kind}() | happened”。",
    ),
    "template/open-state-compared": (
        "none of the {kind} has the {field} '{value}' any more: where a source states none, the field is empty",
        "{kind}中已没有“{field}: {value}”：原文没有写明的，该栏目为空",
        "Write '{kind}() | happened' for what took place by the day of the report, '{{% if not record.{field} %}}' for what is left open.",
        "要取到报告截止日为止发生了的，请写“{kind}() | happened”；判断是否空着，请写“{{% if not record.{field} %}}”。",
    ),
    "template/not-found": (
        "there is no template '{name}'", "没有模板“{name}”", "Known: {known}.", "已有：{known}。",
    ),
    "template/failed": ("the template fails here: {detail}", "模板在此处出错：{detail}"),
    "template/too-large": (
        "the template makes more than {limit} characters", "模板输出超过 {limit} 个字符",
        "Look for a loop within a loop.", "请检查是否循环里又套循环。",
    ),
    "template/too-many-lines": (
        "the template makes more than {limit} lines", "模板输出超过 {limit} 行",
        "Look for a loop within a loop.", "请检查是否循环里又套循环。",
    ),
    "template/reserved-character": (
        "the character {code} is kept for the product's own use", "字符 {code} 为系统保留", "Delete it.", "请删除。",
    ),
    "template/too-long": (
        "the template takes more than {limit} steps", "模板运行超过 {limit} 步",
        "Look for a loop within a loop.", "请检查是否循环里又套循环。",
    ),
    "template/endless": ("the template calls itself without end", "模板无休止地调用自身"),
    "template/encoding": (
        "this template is not UTF-8; it looks like {encoding}", "模板不是 UTF-8 编码，像是 {encoding}",
        YAML["yaml/encoding"][2], YAML["yaml/encoding"][3],
    ),
    "template/full-width": YAML["yaml/full-width"],
    "template/open-tag": (
        "the tag that begins here with '{tag}' does not end", "从这里开始的“{tag}”没有结束",
        "Close it with '{close}', before the next one begins.", "请在下一个标签之前用“{close}”结束。",
    ),
    "template/unclosed": (
        "the block '{tag}' that begins here never ends", "从这里开始的“{tag}”块没有结束",
        "Add '{{% end{tag} %}}' where it ends.", "请在该结束处加上“{{% end{tag} %}}”。",
    ),
    "template/forbidden": ("'{name}' is not open to templates", "模板不能使用“{name}”"),
    "template/no-item": ("this list has no item {number}", "此列表没有第 {number} 项"),
    "template/not-a-list": (
        "'{function}' needs a list of records or values", "“{function}”需要记录或值的列表",
        "Write for example meetings() or [a, b].", "例如 meetings() 或 [a, b]。",
    ),
    "template/unknown-choice": (
        "no record can have '{value}' as its {field}", "{field} 不可能是“{value}”", "Known: {known}.", "可用：{known}。",
    ),
    "template/unprintable": (
        "'{what}' has nothing to print", "“{what}”不能直接输出",
        "Print one of its fields; a function is called with ().", "请输出其中的栏目；函数要写 ()。",
    ),
    "template/broken-value": (
        "a value was cut or changed after it was printed", "某个值在输出后被截断或改动",
        "Use the filters of the template guide; slicing and replacing printed values loses where they come from.",
        "请用模板指南中的过滤器；截取或替换已输出的值会丢失其出处。",
    ),
    "template/not-exact": (
        "{function}(): '{value}' is no exact number or amount", "{function}()：“{value}”不是确切的数或金额",
        "Leave such records out before, or say the figures one by one.", "请先排除这类记录，或逐一写出各数。",
    ),
    "template/units": (
        "{function}(): these figures have no one unit: {units}", "{function}()：这些数的单位不同：{units}",
        "Choose figures of one unit or currency, for example with grouped('unit'), and say a result for each; an amount brings its currency along.",
        "请只取同一单位或币种的数（可用 grouped('unit') 分组），分别写出结果；金额自带币种。",
    ),
    "template/of-nothing": (
        "{function}(): the whole is 0", "{function}()：整体为 0",
        "Say it only where there is something: {{% if … %}}.", "请先判断整体不为 0：{{% if … %}}。",
    ),
    "template/bad-argument": (
        "{function}(): {detail}", "{function}()：{detail}", "", "",
    ),
}  # fmt: skip
