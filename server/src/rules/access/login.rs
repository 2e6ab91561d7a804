//! A login to begin with, made of a name.

/// A login in Latin letters for a name as it is written in Russia: the first word, and the first letter of the second.
/// `None` for a name without letters.
///
/// # Source
/// Letters as in passports: order of the Ministry of Foreign Affairs of 12.02.2020 № 2113, annex 3 (ICAO Doc 9303).
pub fn suggested(name: &str) -> Option<String> {
    let mut words = name
        .split_whitespace()
        .map(|word| latin(word.split('-').next().unwrap_or(word)))
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    Some(match words.next().and_then(|word| word.chars().next()) {
        Some(initial) => format!("{first}.{initial}"),
        None => first,
    })
}

fn latin(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.chars().filter_map(letter).collect()
}

fn letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' => "ie",
        'ы' => "y",
        'ь' => return None,
        'ю' => "iu",
        'я' => "ia",
        'a'..='z' => return LATIN.get(usize::from(letter as u8 - b'a')).copied(),
        _ => return None,
    })
}

const LATIN: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_becomes_a_login_that_every_keyboard_can_type() {
        for (name, login) in [
            ("Ёлкина-Щербань Анна Львовна", Some("elkina.a")),
            ("Ланская Нина", Some("lanskaia.n")),
            ("Соловьёв", Some("solovev")),
            ("Anna Lee", Some("anna.l")),
            ("№ 7", None),
        ] {
            assert_eq!(suggested(name).as_deref(), login, "{name}");
        }
    }
}
