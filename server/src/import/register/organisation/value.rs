//! Cells of a list of schools as offices write them.

use api::registry::organisation::{Cluster, OrganisationKind};
use api::text::Text;

use super::super::columns::plain;

/// More than any school has: a slip of the hand, or a telephone.
const MANY: f64 = 20_000.0;

/// Kind of an organisation by the words of a kind or of a name.
pub fn kind(text: &str) -> Option<OrganisationKind> {
    use OrganisationKind::{
        BasicSchool, ExtraEducation, Gymnasium, Lyceum, Preschool, PrimarySchool, SecondarySchool,
    };
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let has_word = |word: &str| words.contains(&word);
    let has = |part: &str| text.contains(part);
    // Gymnasiums and lyceums call themselves schools as well, so they are looked for first.
    Some(if has("гимнази") || has("gymnasium") {
        Gymnasium
    } else if has("лице") || has("lyceum") {
        Lyceum
    } else if has("детский сад") || has("доу") || has("preschool") {
        Preschool
    } else if has("дополнительн") || has_word("дод") || has_word("ддт") || has("extra education")
    {
        ExtraEducation
    } else if has_word("нош") || has("начальная") || has("primary") {
        PrimarySchool
    } else if has_word("оош") || has("основная") || has("basic") {
        BasicSchool
    } else if has_word("сош") || has("средняя") || has("secondary") {
        SecondarySchool
    } else {
        return None;
    })
}

/// Does a cell say that the school is a branch, and not what kind it is?
pub fn is_branch(text: &str) -> bool {
    kind(text).is_none() && plain(text).contains("филиал")
}

/// Grades that a kind usually teaches.
pub fn grades_of(kind: OrganisationKind) -> Vec<u8> {
    match kind {
        OrganisationKind::PrimarySchool => (1..=4).collect(),
        OrganisationKind::BasicSchool => (1..=9).collect(),
        OrganisationKind::SecondarySchool
        | OrganisationKind::Gymnasium
        | OrganisationKind::Lyceum => (1..=11).collect(),
        OrganisationKind::Preschool | OrganisationKind::ExtraEducation => Vec::new(),
    }
}

/// «1–9», «1-4, 10-11», «5».
pub fn grades(text: &str) -> Option<Vec<u8>> {
    let mut found = Vec::new();
    for part in text.split([',', ';']) {
        let mut ends = part.split(['-', '–', '—']).map(|end| {
            end.trim()
                .parse::<u8>()
                .ok()
                .filter(|grade| (1..=12).contains(grade))
        });
        let first = ends.next()??;
        let last = match ends.next() {
            Some(last) => last?,
            None => first,
        };
        if ends.next().is_some() || last < first {
            return None;
        }
        found.extend(first..=last);
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// A whole number, with spaces between thousands, and as a program writes it: «1 043», «214.0».
pub fn count(text: &str) -> Option<u32> {
    let number = decimal(text)?;
    let is_whole = number.fract() == 0.0 && (0.0..=MANY).contains(&number);
    is_whole.then_some(number as u32)
}

fn decimal(text: &str) -> Option<f64> {
    let plain: String = text.split_whitespace().collect();
    plain
        .replace(',', ".")
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

/// Degrees north.
pub fn latitude(text: &str) -> Option<f64> {
    decimal(text).filter(|value| value.abs() <= 90.0)
}

/// Degrees east.
pub fn longitude(text: &str) -> Option<f64> {
    decimal(text).filter(|value| value.abs() <= 180.0)
}

/// «да», «нет», «+», «1».
pub fn yes(text: &str) -> Option<bool> {
    match text.trim() {
        "+" => return Some(true),
        "-" | "–" | "—" => return Some(false),
        _ => {}
    }
    match plain(text).as_str() {
        "да" | "1" | "yes" | "true" | "истина" => Some(true),
        "нет" | "0" | "no" | "false" | "ложь" => Some(false),
        _ => None,
    }
}

/// Is the school in a village: «село», «город», «да».
pub fn rural(text: &str) -> Option<bool> {
    let words = plain(text);
    if words.starts_with("сел") || words.starts_with("rural") {
        return Some(true);
    }
    if words.starts_with("гор") || words.starts_with("urban") {
        return Some(false);
    }
    yes(text)
}

/// Is a settlement a village by the short word before its name?
pub fn is_village(settlement: &str) -> bool {
    let words = plain(settlement);
    let first = words.split(' ').next().unwrap_or_default();
    !matches!(first, "г" | "гор" | "город" | "пгт" | "рп")
}

/// Group of comparable schools by its name.
pub fn cluster(text: &str) -> Option<Cluster> {
    let text = plain(text);
    CLUSTERS
        .iter()
        .find(|(_, ru, en)| plain(ru) == text || plain(en) == text)
        .map(|(cluster, ..)| *cluster)
}

/// Names of groups as pages and the export say them.
pub const CLUSTERS: [(Cluster, &str, &str); 4] = [
    (
        Cluster::RuralSmall,
        "Сельские, до 100 учеников",
        "Rural, up to 100 pupils",
    ),
    (
        Cluster::Rural,
        "Сельские, более 100 учеников",
        "Rural, more than 100 pupils",
    ),
    (Cluster::Urban, "Город", "Urban"),
    (
        Cluster::Advanced,
        "Гимназии и лицеи",
        "Gymnasiums and lyceums",
    ),
];

/// Names of kinds as pages and the export say them.
pub const KINDS: [(OrganisationKind, &str, &str); 7] = [
    (OrganisationKind::PrimarySchool, "НОШ", "Primary school"),
    (OrganisationKind::BasicSchool, "ООШ", "Basic school"),
    (OrganisationKind::SecondarySchool, "СОШ", "Secondary school"),
    (OrganisationKind::Gymnasium, "гимназия", "Gymnasium"),
    (OrganisationKind::Lyceum, "лицей", "Lyceum"),
    (OrganisationKind::Preschool, "детский сад", "Preschool"),
    (
        OrganisationKind::ExtraEducation,
        "дополнительное образование",
        "Extra education",
    ),
];

/// What is wrong with a cell of this field, and what can stand there.
pub fn hint(key: &str, cell: &str) -> Text {
    let (ru, en) = match key {
        "pupils" | "capacity" => (
            "не число. Впишите, сколько, цифрами",
            "no number. Write how many in digits",
        ),
        "grades" => (
            "не классы. Напишите, например, 1–9 или 1–4, 10–11",
            "no grades. Write for example 1–9 or 1–4, 10–11",
        ),
        "kind" => (
            "не вид школы. Подходят СОШ, ООШ, НОШ, гимназия, лицей, детский сад, дополнительное образование",
            "no kind of school. Secondary, basic, primary, gymnasium, lyceum, preschool or extra education will do",
        ),
        "cluster" => (
            "не группа похожих школ. Подходят: Сельские, до 100 учеников; Сельские, более 100 учеников; Город; Гимназии и лицеи",
            "no group of comparable schools. Rural, up to 100 pupils; Rural, more than 100 pupils; Urban; Gymnasiums and lyceums will do",
        ),
        "latitude" | "longitude" => (
            "не координата. Напишите градусы, например 56,01",
            "no coordinate. Write degrees, for example 56.01",
        ),
        _ => (
            "не ответ. Напишите «да» или «нет», для местности «село» или «город»",
            "no answer. Write yes or no, for the place rural or urban",
        ),
    };
    Text::new(format!("«{cell}» — {ru}."), format!("“{cell}” is {en}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_offices_write_them() {
        assert_eq!(grades("1–4"), Some(vec![1, 2, 3, 4]));
        assert_eq!(grades("1-2, 10-11"), Some(vec![1, 2, 10, 11]));
        assert_eq!(grades("5"), Some(vec![5]));
        for wrong in ["", "9-1", "0-4", "1-13", "1-2-3", "все"] {
            assert_eq!(grades(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn counts_take_spaces_and_no_words() {
        assert_eq!(count("1 043"), Some(1_043));
        assert_eq!(count("214.0"), Some(214));
        for wrong in ["около 20", "-1", "12,5", "89135550101", ""] {
            assert_eq!(count(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn kind_is_told_by_a_word_or_a_name() {
        use OrganisationKind::{BasicSchool, Gymnasium, Preschool, SecondarySchool};
        for (text, expected) in [
            ("СОШ", Some(SecondarySchool)),
            ("МБОУ «Средняя школа № 3»", Some(SecondarySchool)),
            ("Боровская ООШ", Some(BasicSchool)),
            ("Гимназия № 1", Some(Gymnasium)),
            ("МБДОУ «Колосок»", Some(Preschool)),
            ("Школа", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
        for (expected, ru, en) in KINDS {
            assert_eq!([kind(ru), kind(en)], [Some(expected); 2], "{ru}");
        }
    }

    #[test]
    fn village_is_told_by_the_word_before_its_name() {
        assert!(is_village("с. Берёзово") && is_village("Ключи"));
        assert!(!is_village("г. Заречный") && !is_village("пгт Кедровый"));
        assert_eq!(rural("село"), Some(true));
        assert_eq!(rural("городская"), Some(false));
        assert_eq!(rural("да"), Some(true));
    }
}
