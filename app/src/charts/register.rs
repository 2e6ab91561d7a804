//! Marks in the work against marks in the register: shares lowered, confirmed, raised.

use api::results::cell::RegisterGap;
use leptos::prelude::*;

use super::WIDTH;
use super::frame::{ChartFrame, Figures};
use super::legend::{Key, legend};
use super::stack;
use super::walk::{self, Stop};
use crate::text::results::cell as words;
use crate::text::{Language, number};

const LEFT: f64 = 76.0;
const BAR: f64 = 24.0;
const STEP: f64 = 32.0;
const CLASSES: [&str; 3] = ["lowered", "confirmed", "raised"];

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
    let names = [
        words::lowered(language),
        words::confirmed(language),
        words::raised(language),
    ];
    let mut stops = Vec::new();
    let bars: Vec<_> = [
        (words::school_column(language), own(gap)),
        (words::region(language), gap.region),
    ]
    .into_iter()
    .zip([2.0, 2.0 + STEP])
    .map(|((whose, shares), y)| {
        let parts = stack::parts(CLASSES, shares, [LEFT, WIDTH]);
        for (part, name) in parts.iter().zip(names) {
            if part.width > 0.0 {
                let share = number::percent(language, part.share, 0);
                stops.push(Stop {
                    x: part.x + part.width / 2.0,
                    y: y + BAR / 2.0,
                    text: [whose, name, &share].join(" · "),
                });
            }
        }
        view! {
            <text class="chart-label end" x=LEFT - 8.0 y=y + 16.5>
                {whose}
            </text>
            {stack::bar(parts, y, BAR, |share| number::percent(language, share, 0))}
        }
    })
    .collect();
    let keys = CLASSES
        .into_iter()
        .zip(names)
        .map(|(class, name)| (Key::Part(class), name.to_owned()))
        .collect();
    view! {
        {walk::drawing(
            language,
            words::register_title(language),
            [WIDTH, 2.0 * STEP],
            stops,
            bars,
        )}
        {legend(keys)}
        <p class="chart-note num">
            {words::register_two(language, number::percent(language, gap.gap_two, 0))}
        </p>
    }
    .into_any()
}
