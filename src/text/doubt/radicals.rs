//! Radicals where a character is meant: text taken out of a PDF has them, and no search finds them.
//!
//! The Kangxi radicals are equivalent to the characters by the Unicode Character Database (`UnicodeData.txt`), those of
//! the supplement by `EquivalentUnifiedIdeograph.txt`.

use super::{Doubt, Line, Reason};

/// The characters of the Kangxi radicals, from U+2F00 on.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
    廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
    目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
    邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
    ";

/// Radicals of the supplement that have the shape of a whole character, each with that character.
const SUPPLEMENT: &str = "⺟母⺠民⻅见⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";

pub(super) fn find(line: &Line, found: &mut Vec<Doubt>) {
    for (at, &c) in line.chars.iter().enumerate() {
        if let Some(character) = character_of(c) {
            found.push(line.doubt(at, at + 1, Reason::Radical, Some(character.to_string())));
        }
    }
}

/// The character that a radical has the shape of.
fn character_of(radical: char) -> Option<char> {
    match radical {
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(radical as usize - 0x2F00),
        '\u{2E80}'..='\u{2EF3}' => {
            let mut rest = SUPPLEMENT.chars().skip_while(|&c| c != radical);
            rest.nth(1)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, check_clean};

    #[test]
    fn a_radical_becomes_its_character() {
        check(&[
            ("今⽇⼤⾬", "今[⽇→日][⼤→大][⾬→雨]"),
            ("⺠生", "[⺠→民]生"),
            ("⿕⻰", "[⿕→龠][⻰→龙]"),
        ]);
        check_clean(&["今日大雨", "偏旁⺮读作竹字头"]);
    }
}
