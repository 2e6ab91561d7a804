//! Marks in the work against marks in the register: shares lowered, confirmed, raised.

use api::cell::RegisterGap;
use leptos::prelude::*;

use super::WIDTH;
use super::frame::{ChartFrame, Figures};
use crate::text::{Language, cell as words, number};

const LEFT: f64 = 76.0;
const BAR: f64 = 26.0;
const HEIGHT: f64 = 104.0;

/// A part of a stacked bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Class: `lowered`, `confirmed`, `raised`.
    pub class: &'static str,
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Share, 0–1.
    pub share: f64,
    /// Is there room for the number inside?
    pub has_room: bool,
}

/// Lays out three shares side by side; they are brought to a sum of one.
pub fn parts(shares: [f64; 3]) -> Vec<Part> {
    /// «38 %» needs this much room.
    const NUMBER: f64 = 34.0;
    let shares = shares.map(|share| {
        if share.is_finite() {
            share.max(0.0)
        } else {
            0.0
        }
    });
    let sum: f64 = shares.iter().sum();
    let full = WIDTH - LEFT;
    let mut x = LEFT;
    ["lowered", "confirmed", "raised"]
        .into_iter()
        .zip(shares)
        .map(|(class, share)| {
            let width = if sum > 0.0 { share / sum * full } else { 0.0 };
            let part = Part {
                class,
                x,
                width,
                share,
                has_room: width >= NUMBER,
            };
            x += width;
            part
        })
        .collect()
}

fn figures(gap: &RegisterGap, language: Language) -> Figures {
    let percent = |share| number::percent(language, share, 0);
    let row = |name: &str, shares: [f64; 3]| {
        let mut row = vec![name.to_owned()];
        row.extend(shares.map(percent));
        row
    };
    Figures {
        header: vec![
            String::new(),
            words::lowered(language).to_owned(),
            words::confirmed(language).to_owned(),
            words::raised(language).to_owned(),
        ],
        rows: vec![
            row(words::this_school(language), own(gap)),
            row(words::region(language), gap.region),
        ],
    }
}

fn own(gap: &RegisterGap) -> [f64; 3] {
    [gap.lowered, gap.confirmed, gap.raised]
}

/// The stacked bars of the school and the region.
#[component]
pub fn RegisterChart(
    /// The data.
    gap: RegisterGap,
) -> impl IntoView {
    let gap = StoredValue::new(gap);
    view! {
        <ChartFrame
            title=words::register_title
            note=words::register_note
            draw=move |language| gap.with_value(|gap| draw(gap, language))
            figures=move |language| gap.with_value(|gap| figures(gap, language))
        />
    }
}

fn draw(gap: &RegisterGap, language: Language) -> AnyView {
    let bar = |y: f64, name: &'static str, shares: [f64; 3]| {
        let drawn: Vec<_> = parts(shares)
            .into_iter()
            .map(|part| {
                let middle = format!("{:.1}", part.x + part.width / 2.0);
                let number = number::percent(language, part.share, 0);
                view! {
                    <g class=format!("chart-part {}", part.class)>
                        <rect
                            x=format!("{:.1}", part.x)
                            y=y
                            width=format!("{:.1}", part.width)
                            height=BAR
                        />
                        {part
                            .has_room
                            .then(|| {
                                view! {
                                    <text class="chart-label middle" x=middle y=y + 17.5>
                                        {number}
                                    </text>
                                }
                            })}
                    </g>
                }
            })
            .collect();
        view! {
            <text class="chart-label end" x=LEFT - 8.0 y=y + 17.5>
                {name}
            </text>
            {drawn}
        }
    };
    let legend: Vec<_> = [
        ("lowered", words::lowered(language), LEFT),
        ("confirmed", words::confirmed(language), LEFT + 92.0),
        ("raised", words::raised(language), LEFT + 196.0),
    ]
    .into_iter()
    .map(|(class, name, x)| {
        view! {
            <g class=format!("chart-part {class}")>
                <rect x=x y="82" width="11" height="11" rx="2" />
            </g>
            <text class="chart-label" x=x + 16.0 y="92">
                {name}
            </text>
        }
    })
    .collect();
    view! {
        <svg
            class="chart-drawing"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            role="img"
            aria-label=words::register_title(language)
        >
            {bar(4.0, words::school_column(language), own(gap))}
            {bar(40.0, words::region(language), gap.region)}
            {legend}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_fill_the_bar_without_gaps() {
        let parts = parts([0.1, 0.52, 0.38]);
        assert_eq!(parts[0].x, LEFT);
        for pair in parts.windows(2) {
            assert!((pair[0].x + pair[0].width - pair[1].x).abs() < 1e-9);
        }
        assert!((parts[2].x + parts[2].width - WIDTH).abs() < 1e-9);
    }

    #[test]
    fn narrow_parts_carry_no_number() {
        let parts = parts([0.02, 0.9, 0.08]);
        let room: Vec<bool> = parts.iter().map(|part| part.has_room).collect();
        assert_eq!(room, [false, true, false]);
    }

    #[test]
    fn shares_that_are_none_draw_nothing() {
        assert!(
            parts([f64::NAN, 0.0, 0.0])
                .iter()
                .all(|part| part.width == 0.0)
        );
    }
}
