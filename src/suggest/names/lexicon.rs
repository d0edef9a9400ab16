//! The word lists of the rules for names.

/// The surnames that most people have, each one character.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤\
    方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛狄米贝臧戴谈宋庞熊纪舒\
    屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包\
    诸左石崔吉龚程邢裴陆荣翁荀惠曲封储靳段富巫乌焦巴牧谷车侯班仰仇宁栾甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲鄂索\
    赖卓蔺屠蒙池乔阴胥闻党翟谭贡劳逄姬申扶堵冉郦桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎慕连茹习艾容向古易慎戈廖庾衡步都耿\
    满弘匡国文寇广欧沃利越隆师巩聂晁勾敖融冷辛阚那简饶曾沙养鞠须丰巢关查荆红游竺权盖益桓公肖闫仝覃代付候佟苟";

/// Surnames of two characters.
const LONG_SURNAMES: [&str; 16] = [
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "尉迟", "公孙", "令狐", "皇甫", "慕容", "宇文", "长孙", "端木",
    "夏侯", "独孤",
];

/// How organisations' names end.
const ORGANISATION_ENDINGS: [&str; 89] = [
    "局",
    "公司",
    "集团",
    "委员会",
    "大学",
    "学院",
    "中学",
    "小学",
    "法院",
    "检察院",
    "医院",
    "银行",
    "研究院",
    "研究所",
    "研究室",
    "科学院",
    "工程院",
    "公署",
    "总署",
    "办公室",
    "办公厅",
    "指挥部",
    "司令部",
    "总部",
    "支队",
    "大队",
    "中队",
    "总队",
    "派出所",
    "协会",
    "学会",
    "联合会",
    "商会",
    "工会",
    "总工会",
    "联盟",
    "基金会",
    "政府",
    "党委",
    "市委",
    "省委",
    "县委",
    "区委",
    "团委",
    "纪委",
    "工委",
    "常委会",
    "政协",
    "人大",
    "报社",
    "通讯社",
    "电视台",
    "电台",
    "出版社",
    "日报",
    "晚报",
    "日报社",
    "俱乐部",
    "中心",
    "工厂",
    "总厂",
    "博物馆",
    "图书馆",
    "美术馆",
    "文化馆",
    "组委会",
    "党组",
    "监狱",
    "看守所",
    "事务所",
    "合作社",
    "幼儿园",
    "党校",
    "歌舞团",
    "剧院",
    "影视厅",
    "新闻办",
    "管委会",
    "居委会",
    "村委会",
    "街道办",
    "部",
    "队",
    "社",
    "代表团",
    "议会",
    "国会",
    "政党",
    "党",
];

/// Words that end like organisations and are none.
const NO_ORGANISATIONS: [&str; 39] = [
    "结局",
    "布局",
    "当局",
    "全局",
    "大局",
    "格局",
    "僵局",
    "定局",
    "骗局",
    "开局",
    "残局",
    "时局",
    "战局",
    "政局",
    "胜局",
    "对局",
    "市中心",
    "东部",
    "西部",
    "南部",
    "北部",
    "中部",
    "全部",
    "内部",
    "外部",
    "局部",
    "大部",
    "干部",
    "底部",
    "上部",
    "下部",
    "部队",
    "军队",
    "舰队",
    "乐队",
    "排队",
    "车队",
    "插队",
    "旅行社",
];

/// What stands before or behind a person's name and tells who it is.
const TITLES: [&str; 50] = [
    "记者",
    "局长",
    "主任",
    "书记",
    "部长",
    "厅长",
    "市长",
    "省长",
    "县长",
    "区长",
    "镇长",
    "乡长",
    "村长",
    "校长",
    "院长",
    "行长",
    "处长",
    "科长",
    "所长",
    "队长",
    "站长",
    "厂长",
    "会长",
    "团长",
    "主席",
    "总统",
    "总理",
    "总裁",
    "经理",
    "总经理",
    "董事长",
    "委员",
    "代表",
    "教授",
    "博士",
    "院士",
    "医生",
    "律师",
    "教练",
    "先生",
    "女士",
    "同志",
    "民警",
    "警官",
    "选手",
    "导演",
    "演员",
    "作家",
    "发言人",
    "负责人",
];

/// What people do in newspapers.
const SAYINGS: [&str; 22] = [
    "说", "表示", "指出", "介绍", "告诉", "强调", "认为", "称", "报道", "透露", "坦言", "回忆", "宣布", "主持", "出席",
    "会见", "摄", "解释", "回答", "建议", "呼吁", "笑",
];

/// Common words that the dictionary takes for names.
const COMMON: [&str; 78] = [
    "文明",
    "高峰",
    "高考",
    "高校",
    "和平",
    "明白",
    "安全",
    "华夏",
    "白天",
    "黄金",
    "温馨",
    "明星",
    "金融",
    "马上",
    "万元",
    "张力",
    "方向",
    "乐观",
    "平安",
    "单位",
    "高水平",
    "高素质",
    "师生",
    "诸如",
    "弘扬",
    "荣立",
    "荣获",
    "顾客",
    "许可证",
    "公开赛",
    "童谣",
    "城市",
    "城镇",
    "海洋",
    "外国",
    "大国",
    "两国",
    "山区",
    "山水",
    "上市",
    "英雄",
    "东西",
    "嘉宾",
    "江湖",
    "爱国",
    "海关",
    "大桥",
    "治安",
    "庆典",
    "上半场",
    "公安局",
    "检察院",
    "法院",
    "人民法院",
    "党组织",
    "团组织",
    "联合会",
    "音乐会",
    "商业银行",
    "人民大会堂",
    "党政机关",
    "公司",
    "惠及",
    "普及",
    "新建",
    "长达",
    "大都",
    "回国",
    "上门",
    "上岗",
    "滑坡",
    "美丽",
    "安宁",
    "福利",
    "建国",
    "黑洞",
    "施工队",
    "大城市",
];

/// How common nouns end, and given names do not.
const COMMON_ENDINGS: &str = "感性率者员量度杯赛证雨器税品型类种款";

/// What stands before a kind of place without naming one, and those kinds: 北区, 新村, 大街. Of others there are names:
/// 中山, 新乡, 内江, 西湖.
const UNNAMING: &str = "东西南北中新老古旧大小高内外前后上下本全山";
const UNNAMED: &str = "省市区镇村街路";

/// Places that the dictionary takes for people.
const PLACES: [&str; 28] = [
    "桂林",
    "石家庄",
    "马鞍山",
    "连云港",
    "张家口",
    "张家港",
    "张家界",
    "葫芦岛",
    "黄山",
    "莫斯科",
    "乌克兰",
    "伊拉克",
    "安哥拉",
    "马德里",
    "新德里",
    "阿根廷",
    "墨西哥",
    "哈萨克斯坦",
    "吉布提",
    "南斯拉夫",
    "马来西亚",
    "夏威夷",
    "科索沃",
    "法兰克福",
    "斯图加特",
    "阿尔及利亚",
    "马赛",
    "危地马拉",
];

/// How places' names end.
const PLACE_ENDINGS: &str = "省市区县乡镇村州旗岛山河江湖湾港路街";

/// The characters in which foreign names are written.
const TRANSLITERATION: &str = "阿埃艾安奥巴拜贝本比宾波伯博勃布查楚达戴丹道德登迪蒂顿多恩尔法菲费芬弗福盖甘冈戈格根古哈海汉赫亨霍基吉加\
    佳杰金卡凯坎康考科克肯库夸拉莱兰朗劳勒雷里理利莉列林龙卢鲁伦罗洛马玛迈曼麦梅门蒙米密明莫姆穆纳娜南内尼涅宁诺努欧帕潘\
    佩彭皮平珀普齐奇恰乔切琼茹瑞萨塞赛桑瑟森沙绍什史舒斯苏索塔太泰坦汤特滕提廷图托瓦万旺威韦维温翁沃乌武西希夏谢辛休许雅亚延扬\
    耶叶伊因尤约泽扎詹珍朱兹佐";

/// Whether a character is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// How many characters of the word are its surname.
pub(super) fn surname_len(word: &str) -> Option<usize> {
    if LONG_SURNAMES.iter().any(|surname| word.starts_with(surname)) {
        return Some(2);
    }
    word.chars().next().filter(|&c| SURNAMES.contains(c)).map(|_| 1)
}

/// Whether a word ends as organisations do.
pub(super) fn ends_organisation(word: &str) -> bool {
    ORGANISATION_ENDINGS.iter().any(|ending| word.ends_with(ending)) && !NO_ORGANISATIONS.contains(&word)
}

/// Whether a word tells who the person beside it is.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.iter().any(|title| word.ends_with(title))
}

/// Whether a word is what people do in newspapers.
pub(super) fn is_saying(word: &str) -> bool {
    SAYINGS.contains(&word)
}

/// Whether a word is a common one, whatever the dictionary says.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(&word)
        || word
            .chars()
            .next_back()
            .is_some_and(|last| COMMON_ENDINGS.contains(last))
}

/// Whether a word of two characters is a kind of place and no name: 北区, 新村, 大街.
pub(super) fn is_unnamed_place(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), Some(last), None) = (chars.next(), chars.next(), chars.next()) else {
        return false;
    };
    UNNAMING.contains(first) && UNNAMED.contains(last)
}

/// Whether a word is a place, whatever the dictionary says.
pub(super) fn is_place(word: &str) -> bool {
    PLACES.contains(&word)
}

/// Whether a word ends as places do.
pub(super) fn ends_place(word: &str) -> bool {
    word.chars()
        .next_back()
        .is_some_and(|last| PLACE_ENDINGS.contains(last))
}

/// Whether a word is written in characters that stand for sounds.
pub(super) fn is_transliterated(word: &str) -> bool {
    word.chars().all(|c| TRANSLITERATION.contains(c))
}
