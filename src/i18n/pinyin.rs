//! The first letters of how Chinese words are said, for the command palette: `cx` finds 撤销.

use encoding_rs::GBK;

/// The first character of each letter in GB 2312, whose common characters (3,755 of them) stand in the order of pinyin.
/// No syllable begins with i, u or v.
const FIRST: [(u16, char); 23] = [
    (0xB0A1, 'a'),
    (0xB0C5, 'b'),
    (0xB2C1, 'c'),
    (0xB4EE, 'd'),
    (0xB6EA, 'e'),
    (0xB7A2, 'f'),
    (0xB8C1, 'g'),
    (0xB9FE, 'h'),
    (0xBBF7, 'j'),
    (0xBFA6, 'k'),
    (0xC0AC, 'l'),
    (0xC2E8, 'm'),
    (0xC4C3, 'n'),
    (0xC5B6, 'o'),
    (0xC5BE, 'p'),
    (0xC6DA, 'q'),
    (0xC8BB, 'r'),
    (0xC8F6, 's'),
    (0xCBFA, 't'),
    (0xCDDA, 'w'),
    (0xCEF4, 'x'),
    (0xD1B9, 'y'),
    (0xD4D1, 'z'),
];
/// The last of them, 座.
const LAST: u16 = 0xD7F9;

/// The initials of a text: one letter for each common Chinese character, in its most usual reading; letters and digits
/// as they are, in lower case; nothing for anything else.
#[must_use]
pub fn initials(text: &str) -> String {
    text.chars().filter_map(initial).collect()
}

fn initial(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase());
    }
    let mut buffer = [0; 4];
    let (bytes, ..) = GBK.encode(c.encode_utf8(&mut buffer));
    let &[high, low] = bytes.as_ref() else { return None };
    let code = u16::from_be_bytes([high, low]);
    // Between the rows stand characters that GBK added, in no order of sound.
    if low < 0xA1 || code > LAST {
        return None;
    }
    let after = FIRST.partition_point(|&(first, _)| first <= code);
    FIRST.get(after.checked_sub(1)?).map(|&(_, letter)| letter)
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn each_character_gives_its_first_letter() {
        for (text, letters) in [
            ("撤销", "cx"),
            ("打开示例", "dksl"),
            ("导出 JSON…", "dcjson"),
            ("下一处疑误", "xycyw"),
            ("啊座", "az"),
            ("喆，𬱟😀", ""),
        ] {
            assert_eq!(initials(text), letters, "{text}");
        }
    }
}
