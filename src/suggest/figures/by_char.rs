//! Words filed under one of their characters.

/// Lists of words, each filed under a character of the basic plane, found in one step.
pub(super) struct ByChar<T> {
    /// For each character the number of its list, from 1; 0 where it has none.
    numbers: Vec<u16>,
    lists: Vec<Vec<T>>,
}

impl<T> Default for ByChar<T> {
    fn default() -> Self {
        Self {
            numbers: vec![0; usize::from(u16::MAX) + 1],
            lists: Vec::new(),
        }
    }
}

impl<T> ByChar<&'static T> {
    /// Files `words` in their order under the characters that `key` names.
    pub(super) fn of(words: &'static [T], key: impl Fn(&T) -> Option<char>) -> Self {
        let mut filed = Self::default();
        for word in words {
            filed.push(key(word).unwrap_or_default(), word);
        }
        filed
    }
}

impl<T> ByChar<T> {
    /// Files `word` under `char`; there is no word that begins beyond the basic plane.
    pub(super) fn push(&mut self, char: char, word: T) {
        let Some(number) = self.numbers.get_mut(u32::from(char) as usize) else {
            return;
        };
        if *number == 0 {
            self.lists.push(Vec::new());
            *number = u16::try_from(self.lists.len()).unwrap_or(0);
        }
        if let Some(list) = self.lists.get_mut(usize::from(*number).wrapping_sub(1)) {
            list.push(word);
        }
    }

    /// The words filed under `char`.
    pub(super) fn get(&self, char: char) -> &[T] {
        let number = self.numbers.get(u32::from(char) as usize).copied().unwrap_or(0);
        self.lists
            .get(usize::from(number).wrapping_sub(1))
            .map_or(&[], Vec::as_slice)
    }

    /// Puts each list in the order of `key`.
    pub(super) fn sort_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        for list in &mut self.lists {
            list.sort_by_key(&mut key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ByChar;

    #[test]
    fn words_are_found_under_their_character() {
        let mut words = ByChar::default();
        for word in ["公里", "元", "公斤"] {
            words.push(word.chars().next().unwrap(), word);
        }
        words.sort_by_key(|word| std::cmp::Reverse(*word));
        assert_eq!(words.get('公'), ["公里", "公斤"]);
        assert_eq!(words.get('元'), ["元"]);
        assert!(words.get('里').is_empty() && words.get('𬱟').is_empty() && words.get('\0').is_empty());
    }
}
