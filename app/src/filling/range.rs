//! The numbers of a range, from its start to its end, which may be the smaller one.

use super::view::QuestionView;

/// A list with more entries than this is no help: the range is a slider then.
const LONGEST_LIST: usize = 200;
/// More stars than this do not fit a line.
const MOST_STARS: usize = 10;

/// How a range is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeLook {
    /// A slider from left to right.
    Slider,
    /// A slider from the bottom up.
    Vertical,
    /// A list to pick from.
    Picker,
    /// A row of stars.
    Rating,
}

/// The numbers that can be chosen, in the order of the form.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    start: i128,
    step: i128,
    last: usize,
    /// How it is asked for.
    pub look: RangeLook,
}

/// Decimal places that are kept: more than any form holds.
const PLACES: usize = 9;

impl Range {
    /// The range of a question. The sign of the step is that of the way from start to end, whatever is written; what
    /// cannot be read is what the reference takes without it: 1, 10, 1.
    pub fn of(view: &QuestionView) -> Self {
        let read = |name: &str| view.parameter(name).and_then(billionths);
        let one = 10_i128.pow(PLACES as u32);
        let start = read("start").unwrap_or(one);
        let end = read("end").unwrap_or(10 * one);
        let size = read("step").filter(|step| *step != 0).unwrap_or(one).abs();
        let last = usize::try_from((end - start).abs() / size).unwrap_or(0);
        let has = |word: &str| view.has_appearance(word);
        let look = if has("rating") && last < MOST_STARS {
            RangeLook::Rating
        } else if has("picker") && last < LONGEST_LIST {
            RangeLook::Picker
        } else if has("vertical") {
            RangeLook::Vertical
        } else {
            RangeLook::Slider
        };
        Range {
            start,
            step: if end < start { -size } else { size },
            last,
            look,
        }
    }

    /// Number of steps from the start to the last number.
    pub fn last(&self) -> usize {
        self.last
    }

    /// The number at a step, as it is stored.
    pub fn value(&self, at: usize) -> String {
        let at = i128::try_from(at.min(self.last)).unwrap_or(0);
        text(self.start + self.step * at)
    }

    /// All numbers, from start to end.
    pub fn values(&self) -> Vec<String> {
        (0..=self.last).map(|at| self.value(at)).collect()
    }

    /// The step of a stored number; the nearest for one between two steps, none for a blank.
    pub fn place(&self, value: &str) -> Option<usize> {
        let value = billionths(value)?;
        let half = self.step.abs() / 2;
        let way = (value - self.start) * self.step.signum();
        let at = (way + half).div_euclid(self.step.abs()).max(0);
        Some(usize::try_from(at).unwrap_or(0).min(self.last))
    }
}

/// A decimal number in billionths, exactly; none for what is no number.
fn billionths(text: &str) -> Option<i128> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && part.is_empty() || !is_number(whole) || !is_number(part) {
        return None;
    }
    let part = part.get(..part.len().min(PLACES))?;
    let number: i128 = format!("{whole}{part:0<PLACES$}").parse().ok()?;
    (number < i128::MAX / 1_000_000).then_some(sign * number)
}

fn text(billionths: i128) -> String {
    let one = 10_u128.pow(PLACES as u32);
    let size = billionths.unsigned_abs();
    let sign = if billionths < 0 { "-" } else { "" };
    let part = format!("{:0PLACES$}", size % one);
    match part.trim_end_matches('0') {
        "" => format!("{sign}{}", size / one),
        part => format!("{sign}{}.{part}", size / one),
    }
}

#[cfg(test)]
mod tests {
    use forms::form::QuestionKind;
    use proptest::prelude::*;

    use super::super::view::tests::yes_no;
    use super::*;

    fn range(parameters: &[(&str, &str)], appearance: &[&str]) -> Range {
        let mut view = yes_no("a");
        view.kind = QuestionKind::Range;
        view.parameters = parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        view.appearance = appearance.iter().map(|word| (*word).to_owned()).collect();
        Range::of(&view)
    }

    #[test]
    fn a_range_falls_where_its_end_is_smaller_whatever_sign_the_step_has() {
        for step in ["1", "-1"] {
            let falling = range(&[("start", "5"), ("end", "1"), ("step", step)], &[]);
            assert_eq!(falling.values(), ["5", "4", "3", "2", "1"], "step {step}");
            assert_eq!(falling.place("4"), Some(1));
        }
        let rising = range(&[("start", "-0.5"), ("end", "0.5"), ("step", "0.25")], &[]);
        assert_eq!(rising.values(), ["-0.5", "-0.25", "0", "0.25", "0.5"]);
        assert_eq!(
            range(&[], &[]).values().len(),
            10,
            "1 to 10 is what nothing says"
        );
        let tenths = range(&[("start", "0"), ("end", "1"), ("step", "0.1")], &[]);
        assert_eq!(tenths.value(3), "0.3", "no 0.30000000000000004");
        assert_eq!(
            range(&[("start", "1"), ("end", "10"), ("step", "4")], &[]).values(),
            ["1", "5", "9"]
        );
        assert_eq!(rising.place(""), None);
        assert_eq!(rising.place("0.3"), Some(3));
        assert_eq!(rising.place("99"), Some(4));
    }

    #[test]
    fn appearances_look_so_while_they_fit() {
        let five = [("start", "1"), ("end", "5")];
        let many = [("start", "0"), ("end", "1000")];
        assert_eq!(range(&five, &["rating"]).look, RangeLook::Rating);
        assert_eq!(range(&five, &["picker"]).look, RangeLook::Picker);
        assert_eq!(
            range(&five, &["vertical", "no-ticks"]).look,
            RangeLook::Vertical
        );
        assert_eq!(range(&five, &[]).look, RangeLook::Slider);
        assert_eq!(range(&many, &["rating"]).look, RangeLook::Slider);
        assert_eq!(range(&many, &["picker"]).look, RangeLook::Slider);
    }

    proptest! {
        #[test]
        fn every_number_of_a_range_is_found_again(
            start in -5_000_i32..5_000, end in -5_000_i32..5_000, step in 1_i32..400, places in 0_u32..4,
        ) {
            let scaled = |number: i32| format!("{:.3}", f64::from(number) / 10_f64.powi(places as i32));
            let (start, end, step) = (scaled(start), scaled(end), scaled(step));
            let range = range(&[("start", &start), ("end", &end), ("step", &step)], &[]);
            let (low, high) = (start.parse::<f64>().unwrap(), end.parse::<f64>().unwrap());
            let (low, high) = (low.min(high), low.max(high));
            for at in [0, range.last() / 2, range.last()] {
                let value = range.value(at);
                prop_assert_eq!(range.place(&value), Some(at));
                let number: f64 = value.parse().unwrap();
                prop_assert!(low - 1e-9 <= number && number <= high + 1e-9);
            }
        }
    }
}
