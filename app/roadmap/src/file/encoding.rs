//! Letters of files that do not say how they are written.

use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, WINDOWS_1251};

/// UTF-8, UTF-16 with its mark, or the Cyrillic encoding that makes the most words.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return text.into_owned();
    }
    [WINDOWS_1251, IBM866, KOI8_R]
        .into_iter()
        .map(|encoding| encoding.decode_without_bom_handling(bytes).0)
        .max_by_key(|text| likeness(text))
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default()
}

/// Common small letters speak for an encoding, signs that no table has speak against it.
fn likeness(text: &str) -> i64 {
    text.chars()
        .take(20_000)
        .map(|sign| match sign {
            'о' | 'е' | 'а' | 'и' | 'н' | 'т' | 'с' | 'р' => 2,
            'а'..='я' => 1,
            '\u{2500}'..='\u{259f}' | '\u{80}'..='\u{9f}' => -4,
            'А'..='Я' => -1,
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::decode;
    use encoding_rs::{IBM866, KOI8_R, WINDOWS_1251};

    #[test]
    fn cyrillic_encodings_are_told_apart() {
        let text = "№ п/п;Мероприятие;Срок исполнения;Ответственный";
        let shown = text.replace('№', "N");
        for encoding in [WINDOWS_1251, IBM866, KOI8_R] {
            assert_eq!(
                decode(&encoding.encode(&shown).0),
                shown,
                "{}",
                encoding.name()
            );
        }
        assert_eq!(decode(text.as_bytes()), text);
    }
}
