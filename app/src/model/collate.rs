//! Order of names as people expect it: «Ё» after «Е», «№ 9» before «№ 10», case apart.

use std::cmp::Ordering;

/// Compares two names.
pub fn compare(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (units(left).into_iter(), units(right).into_iter());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(left), Some(right)) => match left.cmp(&right) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

/// A letter with its place, or a whole number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Number(u64),
    Letter(char, u8),
}

fn units(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match (letter.to_digit(10), units.last_mut()) {
            (Some(digit), Some(Unit::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(u64::from(digit));
            }
            (Some(digit), _) => units.push(Unit::Number(u64::from(digit))),
            (None, _) if letter == 'ё' => units.push(Unit::Letter('е', 1)),
            (None, _) => units.push(Unit::Letter(letter, 0)),
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        names.sort_by(|left, right| compare(left, right));
        names
    }

    #[test]
    fn yo_stands_after_ye() {
        assert_eq!(
            sorted(&["Ёлкино", "Жаровка", "Ежово", "Елово"]),
            ["Ежово", "Елово", "Ёлкино", "Жаровка"]
        );
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert_eq!(
            sorted(&["СОШ № 10", "СОШ № 9", "СОШ № 1"]),
            ["СОШ № 1", "СОШ № 9", "СОШ № 10"]
        );
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(compare("лицей", "ЛИЦЕЙ"), Ordering::Equal);
    }
}
