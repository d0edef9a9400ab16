//! What a character is to the typesetter: how wide, and what it may stand beside.

/// The width in half-width units: 1 for Latin letters and ASCII digits, 2 for Chinese characters and full-width forms.
/// `latin`: quotation marks and dashes, which the two scripts share, are set narrow.
pub(super) fn width(c: char, latin: bool) -> u32 {
    match u32::from(c) {
        0..=0x10ff => 1,
        0x200b..=0x200f | 0x2060 | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x2010..=0x206f if latin => 1,
        0xff61..=0xffdc => 1,
        0x1100..=0x11ff | 0x2010..=0x206f | 0x2100..=0x2bff | 0x2e80..=0xffff | 0x1_f000..=0x3_ffff => 2,
        _ => 1,
    }
}

/// A mark that Chinese and Latin share: quotation marks, dashes, dots.
pub(super) fn is_shared(c: char) -> bool {
    matches!(u32::from(c), 0x2010..=0x206f)
}

/// Scripts written without spaces, and the punctuation made for them.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x2e80..=0xa4cf | 0xf900..=0xfaff | 0xfe10..=0xfe1f | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffef | 0x2_0000..=0x3_ffff)
}

/// A Chinese character.
pub(super) fn is_hanzi(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff)
}

/// A letter or figure of a script that puts spaces between its words.
pub(super) fn is_spaced_word(c: char) -> bool {
    !is_cjk(c) && c.is_alphanumeric() && !matches!(u32::from(c), 0x2460..=0x24ff)
}

/// A digit of either width.
pub(super) fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Ends a sentence, in any script.
pub(super) fn is_final(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '!' | '?' | '｡' | '…' | '．' | '︒' | '︕' | '︖'
    )
}

/// Divides a sentence.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | ',' | ';' | '﹐' | '､' | '︐' | '︑' | '︔')
}

/// Introduces what follows.
pub(super) fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

/// Closes a quotation or a bracket.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '」'
            | '』'
            | '）'
            | ')'
            | '】'
            | '〕'
            | '》'
            | '〉'
            | '〗'
            | ']'
            | '］'
            | '}'
            | '｝'
            | '﹂'
            | '﹄'
    )
}

/// Opens a quotation or a bracket.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '「'
            | '『'
            | '（'
            | '('
            | '【'
            | '〔'
            | '《'
            | '〈'
            | '〖'
            | '['
            | '［'
            | '{'
            | '｛'
            | '﹁'
            | '﹃'
    )
}

/// Stands before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '●' | '■' | '◆' | '▲' | '○' | '□' | '★' | '◎' | '※' | '▶' | '•' | '①'..='⑳'
    )
}

/// A line may not begin with it (JIS X 4051, GB/T 15834: 避头).
pub(super) fn cannot_start(c: char) -> bool {
    is_pause(c)
        || is_closer(c)
        || matches!(
            c,
            '。' | '！' | '？' | '!' | '?' | '｡' | '：' | ':' | '·' | '％' | '%' | '‰' | '℃'
        )
}

/// Never the first character of a sentence, so never of a block.
pub(super) fn leans_back(c: char) -> bool {
    matches!(
        c,
        '的' | '了' | '们' | '們' | '吗' | '嗎' | '吧' | '呢' | '者' | '及' | '或'
    )
}

/// Hardly ever the last character of a sentence or a heading.
pub(super) fn leans_on(c: char) -> bool {
    matches!(
        c,
        '的' | '和'
            | '与'
            | '與'
            | '及'
            | '或'
            | '在'
            | '将'
            | '將'
            | '把'
            | '被'
            | '对'
            | '對'
            | '从'
            | '從'
            | '向'
            | '于'
            | '於'
            | '以'
            | '为'
            | '為'
            | '是'
            | '有'
            | '不'
            | '就'
            | '也'
            | '还'
            | '還'
            | '并'
            | '而'
            | '但'
            | '这'
            | '這'
            | '那'
            | '其'
            | '该'
            | '該'
            | '所'
            | '使'
            | '让'
            | '讓'
            | '由'
            | '因'
            | '如'
            | '每'
            | '第'
            | '各'
            | '等'
            | '个'
            | '個'
            | '我'
            | '他'
            | '她'
            | '它'
            | '之'
            | '又'
            | '很'
            | '更'
            | '最'
            | '已'
    )
}

/// Never the last character of a headline's sentence.
pub(super) fn leads_on(c: char) -> bool {
    matches!(
        c,
        '的' | '和'
            | '与'
            | '與'
            | '及'
            | '或'
            | '在'
            | '将'
            | '將'
            | '把'
            | '被'
            | '从'
            | '從'
            | '于'
            | '於'
            | '为'
            | '為'
            | '让'
            | '讓'
    )
}

/// A counting word: what stands before it is a figure.
pub(super) fn counts(c: char) -> bool {
    matches!(
        c,
        '年' | '月'
            | '日'
            | '号'
            | '號'
            | '时'
            | '時'
            | '点'
            | '點'
            | '分'
            | '秒'
            | '个'
            | '個'
            | '名'
            | '人'
            | '位'
            | '万'
            | '萬'
            | '亿'
            | '億'
            | '千'
            | '百'
            | '余'
            | '餘'
            | '多'
            | '元'
            | '次'
            | '项'
            | '項'
            | '件'
            | '起'
            | '家'
            | '户'
            | '戶'
            | '处'
            | '處'
            | '条'
            | '條'
            | '天'
            | '岁'
            | '歲'
            | '米'
            | '公'
            | '吨'
            | '噸'
            | '亩'
            | '畝'
            | '倍'
            | '届'
            | '屆'
            | '场'
            | '場'
            | '所'
            | '座'
            | '辆'
            | '輛'
            | '级'
            | '級'
            | '%'
            | '％'
            | '.'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_counted_in_half_units() {
        for (c, half) in [
            ('a', 1),
            ('9', 1),
            ('９', 2),
            ('國', 2),
            ('𬱟', 2),
            ('，', 2),
            ('ｱ', 1),
            ('“', 2),
        ] {
            assert_eq!(width(c, false), half, "{c}");
        }
        assert_eq!(width('“', true), 1);
    }
}
