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
    RightPanel: "实体栏", "Entities panel";
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
    Entities: "实体", "Entities";
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
}
