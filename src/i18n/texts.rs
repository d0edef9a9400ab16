//! The table of texts.

use super::Lang;

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// A text of the window.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum T {
            $(#[doc = $en] $name,)*
        }

        impl T {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The text in that language.
            #[must_use]
            pub fn of(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$name, Lang::Zh) => $zh, (Self::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

texts! {
    // menus
    File: "文件", "File";
    Edit: "编辑", "Edit";
    View: "视图", "View";
    Annotate: "标注", "Annotate";
    Help: "帮助", "Help";
    Recent: "最近打开", "Open recent";
    Theme: "主题", "Theme";
    Language: "语言", "Language";
    // commands
    Open: "打开…", "Open…";
    OpenHint: "打开一篇或几篇文稿", "Open one or more articles";
    OpenExample: "打开示例", "Open the example";
    OpenExampleHint: "一篇带有识别痕迹的示例报道", "An article with the marks of OCR";
    Save: "保存", "Save";
    SaveHint: "立即保存标注", "Save the annotations now";
    ExportJson: "导出 JSON…", "Export as JSON…";
    ExportJsonHint: "把保存的标注另存一份", "Write the saved file elsewhere";
    ExportJsonl: "导出 JSONL…", "Export as JSONL…";
    ExportJsonlHint: "每篇一行：文本和标签", "One line an article: text and labels";
    CloseArticle: "关闭文稿", "Close article";
    CloseArticleHint: "保存并关闭当前文稿", "Save and close this article";
    Quit: "退出", "Quit";
    QuitHint: "保存并退出", "Save and quit";
    Undo: "撤销", "Undo";
    UndoHint: "撤销上一步", "Take the last step back";
    Redo: "重做", "Redo";
    RedoHint: "重做撤销的一步", "Make the step again";
    Copy: "复制", "Copy";
    CopyHint: "复制选中的文字", "Copy the selected text";
    SelectAll: "全选", "Select all";
    SelectAllHint: "选中全文", "Select the whole text";
    Remove: "删除标注", "Remove tag";
    RemoveHint: "删除选中的标注", "Remove the selected tag";
    TagOthers: "标注其余各处", "Tag all others";
    TagOthersHint: "把同一文字的其余各处都标上", "Tag every other occurrence of its text";
    NextTag: "下一处标注", "Next tag";
    NextTagHint: "选中下一处标注", "Select the next tag";
    PreviousTag: "上一处标注", "Previous tag";
    PreviousTagHint: "选中上一处标注", "Select the previous tag";
    StartLeft: "起点左移", "Start one to the left";
    StartLeftHint: "标注的起点左移一字", "Move the tag's start one character to the left";
    StartRight: "起点右移", "Start one to the right";
    StartRightHint: "标注的起点右移一字", "Move the tag's start one character to the right";
    EndLeft: "终点左移", "End one to the left";
    EndLeftHint: "标注的终点左移一字", "Move the tag's end one character to the left";
    EndRight: "终点右移", "End one to the right";
    EndRightHint: "标注的终点右移一字", "Move the tag's end one character to the right";
    LargerText: "放大文字", "Larger text";
    LargerTextHint: "放大正文", "Set the text larger";
    SmallerText: "缩小文字", "Smaller text";
    SmallerTextHint: "缩小正文", "Set the text smaller";
    UsualText: "默认字号", "Usual text size";
    UsualTextHint: "正文恢复默认字号", "Set the text in its usual size";
    LeftPanel: "文稿栏", "Articles panel";
    LeftPanelHint: "显示或隐藏左栏", "Show or hide the left panel";
    RightPanel: "右栏", "Right panel";
    RightPanelHint: "显示或隐藏右栏", "Show or hide the right panel";
    ThemeLight: "浅色", "Light";
    ThemeLightHint: "浅色主题", "Light theme";
    ThemeDark: "深色", "Dark";
    ThemeDarkHint: "深色主题", "Dark theme";
    ThemeSystem: "跟随系统", "As the system";
    ThemeSystemHint: "主题跟随系统", "Theme as the system has it";
    CommandPalette: "命令面板…", "Command palette…";
    CommandPaletteHint: "查找并执行任何命令", "Find and run any command";
    Keys: "快捷键", "Keys";
    KeysHint: "所有快捷键", "All keys";
    Done: "完成 → 下一篇", "Done → next";
    DoneHint: "把文稿记为完成，转到下一篇", "Mark the article as done and go to the next";
    Find: "查找…", "Find…";
    FindHint: "查找文字或正则表达式，可全部标注", "Find text or a pattern; tag all that is found";
    NewLabel: "新建标签…", "New label…";
    NewLabelHint: "添加自己的标签", "Add a label of your own";
    // label bar, palette, card
    BrushOn: "画笔：{}。拖动即标注，Esc 收起", "Brush: {}. Dragging tags; Esc puts it down";
    BrushHint: "选中文字时标注，否则作画笔", "Tags the selection; else becomes the brush";
    Note: "备注", "Note";
    NoteHint: "写一句备注", "Write a remark";
    TagPalette: "标注为", "Tag as";
    TagCard: "标注", "Tag";
    Close: "关闭", "Close";
    LabelName: "标签名称", "Label name";
    Add: "添加", "Add";
    Cancel: "取消", "Cancel";
    OriginHand: "手工", "by hand";
    OriginRule: "规则", "by rule";
    OriginDictionary: "词典", "from a list";
    OriginModel: "模型", "by a model";
    OriginPropagated: "同文传播", "carried over";
    OriginImported: "导入", "imported";
    Suggested: "建议", "suggested";
    // the strip
    OthersTagged: "已标注“{}”的其余 {} 处", "Tagged {} in {} other places";
    OthersNone: "没有其余的“{}”", "No other {} in this article";
    KeepAll: "全部保留", "Keep all";
    RemoveThis: "删去此处", "Remove this one";
    RemoveThese: "全部删去", "Remove all";
    // entities panel
    EntitiesEmpty: "还没有标注。选中文字，按 1–5 或点标签", "No tags yet. Select text, then press 1–5 or click a label";
    Filter: "筛选", "Filter";
    Mentions: "{} 处", "{} mentions";
    RenameLabel: "改为", "Change label to";
    RemoveAll: "全部删除", "Remove all";
    WalkHint: "逐处查看", "Walk through the mentions";
    More: "更多", "More";
    // articles panel
    Articles: "文稿", "Articles";
    // status bar
    Saved: "已保存", "Saved";
    Unsaved: "未保存", "Not saved yet";
    Saving: "正在保存…", "Saving…";
    NotSaved: "保存失败", "Not saved";
    ReadOnly: "只读", "Read-only";
    Retry: "重试", "Try again";
    Paragraph: "第 {} 段", "Paragraph {}";
    Tags: "{} 处标注", "{} tags";
    SelectedChars: "选中 {} 字", "{} characters selected";
    Encoding: "编码", "Encoding";
    EncodingHint: "文件读作 {}；点此更改", "Read as {}; click to change";
    Opening: "正在打开 {}…", "Opening {}…";
    LayingOut: "正在排版… {}%", "Setting the text… {}%";
    // welcome
    Welcome: "朱批", "Zhupi";
    WelcomeLine: "读报、标注、存为数据", "Read newspapers, tag what they name, keep it as data";
    DropHere: "也可以把文件拖到这里", "Or drop a file here";
    DropNow: "松开即打开", "Drop to open";
    // blocks
    BlockKind: "段落类型", "Kind of block";
    KindHeading: "标题", "Heading";
    KindParagraph: "正文", "Paragraph";
    KindCaption: "图片说明", "Caption";
    KindByline: "署名", "Byline";
    KindFurniture: "版面信息", "Page furniture";
    KindOther: "其他", "Other";
    SelectSentence: "选中本句", "Select the sentence";
    SelectParagraph: "选中本段", "Select the paragraph";
    DropBlock: "不属于本文", "Not of this article";
    RestoreBlock: "恢复为本文", "Restore to this article";
    // dialogs
    PathTitle: "打开文件", "Open a file";
    PathSaveTitle: "导出到", "Export to";
    PathHint: "文件的完整路径", "The file's full path";
    NoDialog: "系统没有可用的文件对话框，请输入路径", "The system has no file dialog to offer; type the path";
    UnsavedTitle: "还没有保存", "Not saved yet";
    UnsavedText: "“{}”的标注未能保存：{}", "The annotations of {} could not be saved: {}";
    CloseAnyway: "不保存并退出", "Quit without saving";
    StayOpen: "留在这里", "Stay";
    // find
    FindText: "查找文字", "Text to find";
    FindRegex: "正则", "Pattern";
    FindRegexHint: "按正则表达式查找", "Find by regular expression";
    FindCount: "{} / {}", "{} / {}";
    FindNone: "没有找到", "Nothing found";
    FindBad: "正则有误：{}", "The pattern is wrong: {}";
    FindNext: "下一个", "Next";
    FindPrevious: "上一个", "Previous";
    TagAllFound: "全部标注为", "Tag all as";
    // notices
    Undone: "已撤销", "Undone";
    Redone: "已重做", "Made again";
    NothingToUndo: "没有可撤销的步骤", "Nothing to undo";
    NothingToRedo: "没有可重做的步骤", "Nothing to redo";
    NothingSelected: "先选中文字或一处标注", "Select some text or a tag first";
    Exported: "已导出：{}", "Exported: {}";
    ExportFailed: "导出失败：{}", "Not exported: {}";
    OpenFailed: "{}", "{}";
    SourceChanged: "{} 与标注时的文件不同；标注留在当时的文本上", "{} has changed since it was annotated; the annotations stay on the text they were made on";
    NewerVersion: "{} 由更新的版本保存（格式 {}），只能查看", "{} was saved by a newer version (format {}); it is open for reading only";
    EncodingKept: "已有标注，编码不能再改", "There are annotations already; the encoding stays";
    MalformedBytes: "{} 处字节无法按 {} 解读（显示为 �）", "{} bytes could not be read as {} (shown as �)";
    LabelRenamed: "{} 处改为“{}”", "{} tags changed to {}";
    TagsRemoved: "删除了 {} 处标注", "{} tags removed";
    AlreadyDone: "这已是最后一篇", "This was the last article";
    CommandHint: "输入命令，也可用拼音首字母", "Type a command";
    NoCommand: "没有这样的命令", "No such command";
    SettingsFailed: "设置未能保存：{}", "The settings could not be saved: {}";
    // key card
    KeysText: "标注与选择", "Tagging and selecting";
    KeyDrag: "拖动", "Drag";
    KeyDragDoes: "选中文字；画笔打开时直接标注", "selects text; with the brush on it tags";
    KeyDouble: "双击 · 三击", "Double · triple click";
    KeyDoubleDoes: "选中词 · 句", "selects the word · the sentence";
    KeyShiftClick: "Shift + 单击", "Shift + click";
    KeyShiftClickDoes: "把标注的一端移到此处", "moves an end of the tag";
    KeyDigits: "1 … 9", "1 … 9";
    KeyDigitsDoes: "标注选中的文字，或改标签", "tags the selection, or relabels the tag";
    KeyArrows: "方向键 · Shift · Ctrl", "Arrows · Shift · Ctrl";
    KeyArrowsDoes: "移动光标 · 选择 · 按词", "move the caret · select · by word";
    KeyEsc: "Esc", "Esc";
    KeyEscDoes: "收起画笔、取消选择", "puts the brush down, clears the selection";
    KeyWheel: "Ctrl + 滚轮", "Ctrl + wheel";
    KeyWheelDoes: "文字大小", "text size";
    // tabs of the right panel
    TabEntities: "实体", "Entities";
    TabFigures: "数字", "Figures";
    TabSuggestions: "建议", "Suggestions";
    TabChecks: "检查", "Checks";
    // the text itself
    TextMenu: "正文", "Text";
    EditText: "修改文字", "Correct the text";
    EditTextHint: "把光标放进段落里修改文字；Esc 或 F2 结束", "Put the caret into the paragraph and type; Esc or F2 ends it";
    JoinNext: "与下一行合并", "Join with the next line";
    JoinNextHint: "去掉本段末尾的换行", "Take out the line end behind this paragraph";
    SplitHere: "在此分段", "Split here";
    SplitHereHint: "在光标处另起一段", "Begin a paragraph at the caret";
    MoveBlockUp: "段落上移", "Move paragraph up";
    MoveBlockUpHint: "与上一段交换次序", "Put it before the paragraph above";
    MoveBlockDown: "段落下移", "Move paragraph down";
    MoveBlockDownHint: "与下一段交换次序", "Put it behind the paragraph below";
    StartArticle: "从这里另起一篇", "An article begins here";
    StartArticleHint: "标出或取消一篇新文章的开头", "Mark, or no longer mark, that an article begins here";
    DropBlockHint: "把段落记为不属于本文，或恢复", "Set the paragraph aside as not of this article, or restore it";
    MakeHeading: "设为标题", "Make it a heading";
    MakeHeadingHint: "段落类型：标题", "Kind of block: heading";
    MakeParagraph: "设为正文", "Make it body text";
    MakeParagraphHint: "段落类型：正文", "Kind of block: paragraph";
    MakeCaption: "设为图片说明", "Make it a caption";
    MakeCaptionHint: "段落类型：图片说明", "Kind of block: caption";
    MakeByline: "设为署名", "Make it a byline";
    MakeBylineHint: "段落类型：署名", "Kind of block: byline";
    MakeFurniture: "设为版面信息", "Make it page furniture";
    MakeFurnitureHint: "段落类型：版面信息", "Kind of block: page furniture";
    MakeOther: "设为其他", "Make it other text";
    MakeOtherHint: "段落类型：其他", "Kind of block: other";
    NothingToJoin: "后面没有可以合并的段落", "There is no line to join with";
    NothingToSplit: "把光标放在段落中间，再分段", "Put the caret inside a paragraph to split it";
    AtTheEdge: "已经到头了", "It cannot be moved further";
    EditNotThere: "要改的内容已经不在了", "What was to be changed is no longer there";
    EditOutOfRange: "标注不能为空，也不能跨段移动；先缩短跨段的标注", "A tag would be empty or torn apart; shorten the tag that reaches over several paragraphs first";
    EditOtherText: "文字在此期间改变了，请再试一次", "The text has changed in the meantime; try again";
    EditTearsTag: "标注“{}”跨了段落，这样移动会把它拆开；请把它覆盖的段落一起选中再移动", "The tag “{}” covers more than these paragraphs and would be torn apart; select all that it covers and move them together";
    TagsLost: "文字删除后，这些标注没有了：{}", "These tags went with their text: {}";
    Correcting: "正在修改文字 · Esc 结束", "Correcting the text · Esc ends";
    CorrectedFrom: "原文：{}", "Was: {}";
    CorrectedInserted: "补入的文字", "Inserted";
    CorrectedRemoved: "删去：{}", "Removed: {}";
    // suggestions
    NextSuggestion: "下一条建议", "Next suggestion";
    NextSuggestionHint: "转到下一条建议", "Go to the next suggestion";
    PreviousSuggestion: "上一条建议", "Previous suggestion";
    PreviousSuggestionHint: "转到上一条建议", "Go to the previous suggestion";
    AcceptSuggestion: "采纳", "Accept";
    AcceptSuggestionHint: "采纳当前建议，转到下一条", "Accept the suggestion and go on to the next";
    RejectSuggestion: "不采纳", "Reject";
    RejectSuggestionHint: "不采纳当前建议，转到下一条", "Turn the suggestion down and go on to the next";
    ShowSuggestions: "显示或隐藏建议", "Show or hide suggestions";
    ShowSuggestionsHint: "在正文中显示或隐藏建议", "Show suggestions in the text, or hide them";
    KeepSuggestions: "把建议存入文件", "Keep suggestions in the file";
    KeepSuggestionsHint: "把未处理的建议一并存入标注文件", "Save the suggestions not yet judged with the annotations";
    AcceptAs: "采纳为", "Accept as";
    SuggestionCard: "建议", "Suggestion";
    SuggestionCount: "{} 条建议", "{} suggestions";
    Searching: "正在查找建议…", "Looking for suggestions…";
    NoSuggestions: "没有未处理的建议", "No suggestions left to judge";
    SuggestionsHidden: "建议已隐藏", "Suggestions are hidden";
    SuggestionsKeys: "Tab 下一条 · Enter 采纳 · Backspace 不采纳", "Tab next · Enter accepts · Backspace rejects";
    SuggestionsKept: "已把 {} 条建议存入文件", "{} suggestions are kept in the file";
    SuggestionsAccepted: "采纳了 {} 条建议", "{} suggestions accepted";
    SuggestionsRejected: "{} 条建议未采纳", "{} suggestions turned down";
    TierSure: "很有把握（≥ 90 %）", "Sure (≥ 90 %)";
    TierLikely: "较有把握（70–90 %）", "Likely (70–90 %)";
    TierUnsure: "需要细看", "Look closely";
    RejectedCount: "未采纳 {} 条", "{} turned down";
    RejectedRestore: "重新提出这些建议", "Let them be proposed again";
    AcceptTier: "全部采纳", "Accept all";
    AcceptAllOf: "采纳“{}”", "Accept {}";
    RejectAllOf: "不采纳“{}”", "Reject {}";
    // figures
    ExportFigures: "导出数字表…", "Export figures…";
    ExportFiguresHint: "所有数字及其数值，CSV 表格", "Every figure and its value, as CSV";
    ExportFacts: "导出事实表…", "Export facts…";
    ExportFactsHint: "谁、什么指标、多少、何时，CSV 表格", "Who has how much of what, and when, as CSV";
    RelateFigures: "关联数字", "Relate figures";
    RelateFiguresHint: "按句意把已标注的数字与指标、时间、单位关联起来", "Link tagged figures to what they measure, to their time and to whose they are";
    RelationsAdded: "添加了 {} 条关联", "{} relations added";
    RelationsNone: "没有新的关联；先标注数字、时间和单位", "No new relations; tag figures, times and units first";
    RelationMeasureOf: "指标", "Measures";
    RelationAtTime: "时间", "At";
    RelationHeldBy: "主体", "Of";
    RelationRemove: "删除这条关联", "Remove this relation";
    CopyFigures: "复制", "Copy";
    CopyFiguresHint: "把表格复制为 CSV", "Copy the table as CSV";
    FiguresCopied: "已复制 {} 行", "{} rows copied";
    FiguresEmpty: "文中还没有找到数字", "No figures found yet";
    FigureChoose: "选中一行，可查看和修改数值", "Choose a row to read and change its value";
    FigurePrinted: "原文", "As printed";
    FigureValue: "数值", "Value";
    FigureMin: "下限", "From";
    FigureMax: "上限", "To";
    FigureUnit: "单位", "Unit";
    FigureTimex: "时间值", "Time value";
    FigureKind: "类型", "Kind";
    FigureCounted: "指标", "What it counts";
    FigureSentence: "句子", "Sentence";
    KindCount: "数量", "Count";
    KindPercent: "百分比", "Percent";
    KindRatio: "比例", "Ratio";
    KindRange: "范围", "Range";
    KindOrdinal: "序数", "Ordinal";
    KindDate: "日期", "Date";
    KindTime: "时刻", "Time";
    KindDuration: "时长", "Duration";
    KindMoney: "金额", "Money";
    KindMeasure: "度量", "Measure";
    KindScore: "比分", "Score";
    KindList: "列举", "List";
    // findings about figures
    FindingsNone: "数字之间没有发现矛盾", "No contradictions found between figures";
    FindingsMore: "另有 {} 条", "{} more";
    FindingsPutAway: "已忽略 {} 条", "{} put away";
    FindingsRestore: "重新显示已忽略的提示", "Show the findings again that were put away";
    FindingDismiss: "忽略此提示", "Put this finding away";
    CheckDifferentNumbers: "同一事物，数字不同", "Same thing, different numbers";
    CheckDifferentModifiers: "同一数字，说法不同", "Same number, told differently";
    CheckSlip: "可能差了万倍", "Perhaps off by ten thousand";
    CheckGrowth: "增减幅度对不上", "The change does not add up";
    CheckShares: "份额之和对不上", "The shares do not add up";
    CheckUnequalLists: "“分别”两边数目不等", "Lists of unequal length";
    CheckImpossibleDate: "没有这一天", "No such day";
    CheckWrongWeekday: "星期不对", "Wrong weekday";
    CheckPercentOutOfRange: "百分比超过一百", "More than a hundred percent";
    // about the article
    AboutArticle: "文稿信息…", "About the article…";
    AboutArticleHint: "标题、出版日期和备注", "Title, day of issue and a note";
    AboutTitle: "标题", "Title";
    AboutIssueDate: "出版日期", "Day of issue";
    AboutIssueDateHint: "年-月-日，如 2025-09-15；“去年”“昨天”由此推算", "YYYY-MM-DD, as 2025-09-15; 去年 and 昨天 count from it";
    AboutBadDate: "没有这样的日期", "No such date";
    // replacing, and what leaves
    Replace: "替换…", "Replace…";
    ReplaceHint: "查找并替换，先看后改", "Find and replace; each place is seen before it is changed";
    ReplaceRow: "替换", "Replace";
    ReplaceRowHint: "显示替换栏", "Show the row for replacing";
    ReplaceWith: "替换为", "Replace with";
    ReplaceThis: "替换此处", "Replace this";
    ReplaceAll: "全部替换（{} 处）", "Replace all ({})";
    TakeOutThis: "删去此处", "Take this out";
    TakeOutAll: "全部删去（{} 处）", "Take all out ({})";
    Replaced: "替换了 {} 处", "{} places replaced";
    ExportCorrections: "导出校改…", "Export corrections…";
    ExportCorrectionsHint: "识别原文与改后文字成对写出（JSONL），可用于训练", "Pairs of text as read and as corrected (JSONL), for training";
    NoCorrections: "还没有校改过文字", "Nothing has been corrected yet";
    // doubts
    NextDoubt: "下一处疑误", "Next doubt";
    NextDoubtHint: "转到下一处可能识别有误的文字", "Go to the next place that was probably misread";
    PreviousDoubt: "上一处疑误", "Previous doubt";
    PreviousDoubtHint: "转到上一处可能识别有误的文字", "Go to the previous place that was probably misread";
    Checks: "检查", "Checks";
    ChecksHint: "列出可能识别有误的文字", "List the places that were probably misread";
    ChecksRunning: "正在检查…", "Checking…";
    ChecksEmpty: "没有发现可疑的文字", "Nothing looks misread";
    ChecksCount: "{} 处可疑", "{} places to look at";
    DoubtCard: "疑误", "Doubt";
    DoubtTakeOut: "删去“{}”", "Take out “{}”";
    DoubtDismiss: "不是错误", "Not an error";
    LookAlike: "形近字", "Look-alike";
    LookAlikeHint: "换成形近的字才成词", "A character that looks like it makes a word here";
    Radical: "部首字符", "Radical";
    RadicalHint: "看似汉字，实为部首或异体的编码", "A radical or a variant form that only looks like the character";
    LetterInNumber: "数中字母", "Letter in number";
    LetterInNumberHint: "数字中混入了字母", "A letter stands in a number";
    DigitInWord: "词中数字", "Digit in word";
    DigitInWordHint: "英文单词中混入了数字", "A digit stands in a word";
    ImpossibleMarks: "标点相撞", "Clashing marks";
    ImpossibleMarksHint: "这两个标点不会连用", "These marks never stand side by side";
    HalfWidthMark: "半角标点", "Half-width mark";
    HalfWidthMarkHint: "中文之间应为全角标点", "Between Chinese characters the mark is full-width";
    BrokenNumber: "断开的数", "Broken number";
    BrokenNumberHint: "数字中间多了空格或标点有误", "The number has a space or a wrong mark inside";
    UnpairedMark: "标点不成对", "Unpaired mark";
    UnpairedMarkHint: "引号或括号缺了另一半", "The quotation mark or bracket lacks its other half";
    // raw text, marks, outline
    RawView: "对照原文", "Raw text beside";
    RawViewHint: "在旁边显示识别的原行，两边同步", "Show the lines as they were read beside the text, in step";
    Marks: "显示空格与换行", "Show spaces and joins";
    MarksHint: "标出空格（·）、段末（¶）和合并的换行（⏎）", "Mark spaces (·), paragraph ends (¶) and joined lines (⏎)";
    Outline: "大纲", "Outline";
    OutlineHint: "本版各篇文章和标题", "The articles and headings of the page";
    OutlineEmpty: "没有标题", "No headings";
    // export and import
    Export: "导出…", "Export…";
    ExportHint: "选择格式、标签和范围，先看结果再写出", "Choose format, labels and articles; see the result before it is written";
    Import: "导入…", "Import…";
    ImportHint: "读入其他格式的标注，并入打开的文稿", "Read annotations in another format into the open articles";
    ExportTitle: "导出标注", "Export annotations";
    ExportThis: "本篇", "This article";
    ExportAll: "全部文稿（{}）", "All articles ({})";
    OnlyAccepted: "只要已确认的", "Only accepted tags";
    OnlyDone: "只要已完成的文稿", "Only finished articles";
    ExportFormat: "格式", "Format";
    HoldsOverlaps: "可重叠", "overlaps";
    HoldsFlat: "不可重叠", "no overlaps";
    HoldsNested: "可嵌套", "nested";
    HoldsValues: "数值", "values";
    HoldsEntities: "实体", "entities";
    HoldsRelations: "关系", "relations";
    HoldsNotes: "备注", "notes";
    ExportOnly: "只能导出", "export only";
    ExportLayer: "文本", "Text";
    LayerReading: "阅读文本", "Reading text";
    LayerRaw: "原始文本", "Raw text";
    ExportOverlap: "重叠时保留", "Where tags overlap, keep the";
    OverlapOuter: "外层", "outer";
    OverlapInner: "内层", "inner";
    OverlapLongest: "最长", "longest";
    OffsetsUtf16: "位置按 UTF-16 计（doccano 网页的算法）", "Offsets in UTF-16 units, as doccano's own window counts";
    WithDropped: "包括不属于本文的段落", "Include blocks that are not of the article";
    ChatSystem: "系统消息", "System message";
    ChatUser: "用户消息", "User message";
    ExportLabels: "标签及其在文件中的名称", "Labels and their names in the file";
    LabelCalled: "“{}”在文件中的名称", "{} in the file";
    ExportGo: "导出到…", "Export to…";
    Counting: "正在统计…", "Counting…";
    ExportCounts: "{} 篇 · {} 处标注", "Articles: {} · tags: {}";
    NothingToExport: "没有符合条件的文稿", "No article is chosen by this";
    NoTagsToExport: "没有符合条件的标注；尚未确认的建议 {} 条", "No tag is chosen by this; suggestions not yet accepted: {}";
    NothingLost: "全部内容都能保留", "Everything can be kept";
    NotExported: "不能导出：{}", "Not exported: {}";
    PreviewOf: "预览：{}", "Preview: {}";
    PreviewBinary: "（二进制文件）", "(a binary file)";
    LossOverlap: "{} 处重叠的标注将舍去", "Overlapping tags left out: {}";
    LossPieces: "{} 处不连续的标注将拆开", "Tags in pieces split: {}";
    LossUnwritable: "{} 处标注此格式无法写出", "Tags that the format cannot write: {}";
    LossNotInRaw: "{} 处标注不在原始文本中", "Tags not in the raw text: {}";
    LossValue: "{} 个数值不保留", "Values not kept: {}";
    LossEntity: "{} 个实体链接不保留", "Entity links not kept: {}";
    LossRelation: "{} 个关系不保留", "Relations not kept: {}";
    LossNote: "{} 条备注不保留", "Notes not kept: {}";
    LossStatus: "{} 处标注的状态或评分不保留", "Status or score not kept: {}";
    LossCharacter: "{} 个字符将改写", "Characters changed: {}";
    OverwriteTitle: "已有 {} 个同名文件，是否覆盖？", "Files there already: {}. Overwrite them?";
    Overwrite: "覆盖", "Overwrite";
    Exporting: "正在导出 {} / {}", "Exporting {} of {}";
    ExportStopped: "已取消导出，没有写出任何文件", "The export was cancelled; nothing was written";
    ProofCounts: "读回核对：{} / {} 处还原", "{} of {} recovered";
    NoProof: "未读回核对", "not read back";
    ImportTitle: "导入标注", "Import annotations";
    ImportReading: "正在读取…", "Reading…";
    ImportGo: "导入", "Import";
    ImportGoodPart: "只导入完好的部分", "Import the good part only";
    ImportNoFormat: "没有一种格式能读懂这些文件", "No format can make sense of these files";
    ImportInto: "并入“{}”：{} 处新标注，{} 处已有，{} 处无法定位", "Into {}: new tags {}, there already {}, not placed {}";
    ImportMerged: "“{}”并入 {} 处标注，{} 处已有，{} 处无法定位", "Into {}: new tags {}, there already {}, not placed {}";
    ImportChanged: "文字不同：{} → {}", "On other words: {} → {}";
    ImportNotPlaced: "无法定位：{}", "Not placed: {}";
    ImportAsNew: "作为新文稿打开：{} 篇", "Opened as new articles: {}";
    ImportNew: "导入了 {} 篇新文稿", "New articles imported: {}";
    ImportOutdated: "“{}”在读取之后有改动，请重新导入", "{} has changed since the files were read; import them again";
    // what went wrong with a file
    FileMissing: "找不到文件：{}", "There is no such file: {}";
    FolderWithoutTexts: "这个文件夹里没有文稿（.txt、.md）", "There are no texts (.txt, .md) in this folder";
    FileIsFolder: "这是文件夹，不是文件：{}", "This is a folder, not a file: {}";
    FileNotOrdinary: "这不是普通文件：{}", "This is not an ordinary file: {}";
    FileTooLarge: "文件超过 1 GiB，请先拆分：{}", "The file is larger than 1 GiB; split it first: {}";
    FileForbidden: "没有读取的权限：{}", "You may not read this file: {}";
    FileUnreadable: "无法读取 {}：{}", "{} cannot be read: {}";
    FileBinary: "这不是文本文件（{}）：{}", "This is not a text file but {}: {}";
    BinaryData: "二进制数据", "binary data";
    LineAndColumn: "第 {} 行第 {} 列，{}", "line {}, column {}: {}";
    AnnotationsDamaged: "标注文件 {} 已损坏（{}），保持原样。换成备份或移走后，再打开文稿", "The annotations in {} are damaged ({}) and left as they are. Restore a copy or move the file away, then open the article again";
    AnnotationsForeign: "{} 不是朱批的标注文件，保持原样。移走或改名后，再打开文稿", "{} is not a file of Zhupi's and left as it is. Move or rename it, then open the article again";
    WriteForbidden: "没有写入的权限：{}", "you may not write here: {}";
    WriteNoRoom: "磁盘已满：{}", "the disk is full: {}";
    WriteNoFolder: "文件夹不在了：{}", "the folder is gone: {}";
    WriteInTheWay: "有同名文件占了文件夹的位置：{}", "a file stands where the folder should be: {}";
    // an article without anything
    EmptyArticle: "这个文件里没有文字", "There is no text in this file";
    NoChanges: "没有改动", "No changes";
}
