//! One paragraph as the grammar reads it: code points, with the forms of one character folded together.
//!
//! Folding is one to one, so a position in the line is a position in the paragraph.

use std::sync::LazyLock;

use super::numeral;

/// A paragraph, folded: full-width ASCII is ASCII, a decimal middot is a point, traditional forms of the characters
/// that the grammar names are simplified ones.
#[derive(Default)]
pub(super) struct Line {
    chars: Vec<char>,
    /// Numbers read last: every rule that begins with one asks for it again.
    pub(super) numerals: numeral::Memo,
    /// Where another form of a character is printed than the line has, and which.
    variants: Vec<(usize, char)>,
}

/// More spaces than this in a row are a gap in the layout, not a slip of the recogniser.
const MOST_SPACES: usize = 4;

impl Line {
    /// The paragraph as the grammar reads it.
    #[cfg(test)]
    pub(super) fn of(paragraph: &str) -> Self {
        let mut line = Self::default();
        line.read(paragraph);
        line
    }

    /// Replaces what the line holds by `paragraph`, keeping its memory.
    pub(super) fn read(&mut self, paragraph: &str) {
        self.chars.clear();
        self.numerals.clear();
        self.variants.clear();
        let mut before = '\0';
        let mut rest = paragraph.chars().peekable();
        while let Some(char) = rest.next() {
            let folded = if char < '\u{80}' {
                char
            } else {
                match char {
                    '·' | '•' | '・' | '．' if is_digit(before) && rest.peek().is_some_and(|next| is_digit(*next)) => {
                        '.'
                    }
                    // Thousands are set off by a full-width comma only inside full-width digits.
                    '，' if is_wide_digit(before) && rest.peek().is_some_and(|next| is_wide_digit(*next)) => ',',
                    '，' | '；' | '！' | '？' | '（' | '）' => char,
                    _ => fold(char),
                }
            };
            if folded != char && is_han(char) {
                self.variants.push((self.chars.len(), char));
            }
            self.chars.push(folded);
            before = char;
        }
    }

    /// How many characters the line has.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `index`; NUL past the end.
    pub(super) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character `count` before `index`; NUL before the start.
    pub(super) fn before(&self, index: usize, count: usize) -> char {
        index.checked_sub(count).map_or('\0', |index| self.at(index))
    }

    /// Whether `word` stands at `index`.
    pub(super) fn has(&self, index: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(offset, char)| self.at(index + offset) == char)
    }

    /// Whether `word` ends just before `index`.
    pub(super) fn has_before(&self, index: usize, word: &str) -> bool {
        let mut back = word.chars().rev().enumerate();
        back.all(|(offset, char)| self.before(index, offset + 1) == char)
    }

    /// The whole number that the ASCII digits from `start` up to `end` write; `None` for anything else or too many.
    pub(super) fn whole(&self, start: usize, end: usize) -> Option<u32> {
        let digits = self.chars.get(start..end).filter(|digits| !digits.is_empty())?;
        digits.iter().try_fold(0_u32, |number, char| {
            number.checked_mul(10)?.checked_add(char.to_digit(10)?)
        })
    }

    /// One past `word`, which may have a space between its characters, if it stands at `index`.
    pub(super) fn after_spaced(&self, index: usize, word: &str) -> Option<usize> {
        let mut at = index;
        for (place, char) in word.chars().enumerate() {
            if place > 0 {
                at = self.skip_spaces(at);
            }
            if self.at(at) != char {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// The first position from `index` on that is no space; `index` itself where there are too many.
    pub(super) fn skip_spaces(&self, index: usize) -> usize {
        let mut at = index;
        while is_space(self.at(at)) {
            at += 1;
            if at > index + MOST_SPACES {
                return index;
            }
        }
        at
    }

    /// The last position up to `index` that has no space before it; `index` itself where there are too many.
    pub(super) fn skip_spaces_back(&self, index: usize) -> usize {
        let mut at = index;
        while is_space(self.before(at, 1)) {
            at -= 1;
            if at + MOST_SPACES < index {
                return index;
            }
        }
        at
    }

    /// One past the run of characters from `index` on that `belongs` accepts.
    pub(super) fn run(&self, index: usize, belongs: fn(char) -> bool) -> usize {
        let rest = self.chars.get(index..).unwrap_or_default();
        index + rest.iter().take_while(|char| belongs(**char)).count()
    }

    /// Like [`Line::run`], but looks at no more than `most` characters and one after them: a longer run ends past
    /// `index + most`.
    pub(super) fn short_run(&self, index: usize, most: usize, belongs: fn(char) -> bool) -> usize {
        let rest = self.chars.get(index..).unwrap_or_default();
        index + rest.iter().take(most + 1).take_while(|char| belongs(**char)).count()
    }

    /// The characters from `start` up to `end`, folded.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    /// Whether no character is printed in another form than the line has it.
    pub(super) fn is_as_printed(&self) -> bool {
        self.variants.is_empty()
    }

    /// `word` in the form in which it is printed where it first stands between `start` and `end`.
    pub(super) fn printed(&self, word: &str, start: usize, end: usize) -> Option<String> {
        let at = (start..end).find(|at| self.has(*at, word))?;
        let from = self.variants.partition_point(|(place, _)| *place < at);
        let mut variants = self.variants.get(from..)?.iter().peekable();
        let forms = word.chars().enumerate().map(|(offset, char)| {
            let variant = variants.next_if(|(place, _)| *place == at + offset);
            variant.map_or(char, |(_, form)| *form)
        });
        Some(forms.collect())
    }

    /// Whether one of `words` stands in the `reach` characters before `index`, in the same clause.
    pub(super) fn clause_has(&self, index: usize, reach: usize, words: &[&str]) -> bool {
        let mut start = index;
        while start > 0 && index - start < reach && !ends_sentence(self.before(start, 1)) {
            start -= 1;
        }
        (start..index).any(|at| words.iter().any(|word| self.has(at, word)))
    }
}

/// A space that may have slipped into a figure.
pub(super) fn is_space(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{3000}')
}

/// Whether a sentence or a paragraph ends with `char`.
pub(super) fn ends_sentence(char: char) -> bool {
    matches!(char, '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n')
}

/// A letter of the Latin alphabet.
pub(super) fn is_letter(char: char) -> bool {
    char.is_ascii_alphabetic()
}

/// A Chinese character.
pub(super) fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || is_wide_digit(char)
}

fn is_wide_digit(char: char) -> bool {
    matches!(char, '０'..='９')
}

/// Each form of a character beside the one by which the grammar knows it.
const FORMS: &str = "\
    於于 滿满 萬万 億亿 兩两 倆两 俩两 點点 個个 箇个 餘余 幾几 負负 貳贰 貮贰 參叁 叄叁 陸陆 \
    約约 數数 歲岁 噸吨 圓元 圆元 對对 雙双 張张 條条 輛辆 項项 過过 達达 從从 時时 間间 鐘钟 \
    幣币 錢钱 塊块 週周 號号 後后 來来 內内 層层 隊队 場场 戶户 畝亩 處处 縣县 組组 隻只 聲声 \
    頁页 筆笔 樓楼 級级 顆颗 節节 課课 門门 種种 類类 臺台 農农 曆历 當当 國国 將将 禮礼 陣阵 \
    頓顿 盞盏 棟栋 紀纪 學学 連连 歷历 釐厘 開开 貫贯 齣出 陰阴 臘腊 淩凌 頃顷 東东 鎊镑 歐欧 \
    韓韩 盧卢 攝摄 許许 頭头 這这 慶庆 緒绪 統统 順顺 禎祯 貞贞 觀观 漢汉 豐丰 樂乐 鄉乡 鎮镇 \
    區区 單单 輪轮 線线 冊册 劑剂 針针 發发 槍枪 絲丝 縷缕 車车 橋桥 館馆 環环 廠厂 島岛 詞词 \
    幀帧 撥拨 則则 頂顶 壺壶 檔档 階阶 傷伤 勝胜 銀银 銅铜 賽赛 財财 屆届 戰战 遼辽 晉晋 樣样 \
    邊边 會会 體体 產产 業业 無无 標标 準准 馬马 員员 夠够 曉晓 黃黄 說说 終终";

/// The form of `char` in which the grammar knows it.
pub(super) fn fold(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(char) - 0xfee0).unwrap_or(char),
        '￥' => '¥',
        '−' | '–' | '‐' | '‑' => '-',
        '∼' | '〜' => '~',
        '\u{4e00}'..='\u{9fff}' => FOLDED.get(u32::from(char) as usize - 0x4e00).copied().unwrap_or(char),
        _ => char,
    }
}

/// What each Chinese character of the first plane is folded to: every character of a text is asked for.
static FOLDED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut folded: Vec<char> = ('\u{4e00}'..='\u{9fff}').collect();
    for pair in FORMS.split_whitespace() {
        let mut chars = pair.chars();
        if let (Some(form), Some(known)) = (chars.next(), chars.next())
            && let Some(place) = folded.get_mut(u32::from(form) as usize - 0x4e00)
        {
            *place = known;
        }
    }
    folded
});

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn folding_never_moves_a_character() {
        for text in ["７·５％", "𬱟１，２３４萬😀", "\u{feff}３0\u{3000}萬"] {
            assert_eq!(Line::of(text).len(), text.chars().count());
        }
    }

    #[test]
    fn folds_forms_of_one_character() {
        let folded = Line::of("７·５％，１，２３４萬、3，4");
        assert_eq!(folded.text(0, folded.len()), "7.5%，1,234万、3，4");
    }

    #[test]
    fn spaces_are_skipped_both_ways_but_not_gaps() {
        let text = Line::of("98 %       x");
        assert_eq!((text.skip_spaces(2), text.skip_spaces_back(3)), (3, 2));
        assert_eq!((text.skip_spaces(4), text.skip_spaces_back(11)), (4, 11));
    }
}
