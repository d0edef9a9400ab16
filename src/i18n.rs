//! The window's words, in Chinese and English. A text that lacks one of them does not compile.

/// A table of texts: each has a name and its words in both languages.
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

mod errors;
mod faults;
mod pinyin;
mod texts;

pub use pinyin::initials;
pub use texts::T;

use crate::annot::Label;

/// A language of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Chinese where the system's language (`zh-CN`, `zh_TW.UTF-8`, …) is Chinese, English elsewhere.
    #[must_use]
    pub fn of_system(locale: Option<&str>) -> Self {
        if locale.is_some_and(|locale| locale.starts_with("zh")) {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// A text with `{}` filled in.
    #[must_use]
    pub fn fill(self, text: T, values: &[&str]) -> String {
        let mut filled = String::new();
        let mut values = values.iter();
        for (n, part) in text.of(self).split("{}").enumerate() {
            if n > 0 {
                filled.push_str(values.next().unwrap_or(&""));
            }
            filled.push_str(part);
        }
        filled
    }

    /// A label's name.
    #[must_use]
    pub fn label(self, label: &Label) -> &str {
        match self {
            Self::Zh => &label.zh,
            Self::En => &label.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_language_decides() {
        assert_eq!(Lang::of_system(Some("zh-Hans-CN")), Lang::Zh);
        assert_eq!(Lang::of_system(Some("de-DE")), Lang::En);
        assert_eq!(Lang::of_system(None), Lang::En);
    }

    #[test]
    fn every_text_has_as_many_gaps_in_both_languages() {
        for text in T::ALL {
            let gaps = |lang| text.of(lang).matches("{}").count();
            assert_eq!(gaps(Lang::Zh), gaps(Lang::En), "{text:?}");
        }
    }
}
