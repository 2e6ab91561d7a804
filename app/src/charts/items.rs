//! Profile of the items: the school against pupils of the same total score, with intervals.

use api::results::cell::ItemPoint;
use leptos::prelude::*;

use super::WIDTH;
use super::axis::{self, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::scale::{Scale, points};
use super::walk::{self, Stop};
use super::years::{Kind, dot};
use crate::text::results::cell as words;
use crate::text::{Language, number};

const HEIGHT: f64 = 178.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 146.0;
const LEFT: f64 = 40.0;
const PLOT: Plot = Plot {
    left: LEFT,
    right: WIDTH,
    top: TOP,
    bottom: BOTTOM,
};

/// One item as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Code of the item.
    pub code: String,
    /// Place along the axis.
    pub x: f64,
    /// The school's share.
    pub school: f64,
    /// Ends of the interval, upper first.
    pub interval: [f64; 2],
    /// The expected share.
    pub expected: f64,
    /// Does the interval miss the expectation?
    pub is_apart: bool,
}

/// Lays out the items in their order.
pub fn marks(items: &[ItemPoint]) -> Vec<Mark> {
    let step = (WIDTH - LEFT) / items.len().max(1) as f64;
    let vertical = Scale::new([0.0, 1.0], [BOTTOM, TOP]);
    items
        .iter()
        .enumerate()
        .map(|(index, item)| Mark {
            code: item.code.clone(),
            x: LEFT + (index as f64 + 0.5) * step,
            school: vertical.place(item.school),
            interval: [
                vertical.place(item.interval[1]),
                vertical.place(item.interval[0]),
            ],
            expected: vertical.place(item.expected),
            is_apart: item.expected < item.interval[0] || item.expected > item.interval[1],
        })
        .collect()
}

fn region_line(items: &[ItemPoint], marks: &[Mark]) -> String {
    let vertical = Scale::new([0.0, 1.0], [BOTTOM, TOP]);
    points(
        items
            .iter()
            .zip(marks)
            .map(|(item, mark)| (mark.x, vertical.place(item.region))),
    )
}

fn figures(items: &[ItemPoint], language: Language) -> Figures {
    Figures {
        header: vec![
            words::item(language).to_owned(),
            words::maximum(language).to_owned(),
            words::difficulty(language).to_owned(),
            words::school_share(language).to_owned(),
            words::interval(language).to_owned(),
            words::expected(language).to_owned(),
            words::region(language).to_owned(),
        ],
        rows: items
            .iter()
            .map(|item| {
                let percent = |share| number::percent(language, share, 0);
                vec![
                    item.code.clone(),
                    item.max.to_string(),
                    item.difficulty.clone().unwrap_or_else(|| "—".to_owned()),
                    percent(item.school),
                    format!(
                        "{}…{}",
                        percent(item.interval[0]),
                        percent(item.interval[1])
                    ),
                    percent(item.expected),
                    percent(item.region),
                ]
            })
            .collect(),
    }
}

/// The profile of the items.
#[component]
pub fn ItemChart(
    /// The items in the order of the work.
    items: Vec<ItemPoint>,
) -> impl IntoView {
    let items = StoredValue::new(items);
    view! {
        <ChartFrame
            title=words::items_title
            note=words::items_note
            draw=move |language| items.with_value(|items| draw(items, language))
            figures=move |language| items.with_value(|items| figures(items, language))
        />
    }
}

fn draw(items: &[ItemPoint], language: Language) -> AnyView {
    let marks = marks(items);
    let region = region_line(items, &marks);
    let vertical = Scale::new([0.0, 1.0], [BOTTOM, TOP]);
    let upwards = [0.0, 0.5, 1.0]
        .into_iter()
        .map(|share| Tick {
            at: vertical.place(share),
            text: number::percent(language, share, 0),
        })
        .collect();
    let across = marks
        .iter()
        .map(|mark| Tick {
            at: mark.x,
            text: mark.code.clone(),
        })
        .collect();
    let stops = marks
        .iter()
        .zip(items)
        .map(|(mark, item)| Stop {
            x: mark.x,
            y: mark.school,
            text: words::item_title(
                language,
                &item.code,
                number::percent(language, item.school, 0),
                number::percent(language, item.expected, 0),
            ),
        })
        .collect();
    let drawn: Vec<_> = marks
        .iter()
        .map(|mark| {
            let kind = if mark.is_apart {
                Kind::Striking
            } else {
                Kind::Plain
            };
            view! {
                {dot(mark.x, mark.school, Some(mark.interval), kind)}
                <line
                    class="chart-expected-tick"
                    x1=format!("{:.1}", mark.x - 5.0)
                    x2=format!("{:.1}", mark.x + 5.0)
                    y1=format!("{:.1}", mark.expected)
                    y2=format!("{:.1}", mark.expected)
                />
            }
        })
        .collect();
    walk::drawing(
        language,
        words::items_title(language),
        [WIDTH, HEIGHT],
        stops,
        view! {
            {axis::upwards(PLOT, upwards)}
            <polyline class="chart-region" points=region />
            {drawn}
            {axis::across(PLOT, across, words::items_axis(language))}
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(school: f64, interval: [f64; 2], expected: f64) -> ItemPoint {
        ItemPoint {
            code: "9.1".to_owned(),
            max: 1,
            difficulty: None,
            school,
            interval,
            expected,
            region: 0.5,
        }
    }

    #[test]
    fn an_item_is_apart_when_its_interval_misses_the_expectation() {
        let marks = marks(&[
            item(0.9, [0.7, 1.0], 0.4),
            item(0.5, [0.3, 0.7], 0.4),
            item(0.1, [0.0, 0.3], 0.4),
        ]);
        let apart: Vec<bool> = marks.iter().map(|mark| mark.is_apart).collect();
        assert_eq!(apart, [true, false, true]);
    }

    #[test]
    fn higher_shares_stand_higher() {
        let marks = marks(&[item(0.9, [0.7, 1.0], 0.4)]);
        assert!(marks[0].school < marks[0].expected);
        assert!(marks[0].interval[0] <= marks[0].school);
        assert!(marks[0].school <= marks[0].interval[1]);
    }
}
