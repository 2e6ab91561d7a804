//! Text that XML 1.0 can hold.

/// The text without signs that XML forbids: a vertical tab, a form feed and separators of older systems parted words
/// and become blanks, what only steers a terminal is left out.
pub fn held(text: &str) -> String {
    text.chars()
        .filter_map(|sign| match sign {
            '\t' | '\n' => Some(sign),
            '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' => Some(' '),
            '\u{fffe}' | '\u{ffff}' => None,
            sign if sign.is_control() => None,
            sign => Some(sign),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_apart_and_nothing_forbidden_is_left() {
        let held = held("а\u{b}б\u{0}в\nг\u{fffe}");
        assert_eq!(held, "а бв\nг");
    }
}
