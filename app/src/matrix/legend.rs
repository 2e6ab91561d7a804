//! What colours, patterns and signs of a matrix mean: one list for the page, drawings and paper.

use api::procedures::event::EventState;
use api::results::heat_map::CellState;

use super::data::Paint;
use super::layer::LayerChoice;
use crate::text::results::heat_map as words;
use crate::text::{Language, matrix as texts, number};

/// An entry: a swatch and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Paint of the swatch; a cell with nothing in it has that of the paper.
    pub paint: Paint,
    /// What stands in the swatch.
    pub figure: &'static str,
    /// What it means.
    pub text: String,
}

/// The entries of a layer. Nothing and nought are two things: both are in each list.
pub fn entries(
    language: Language,
    layer: LayerChoice,
    is_comparing: bool,
    bounds: &[f64],
) -> Vec<Entry> {
    let entry = |paint: Paint, figure: &'static str, text: &str| Entry {
        paint,
        figure,
        text: text.to_owned(),
    };
    let nothing = |text| entry(Paint::State(CellState::NoData), "—", text);
    let few = entry(
        Paint::State(CellState::Insufficient),
        "",
        texts::legend_few(language),
    );
    match (layer, is_comparing) {
        (_, true) => {
            let is_state = layer == LayerChoice::State;
            let mut entries: Vec<Entry> = [
                (-2, texts::shift_down_strong(language)),
                (-1, texts::shift_down(language)),
                (0, texts::shift_none(language)),
                (1, texts::shift_up(language)),
                (2, texts::shift_up_strong(language)),
            ]
            .into_iter()
            .map(|(shift, text)| {
                let figure = match (shift, is_state) {
                    (0, true) => "=",
                    (0, false) => "0",
                    _ => "",
                };
                entry(Paint::Shift(shift), figure, text)
            })
            .collect();
            entries.extend([few, nothing(texts::legend_nothing_to_compare(language))]);
            entries
        }
        (LayerChoice::State, false) => vec![
            entry(
                Paint::State(CellState::Signs),
                "",
                words::legend_signs(language),
            ),
            entry(
                Paint::State(CellState::Attention),
                "",
                words::legend_attention(language),
            ),
            entry(
                Paint::State(CellState::Calm),
                "",
                words::legend_calm(language),
            ),
            few,
            entry(
                Paint::State(CellState::Insufficient),
                "0",
                texts::legend_zero_pupils(language),
            ),
            nothing(words::legend_none(language)),
        ],
        (LayerChoice::DayBoard, false) => vec![
            entry(
                Paint::Phase(EventState::Planned),
                "○",
                common_planned(language),
            ),
            entry(
                Paint::Phase(EventState::Running),
                "",
                texts::legend_running(language),
            ),
            entry(
                Paint::Phase(EventState::Running),
                "0/2",
                texts::legend_zero_sheets(language),
            ),
            entry(
                Paint::Phase(EventState::Alert),
                "!",
                words::legend_alert(language),
            ),
            entry(
                Paint::Phase(EventState::Done),
                "✓",
                words::legend_done(language),
            ),
            nothing(texts::legend_no_event(language)),
        ],
        (LayerChoice::Observation | LayerChoice::Computed(_), false) => {
            let mut entries = steps(language, bounds);
            entries.extend([
                entry(Paint::Step(0), "0", texts::legend_zero(language)),
                few,
                nothing(texts::legend_nothing(language)),
            ]);
            entries
        }
    }
}

fn common_planned(language: Language) -> &'static str {
    crate::text::common::event_state(language, EventState::Planned)
}

/// Classes of a quantity with their bounds.
fn steps(language: Language, bounds: &[f64]) -> Vec<Entry> {
    let percent = |bound: &f64| number::decimal(language, bound * 100.0, 0);
    (0..=bounds.len().min(4))
        .map(|at| {
            let low = at.checked_sub(1).and_then(|at| bounds.get(at)).map(percent);
            let high = bounds.get(at).map(percent);
            Entry {
                paint: Paint::Step(u8::try_from(at).unwrap_or(4)),
                figure: "",
                text: match (low, high) {
                    (None, Some(high)) => texts::legend_below(language, high),
                    (Some(low), Some(high)) => texts::legend_share(language, low, high),
                    (Some(low), None) => texts::legend_above(language, low),
                    (None, None) => String::new(),
                },
            }
        })
        .collect()
}

/// What the figures in the cells are.
pub fn figures(language: Language, layer: LayerChoice, is_comparing: bool) -> &'static str {
    match (layer, is_comparing) {
        (_, true) => texts::legend_change(language),
        (LayerChoice::State, false) => words::legend_number(language),
        (LayerChoice::DayBoard, false) => texts::legend_sheets(language),
        (LayerChoice::Observation | LayerChoice::Computed(_), false) => {
            texts::legend_percent(language)
        }
    }
}

#[cfg(test)]
mod tests {
    use api::results::layer::LayerKind;

    use super::*;

    #[test]
    fn nothing_and_nought_are_in_the_legend_of_every_layer() {
        let computed = [
            LayerKind::LowResults,
            LayerKind::SelfAssessment,
            LayerKind::Indicators,
        ]
        .map(LayerChoice::Computed);
        for language in [Language::Ru, Language::En] {
            for layer in LayerChoice::OWN.into_iter().chain(computed) {
                for is_comparing in [false, true] {
                    let entries = entries(language, layer, is_comparing, &[0.2, 0.4, 0.6, 0.8]);
                    let has = |sign: &str| {
                        entries
                            .iter()
                            .any(|entry| entry.figure.starts_with(sign) && !entry.text.is_empty())
                    };
                    assert!(has("—"), "{layer:?} {is_comparing}");
                    assert!(has("0") || has("="), "{layer:?} {is_comparing}");
                }
            }
        }
    }

    #[test]
    fn classes_are_named_by_their_bounds() {
        let texts: Vec<String> = steps(Language::Ru, &[0.05, 0.3])
            .into_iter()
            .map(|entry| entry.text)
            .collect();
        assert_eq!(texts, ["меньше 5 %", "5–30 %", "30 % и больше"]);
    }
}
