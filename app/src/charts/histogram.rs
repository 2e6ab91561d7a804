//! Distribution of raw scores with mark boundaries, against what was to be expected.

use api::results::cell::Histogram;
use leptos::prelude::*;

use super::WIDTH;
use super::axis::{self, Plot, Tick};
use super::frame::{ChartFrame, Figures};
use super::scale::{Scale, points};
use super::walk::{self, Stop};
use crate::text::results::cell as words;
use crate::text::{Language, number};

const HEIGHT: f64 = 168.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 132.0;
const LEFT: f64 = 26.0;
const PLOT: Plot = Plot {
    left: LEFT,
    right: WIDTH,
    top: TOP,
    bottom: BOTTOM,
};

/// A bar over one raw score.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Raw score.
    pub score: usize,
    /// Pupils.
    pub count: u32,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Does it stand just above a boundary and clearly above expectation?
    pub is_striking: bool,
}

/// A mark boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// Mark that begins here: 3, 4, 5.
    pub mark: u8,
    /// Lowest raw score of the mark.
    pub score: u16,
    /// Place of the line.
    pub x: f64,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Bars from score 0.
    pub bars: Vec<Bar>,
    /// The expected curve.
    pub expected: String,
    /// The region's curve, scaled to the school's number of pupils.
    pub region: String,
    /// Boundaries.
    pub boundaries: Vec<Boundary>,
    /// Labels under the axis: place and score.
    pub x_ticks: Vec<(f64, usize)>,
    /// Labels beside the axis: place and pupils.
    pub y_ticks: Vec<(f64, f64)>,
}

/// A bar is striking when it has at least this many pupils more than expected, in expected Poisson
/// standard deviations; it only draws the eye, the channel decides.
const STRIKING_DEVIATIONS: f64 = 2.0;

/// Lays out a histogram.
pub fn marks(histogram: &Histogram) -> Marks {
    let scores = histogram
        .school
        .len()
        .max(histogram.expected.len())
        .max(histogram.region.len());
    let pupils: u32 = histogram.school.iter().sum();
    let count = |score: usize| histogram.school.get(score).copied().unwrap_or(0);
    let expected = |score: usize| histogram.expected.get(score).copied().unwrap_or(0.0);
    let region =
        |score: usize| histogram.region.get(score).copied().unwrap_or(0.0) * f64::from(pupils);
    let highest = (0..scores)
        .flat_map(|score| [f64::from(count(score)), expected(score), region(score)])
        .fold(1.0, f64::max);
    let step = (WIDTH - LEFT) / scores.max(1) as f64;
    let vertical = Scale::new([0.0, highest], [BOTTOM, TOP]);
    let middle = |score: usize| LEFT + (score as f64 + 0.5) * step;
    let cuts = histogram.cuts.map(Vec::from).unwrap_or_default();
    let bars = (0..scores)
        .map(|score| {
            let y = vertical.place(f64::from(count(score)));
            let is_at_cut = cuts.iter().any(|cut| usize::from(*cut) == score);
            let excess = f64::from(count(score)) - expected(score);
            Bar {
                score,
                count: count(score),
                x: LEFT + score as f64 * step + step * 0.09,
                y,
                width: step * 0.82,
                height: BOTTOM - y,
                is_striking: is_at_cut
                    && excess > STRIKING_DEVIATIONS * expected(score).max(0.25).sqrt(),
            }
        })
        .collect();
    let label_step = if scores > 45 {
        10
    } else if scores > 12 {
        5
    } else {
        1
    };
    Marks {
        bars,
        expected: points((0..scores).map(|score| (middle(score), vertical.place(expected(score))))),
        region: points((0..scores).map(|score| (middle(score), vertical.place(region(score))))),
        boundaries: cuts
            .iter()
            .zip(3_u8..)
            .map(|(score, mark)| Boundary {
                mark,
                score: *score,
                x: LEFT + f64::from(*score) * step,
            })
            .collect(),
        x_ticks: (0..scores)
            .step_by(label_step)
            .map(|score| (middle(score), score))
            .collect(),
        y_ticks: vertical
            .ticks(3)
            .into_iter()
            .filter(|value| value.fract() == 0.0)
            .map(|value| (vertical.place(value), value))
            .collect(),
    }
}

fn figures(histogram: &Histogram, language: Language) -> Figures {
    let pupils: u32 = histogram.school.iter().sum();
    Figures {
        header: vec![
            words::raw_score(language).to_owned(),
            words::pupils_here(language).to_owned(),
            words::expected(language).to_owned(),
            words::as_region(language).to_owned(),
        ],
        rows: histogram
            .school
            .iter()
            .enumerate()
            .map(|(score, count)| {
                let expected = histogram.expected.get(score).copied().unwrap_or(f64::NAN);
                let region = histogram.region.get(score).copied().unwrap_or(f64::NAN);
                let mark = histogram.cuts.and_then(|cuts| {
                    let index = cuts.iter().position(|cut| usize::from(*cut) == score)?;
                    Some(words::from_mark(language, score, index + 3))
                });
                vec![
                    mark.unwrap_or_else(|| score.to_string()),
                    count.to_string(),
                    number::decimal(language, expected, 1),
                    number::decimal(language, region * f64::from(pupils), 1),
                ]
            })
            .collect(),
    }
}

/// The histogram.
#[component]
pub fn HistogramChart(
    /// The data.
    histogram: Histogram,
) -> impl IntoView {
    let marks = StoredValue::new(marks(&histogram));
    let histogram = StoredValue::new(histogram);
    view! {
        <ChartFrame
            title=words::histogram_title
            note=words::histogram_note
            draw=move |language| marks.with_value(|marks| draw(marks, language))
            figures=move |language| histogram.with_value(|data| figures(data, language))
        />
    }
}

fn draw(marks: &Marks, language: Language) -> AnyView {
    let bars: Vec<_> = marks
        .bars
        .iter()
        .filter(|bar| bar.count > 0)
        .map(|bar| {
            let class = if bar.is_striking {
                "chart-bar striking"
            } else {
                "chart-bar"
            };
            view! {
                <rect
                    class=class
                    x=format!("{:.1}", bar.x)
                    y=format!("{:.1}", bar.y)
                    width=format!("{:.1}", bar.width)
                    height=format!("{:.1}", bar.height)
                />
            }
        })
        .collect();
    let boundaries: Vec<_> = marks
        .boundaries
        .iter()
        .map(|boundary| {
            let x = format!("{:.1}", boundary.x);
            view! {
                <line class="chart-boundary" x1=x.clone() x2=x y1="6" y2=BOTTOM />
                <text class="chart-label" x=format!("{:.1}", boundary.x + 4.0) y="14">
                    {words::mark(language, boundary.mark)}
                </text>
            }
        })
        .collect();
    let across = marks
        .x_ticks
        .iter()
        .map(|(at, score)| Tick {
            at: *at,
            text: score.to_string(),
        })
        .collect();
    let upwards = marks
        .y_ticks
        .iter()
        .map(|(at, value)| Tick {
            at: *at,
            text: number::decimal(language, *value, 0),
        })
        .collect();
    let stops = marks
        .bars
        .iter()
        .filter(|bar| bar.count > 0)
        .map(|bar| Stop {
            x: bar.x + bar.width / 2.0,
            y: bar.y,
            text: words::bar_title(language, u64::from(bar.count), bar.score),
        })
        .collect();
    walk::drawing(
        language,
        words::histogram_title(language),
        [WIDTH, HEIGHT],
        stops,
        view! {
            {axis::upwards(PLOT, upwards)}
            {bars}
            <polyline class="chart-region" points=marks.region.clone() />
            <polyline class="chart-expected" points=marks.expected.clone() />
            {boundaries}
            {axis::across(PLOT, across, words::raw_score(language))}
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram() -> Histogram {
        let mut school = vec![1; 21];
        school[7] = 1;
        school[8] = 9;
        Histogram {
            school,
            expected: vec![1.5; 21],
            region: vec![1.0 / 21.0; 21],
            cuts: Some([8, 12, 17]),
        }
    }

    #[test]
    fn every_score_has_a_bar_inside_the_drawing() {
        let marks = marks(&histogram());
        assert_eq!(marks.bars.len(), 21);
        for bar in &marks.bars {
            assert!(bar.x >= LEFT && bar.x + bar.width <= WIDTH + 1e-9);
            assert!(bar.y >= TOP - 1e-9 && bar.height >= 0.0);
        }
        assert_eq!(marks.bars[8].y, TOP, "the highest bar reaches the top");
    }

    #[test]
    fn only_an_excess_at_a_boundary_is_striking() {
        let marks = marks(&histogram());
        let striking: Vec<usize> = marks
            .bars
            .iter()
            .filter(|bar| bar.is_striking)
            .map(|bar| bar.score)
            .collect();
        assert_eq!(striking, [8]);
    }

    #[test]
    fn boundaries_stand_left_of_their_score() {
        let marks = marks(&histogram());
        assert_eq!(marks.boundaries.len(), 3);
        assert_eq!(
            (marks.boundaries[0].mark, marks.boundaries[0].score),
            (3, 8)
        );
        assert!(marks.boundaries[0].x <= marks.bars[8].x);
        assert!(marks.boundaries[0].x >= marks.bars[7].x + marks.bars[7].width);
    }

    #[test]
    fn an_empty_histogram_draws_nothing_and_does_not_panic() {
        let empty = Histogram {
            school: Vec::new(),
            expected: Vec::new(),
            region: Vec::new(),
            cuts: None,
        };
        assert!(marks(&empty).bars.is_empty());
    }
}
