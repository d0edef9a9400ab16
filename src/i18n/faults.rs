//! What importers, proofs and checks say of files, in Chinese. Their English sentences are the keys, `{}` standing for
//! what a sentence names; what stands in such a gap may be a sentence of the table itself.

use super::Lang;
use crate::formats::Diagnostic;

/// The sentences; of those that fit the first is taken.
const SENTENCES: &[(&str, &str)] = &[
    // any file
    ("this is not UTF-8", "不是 UTF-8"),
    ("this line is longer than {} bytes", "这一行超过 {} 字节"),
    ("files of the format {} cannot be imported", "{} 格式的文件不能导入"),
    ("… and {} more", "……另有 {} 处"),
    (
        "the tag \"{}\" has offsets that are empty, reversed or below zero",
        "标注“{}”的位置是空的、颠倒的或小于零",
    ),
    (
        "the tag \"{}\" at {}–{} does not fit the text of {} characters",
        "标注“{}”的位置 {}–{} 超出了文本的 {} 个字",
    ),
    (
        "{}–{} does not fit the text of {} characters",
        "{}–{} 超出了文本的 {} 个字",
    ),
    (
        "{}–{} begins or ends inside a character",
        "{}–{} 的一端落在一个字的中间",
    ),
    ("the tag on \"{}\" has no label", "“{}”上的标注没有标签"),
    ("the text {} is missing", "缺少文本 {}"),
    (
        "this file has version {}; this program knows {}",
        "文件是版本 {}，本程序只认得到 {}",
    ),
    (
        "{} has version {}; this program knows {}",
        "{} 是版本 {}，本程序只认得到 {}",
    ),
    (
        "this is not a file of Zhupi's (no \"format\": \"zhupi\")",
        "这不是朱批的文件（没有 \"format\": \"zhupi\"）",
    ),
    (
        "the offset unit is \"{}\" instead of \"{}\"",
        "位置的单位是 {}，应为 {}",
    ),
    ("this is a damaged Parquet file", "Parquet 文件已损坏"),
    ("this is a picture", "这是图片，不是标注"),
    ("this is a PDF file", "这是 PDF 文件，不是标注"),
    ("this is packed; unpack it first", "这是压缩文件，请先解压"),
    ("these bytes are no text", "内容不是文本"),
    ("this looks like {}, not {}", "看来是 {}，不是 {}"),
    ("plain text", "纯文本"),
    // where an import goes
    ("open this article first", "请先打开这篇文稿"),
    ("open this article first: {}", "请先打开这篇文稿：{}"),
    ("the article {} can only be read", "文稿“{}”只能阅读"),
    (
        "the article {} has another text; nothing of this is imported",
        "文稿“{}”的文字与此不同，不导入",
    ),
    (
        "another text of these files goes into the article {}",
        "这些文件中已有另一篇并入文稿“{}”",
    ),
    ("its tags do not fit the article {}", "标注放不进文稿“{}”"),
    ("this file is there by now: {}", "此时已有这个文件：{}"),
    // JSON
    ("column {}: {}", "第 {} 列：{}"),
    ("missing field `{}`", "缺少字段 {}"),
    ("EOF while parsing {}", "没有写完就结束了"),
    ("trailing characters", "后面有多余的字符"),
    ("invalid type: {}, expected {}", "类型不对：是 {}，应为 {}"),
    ("invalid value: {}, expected {}", "值不对：是 {}，应为 {}"),
    ("invalid length {}, expected {}", "长度不对：是 {}，应为 {}"),
    (
        "control character ({}) found while parsing a string",
        "字符串里有控制字符",
    ),
    ("invalid escape", "转义写错了"),
    ("invalid number", "数字写错了"),
    ("key must be a string", "键必须是字符串"),
    ("expected value", "此处应有一个值"),
    ("expected ident", "此处应有一个值"),
    ("recursion limit exceeded", "嵌套太深"),
    // rows
    ("there are {} tokens and {} tags", "有 {} 个词元，却有 {} 个标签"),
    ("this row has no token and tag", "这一行没有词元和标签"),
    ("\"{}\" is no number of a row", "“{}”不是行号"),
    (
        "a row has a number, a token and two columns of tags",
        "一行应有行号、词元和两列标签",
    ),
    (
        "a row has a number, a place and a token, split by tabs",
        "一行应有编号、位置和词元，以制表符分开",
    ),
    (
        "no name is known for tag {}; import {} with this file",
        "不知道标签 {} 的名称，请连同 {} 一起导入",
    ),
    ("a tag's number is not one of the list", "标签的编号不在列表里"),
    ("a tag is neither a number nor a name", "标签既不是编号也不是名称"),
    ("a token is no text", "词元不是文本"),
    ("there is no list {}", "没有列表 {}"),
    ("left out: its answer is \"ignore\"", "略过：其回答是 ignore"),
    ("row {}: {}", "第 {} 行：{}"),
    // brat
    ("there is no tab behind the id", "编号后面没有制表符"),
    ("an event has no trigger", "事件没有触发词"),
    ("a role names nothing", "角色没有所指"),
    ("a relation has no type", "关系没有类型"),
    ("a relation joins two tags", "关系应连接两处标注"),
    ("a relation joins tags that are not there", "关系所连的标注不存在"),
    ("an equivalence names nothing", "等同关系没有所指"),
    ("an attribute has no name", "属性没有名称"),
    ("an attribute belongs to nothing", "属性没有归属"),
    ("a reference belongs to nothing", "引用没有归属"),
    ("a reference names nothing", "引用没有所指"),
    ("a note has no kind", "备注没有类别"),
    ("a note belongs to nothing", "备注没有归属"),
    ("a tag has no label", "标注没有标签"),
    ("a tag has no text", "标注没有文字"),
    ("a tag has no place", "标注没有位置"),
    ("the tag says {} where the text has {}", "标注写的是 {}，文本此处是 {}"),
    // doccano, Label Studio, Prodigy
    (
        "the relation \"{}\" joins entities that are not there",
        "关系“{}”所连的实体不存在",
    ),
    ("document {} has no text", "文档 {} 没有文本"),
    (
        "document {} has {} annotations; the first is taken",
        "文档 {} 有 {} 份标注，取第一份",
    ),
    (
        "a result of the kind \"{}\" belongs to no region",
        "类别为“{}”的结果没有所属的区域",
    ),
    // spaCy
    ("this is no DocBin: {}", "这不是 DocBin：{}"),
    ("its tokens are no bytes", "词元不是字节"),
    ("it is no map", "不是映射"),
    ("this unpacks to more than {} bytes", "解压后超过 {} 字节"),
    ("the tokens have no words", "词元没有文字"),
    ("there are no \"{}\"", "缺少 {}"),
    (
        "document {} has fewer tokens than its length says",
        "文档 {} 的词元少于所写的长度",
    ),
    ("document {}: {}", "文档 {}：{}"),
    ("its groups of spans are of an unknown kind", "标注组的类别未知"),
    ("a span has {} bytes, not {}", "一处标注有 {} 字节，应为 {}"),
    ("no string is listed for the number {}", "编号 {} 没有对应的字符串"),
    (
        "a DocBin holds {} characters; split the documents",
        "一个 DocBin 最多 {} 个字，请分开导出",
    ),
    // Parquet
    (
        "this is no Parquet file that can be read: {}",
        "读不了这个 Parquet 文件：{}",
    ),
    ("it is damaged", "已损坏"),
    // XML
    ("this is no XML file", "这不是 XML 文件"),
    (
        "this is no XML file: text stands outside of all elements",
        "这不是 XML 文件：元素之外有文字",
    ),
    ("the entity &{}; is not known", "不认得实体 &{};"),
    ("the file ends inside an element", "文件在元素当中结束"),
    ("a second outermost element", "有第二个最外层元素"),
    ("elements stand in each other more than {} deep", "元素嵌套超过 {} 层"),
    (
        "this is no TEI file: there is no text element",
        "这不是 TEI 文件：没有 text 元素",
    ),
    (
        "a {} in standOff belongs to {}, which is not there",
        "standOff 中的 {} 属于 {}，而后者不存在",
    ),
    (
        "the relation {} joins {} and {}, not two tags",
        "关系 {} 连接 {} 和 {}，不是两处标注",
    ),
    (
        "there is no text: no Sofa with a sofaString",
        "没有文本：没有带 sofaString 的 Sofa",
    ),
    // WebAnno, W3C, YEDDA
    (
        "this is no WebAnno TSV 3 file: it does not begin with #FORMAT=WebAnno TSV 3",
        "这不是 WebAnno TSV 3 文件：开头没有 #FORMAT=WebAnno TSV 3",
    ),
    ("this is no WebAnno TSV 3 file", "这不是 WebAnno TSV 3 文件"),
    (
        "the layer {} is no layer of spans and is passed over",
        "{} 层不是标注层，略过",
    ),
    (
        "the token {} at {}–{} lies outside the text",
        "词元 {} 的位置 {}–{} 在文本之外",
    ),
    ("annotation {}: {}", "标注 {}：{}"),
    ("it has not one target", "应有而且只有一个目标"),
    ("it has neither a position nor a quotation", "既没有位置，也没有引文"),
    (
        "{} opens a tag that is not closed, or has another in it",
        "{} 开始的标注没有结束，或里面还有标注",
    ),
    // archives and journals
    ("this is no zip archive: {}", "这不是 zip 文件：{}"),
    (
        "this is no BagIt archive: there is no bagit.txt",
        "这不是 BagIt 档案包：没有 bagit.txt",
    ),
    (
        "bagit.txt names no version of BagIt that is known",
        "bagit.txt 写的 BagIt 版本未知",
    ),
    (
        "the path {} leaves the archive; nothing was unpacked",
        "路径 {} 超出档案包，未作解压",
    ),
    ("{} unpacks to too many bytes", "{} 解压后太大"),
    ("there is no {}", "缺少 {}"),
    ("{} line {} is no hash and path", "{} 第 {} 行不是校验值和路径"),
    ("{} is listed but not there", "{} 在清单上，却不在包里"),
    ("{} is in no manifest", "{} 不在清单上"),
    ("{} has changed", "{} 有改动"),
    (
        "{} is not the original that the saved file names",
        "{} 不是标注文件所指的原件",
    ),
    ("{} is not UTF-8", "{} 不是 UTF-8"),
    ("this line of the journal has no {}", "这一行记录没有 {}"),
    ("this line of the journal is no JSON: {}", "这一行记录不是 JSON：{}"),
    ("{} line {}: {}", "{} 第 {} 行：{}"),
    // refusals and proofs
    ("\"{}\" has no character that is not blank", "“{}”只有空白"),
    ("the text of \"{}\" is another", "“{}”的文本不同"),
    (
        "{} tags in \"{}\" that were not written",
        "有 {} 处标注多了出来，在“{}”里",
    ),
    (
        "{} tag in \"{}\" that was not written",
        "有 {} 处标注多了出来，在“{}”里",
    ),
    ("the relations of \"{}\" are others", "“{}”的关系不同"),
    ("\"{}\" was not exported", "“{}”没有导出过"),
    ("\"{}\" is not in the files", "文件里没有“{}”"),
    ("\"{}\" as {}", "“{}”（{}）"),
    ("duplicate field `{}`", "字段 {} 重复"),
    ("an object with {}", "含 {} 的对象"),
    ("an array", "数组"),
    ("an object", "对象"),
    ("a text and its entities", "文本和其中的实体"),
    ("a task with {}", "含 {} 的任务"),
    ("an annotation with {}", "含 {} 的标注"),
    ("a relation with {}", "含 {} 的关系"),
    ("a feature structure", "特征结构"),
    // the saved file
    ("line {}, column {}: {}", "第 {} 行第 {} 列：{}"),
    ("the id \"{}\" is given twice", "编号“{}”出现两次"),
    (
        "there are {} blocks for {} lines of text",
        "段落有 {} 个，文本却有 {} 行",
    ),
    ("label \"{}\": no colour \"{}\"", "标签“{}”：“{}”不是颜色"),
    (
        "span \"{}\" ({}–{}) lies outside the text",
        "标注“{}”（{}–{}）在文本之外",
    ),
    (
        "span \"{}\" says \"{}\" where the text has \"{}\"",
        "标注“{}”写的是“{}”，文本此处是“{}”",
    ),
    ("the corrections do not fit the text", "改正与文本不符"),
    // rows
    (
        "\"{}\" is neither O nor a tag such as B-PER",
        "“{}”既不是 O，也不是 B-PER 这样的标签",
    ),
    (
        "\"{}\" begins with none of B, I, M, E, S, L, U",
        "“{}”不以 B、I、M、E、S、L、U 之一开头",
    ),
    (
        "a token at {} does not follow one that ends at {}",
        "位于 {} 的词元不接在止于 {} 的词元之后",
    ),
    (
        "a sentence at {} does not follow one that ends at {}",
        "位于 {} 的句子不接在止于 {} 的句子之后",
    ),
    (
        "a row has {} columns behind the token, not {}",
        "词元后面有 {} 列，应为 {} 列",
    ),
    (
        "the token {} is {}, which has not the length {}",
        "词元 {} 是 {}，长度不是 {}",
    ),
    (
        "\"{}\" does not end in a number in brackets",
        "“{}”不以方括号里的编号结尾",
    ),
    ("\"{}\" is no place", "“{}”不是位置"),
    ("\"{}\" is no id of brat's", "“{}”不是 brat 的编号"),
    ("{} is no number", "{} 不是数字"),
    (
        "the tag \"{}\" at {}–{} cuts a character in two",
        "标注“{}”的位置 {}–{} 把一个字切成两半",
    ),
    (
        "region \"{}\" has no start and end in characters",
        "区域“{}”没有以字计的起止",
    ),
    ("a relation joins regions that are not there", "关系所连的区域不存在"),
    ("\"{}\" stands elsewhere than its position says", "“{}”不在所写的位置"),
    ("its position counts UTF-16 units", "其位置以 UTF-16 单元计"),
    (
        "the text has \"{}\" nowhere, or in several places",
        "文本里没有“{}”，或不止一处",
    ),
    (
        "\"{}\" has the opening of a tag, [@ or [$, as text",
        "“{}”的文字里有 [@ 或 [$，与标注的写法相同",
    ),
    ("it ends before its columns do", "没有写完就结束了"),
    (
        "{} cannot stand in an archive, or stands in it already",
        "{} 不能放进档案包，或已经在里面",
    ),
    // XML
    (
        "a document type with declarations of its own is refused: entities may expand without end",
        "拒绝自带声明的文档类型：实体可能无限展开",
    ),
    ("ill-formed document: {}", "XML 不合规：{}"),
    ("syntax error: {}", "XML 语法有误：{}"),
    ("{} is there twice", "{} 出现两次"),
    ("{} is not there", "{} 不存在"),
    ("expected {}", "此处应为 {}"),
];

impl Lang {
    /// A sentence of an importer, a proof or a check.
    #[must_use]
    pub fn fault(self, sentence: &str) -> String {
        let found = match self {
            Self::En => None,
            Self::Zh => SENTENCES
                .iter()
                .find_map(|(english, chinese)| Some((gaps(english, sentence)?, chinese))),
        };
        let Some((values, chinese)) = found else {
            return sentence.to_owned();
        };
        let mut values = values.into_iter();
        let mut said = String::new();
        for (number, part) in chinese.split("{}").enumerate() {
            if number > 0 {
                said.push_str(&self.fault(values.next().unwrap_or_default()));
            }
            said.push_str(part);
        }
        said
    }

    /// What is wrong with a file, and where.
    #[must_use]
    pub fn diagnostic(self, diagnostic: &Diagnostic) -> String {
        let what = self.fault(&diagnostic.what);
        Diagnostic {
            what,
            ..diagnostic.clone()
        }
        .to_string()
    }
}

/// What stands in the gaps of a pattern that the sentence fits.
fn gaps<'a>(pattern: &str, sentence: &'a str) -> Option<Vec<&'a str>> {
    let mut parts = pattern.split("{}");
    let mut rest = sentence.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let parts: Vec<&str> = parts.collect();
    for (number, part) in parts.iter().enumerate() {
        let at = match number + 1 == parts.len() {
            true => rest
                .len()
                .checked_sub(part.len())
                .filter(|at| rest.get(*at..) == Some(*part))?,
            false => rest.find(part)?,
        };
        values.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, ImportOptions, InputFile};

    #[test]
    fn a_sentence_says_the_same_of_the_same() {
        for (sentence, said) in [
            ("this is not UTF-8", "不是 UTF-8"),
            (
                "the tag \"甲\" at 3–9 does not fit the text of 4 characters",
                "标注“甲”的位置 3–9 超出了文本的 4 个字",
            ),
            ("document 2: there are no \"spaces\"", "文档 2：缺少 spaces"),
            (
                "row 7: column 3: missing field `text`",
                "第 7 行：第 3 列：缺少字段 text",
            ),
            ("nobody knows this", "nobody knows this"),
        ] {
            assert_eq!(Lang::Zh.fault(sentence), said);
            assert_eq!(Lang::En.fault(sentence), sentence);
        }
    }

    #[test]
    fn both_languages_have_as_many_gaps_or_chinese_fewer() {
        for (english, chinese) in SENTENCES {
            let gaps = |text: &str| text.matches("{}").count();
            assert!(gaps(chinese) <= gaps(english), "{english}");
        }
    }

    /// Files that no format can make sense of, in each of them.
    #[test]
    fn a_chinese_window_says_of_no_format_in_english_what_is_wrong() {
        let mut english = Vec::new();
        for format in formats::all().iter().filter(|format| format.imports()) {
            for bytes in [
                &b"\xff\xfe\x00"[..],
                b"{\"a\": 1}\n",
                b"[[",
                b"<a>&b;</a>",
                b"<a>",
                b"T1\tx\n",
                b"[@a#\n",
                b"1\ta\n",
            ] {
                for name in ["a.jsonl", "a.ann", "a.tsv"] {
                    let (_, found) = formats::import(format, &[InputFile { name, bytes }], &ImportOptions::default());
                    for diagnostic in found {
                        if !Lang::Zh.fault(&diagnostic.what).chars().any(|c| c > '\u{2e80}') {
                            english.push(format!("{}: {}", format.id, diagnostic.what));
                        }
                    }
                }
            }
        }
        assert!(english.is_empty(), "{english:#?}");
    }
}
