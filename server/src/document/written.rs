//! What people typed, as a paper can hold it: no word is joined to the next, and no sign breaks the file.

/// Text with one kind of line break and without control signs. What separated words still does: a break of any
/// kind is `\n`, any other separating control sign becomes one blank. What only steers a terminal is left out.
pub fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\r' => {
                signs.next_if_eq(&'\n');
                written.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => written.push('\n'),
            '\t' => written.push('\t'),
            // Vertical tab and form feed of word processors, separators of older systems.
            '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' => {
                let stands_alone = written.ends_with(char::is_whitespace)
                    || signs.peek().is_none_or(|next| next.is_whitespace());
                if !stands_alone {
                    written.push(' ');
                }
            }
            // XML 1.0 knows neither control signs nor these two.
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign.is_control() => {}
            sign => written.push(sign),
        }
    }
    written
}

/// Is it a sign without an own shape: joiners, marks of direction, selectors of a variant, the soft hyphen?
pub fn is_shapeless(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Text inside XML, in an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in written(text).chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            sign => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_apart_whatever_stood_between_them() {
        let cases = [
            ("пустой\u{b}мягкий", "пустой мягкий"),
            ("пустой \u{b}мягкий", "пустой мягкий"),
            ("пустой\u{b} мягкий", "пустой мягкий"),
            ("а\u{c}б\u{1f}в", "а б в"),
            ("а\r\nб\rв\nг", "а\nб\nв\nг"),
            ("а\u{85}б\u{2028}в\u{2029}г", "а\nб\nв\nг"),
            ("а\u{0}б\u{7}в", "абв"),
            ("а\tб\u{fffe}", "а\tб"),
            ("нуль\u{200b}ширина 🐟", "нуль\u{200b}ширина 🐟"),
        ];
        for (typed, expected) in cases {
            assert_eq!(written(typed), expected, "{typed:?}");
        }
    }

    proptest! {
        /// Whatever is typed: the same words, nothing that XML 1.0 forbids, and a second pass changes nothing.
        #[test]
        fn what_is_typed_keeps_its_words(
            typed in r"([a-zа-я]{1,5}[\n\r\t \x0b\x0c\x1c-\x1f\x{85}\x{2028}]{1,4}){0,8}[a-zа-я]{0,5}",
        ) {
            let held = written(&typed);
            let is_gap = |sign: char| sign.is_whitespace() || sign.is_control();
            let words = |text: &str| -> Vec<String> {
                text.split(is_gap).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            };
            prop_assert_eq!(words(&held), words(&typed));
            let are_held = held.chars().all(|sign| !sign.is_control() || matches!(sign, '\n' | '\t'));
            prop_assert!(are_held);
            prop_assert_eq!(written(&held), held);
        }

        #[test]
        fn nothing_that_xml_forbids_is_written(typed in any::<String>()) {
            let held = escaped(&typed);
            let is_allowed = |sign: char| {
                matches!(sign, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)
            };
            let are_allowed = held.chars().all(is_allowed);
            prop_assert!(are_allowed);
        }
    }
}
