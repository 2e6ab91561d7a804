//! Which form of a noun goes with a number.

use super::Language;

/// Form of a noun after a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// 1 школа, 21 школа; 1 school.
    One,
    /// 2 школы, 33 школы; English has no such form.
    Few,
    /// 5 школ, 11 школ; 2 schools.
    Many,
}

/// The form that goes with `count`.
///
/// # Source
/// Unicode CLDR, plural rules for `ru` and `en`, whole numbers.
pub fn form(language: Language, count: u64) -> Form {
    match language {
        Language::En if count == 1 => Form::One,
        Language::En => Form::Many,
        Language::Ru => match (count % 10, count % 100) {
            (_, 11..=14) => Form::Many,
            (1, _) => Form::One,
            (2..=4, _) => Form::Few,
            _ => Form::Many,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_counts_take_three_forms() {
        let forms = [
            0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112, 1_002, 5_811,
        ]
        .map(|count| form(Language::Ru, count));
        use Form::{Few, Many, One};
        assert_eq!(
            forms,
            [
                Many, One, Few, Few, Many, Many, Many, Many, One, Few, Many, One, Many, Many, Few,
                Many
            ]
        );
    }

    #[test]
    fn english_counts_take_two_forms() {
        assert_eq!(form(Language::En, 1), Form::One);
        assert_eq!(form(Language::En, 0), Form::Many);
        assert_eq!(form(Language::En, 21), Form::Many);
    }
}
