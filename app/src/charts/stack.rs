//! Shares side by side in one bar.

use leptos::prelude::*;

/// A part of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Class of its colour.
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

/// Lays out shares side by side between two places; they are brought to a sum of one.
pub fn parts<const N: usize>(
    classes: [&'static str; N],
    shares: [f64; N],
    [left, right]: [f64; 2],
) -> Vec<Part> {
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
    let mut x = left;
    classes
        .into_iter()
        .zip(shares)
        .map(|(class, share)| {
            let share = if sum > 0.0 { share / sum } else { 0.0 };
            let width = share * (right - left);
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

/// Draws parts from `y` downwards, each with its number where there is room.
pub fn bar(parts: Vec<Part>, y: f64, height: f64, shown: impl Fn(f64) -> String) -> AnyView {
    parts
        .into_iter()
        .filter(|part| part.width > 0.0)
        .map(|part| {
            let number = part.has_room.then(|| {
                view! {
                    <text
                        class="chart-label middle"
                        x=format!("{:.1}", part.x + part.width / 2.0)
                        y=y + height / 2.0 + 4.0
                    >
                        {shown(part.share)}
                    </text>
                }
            });
            view! {
                <g class=format!("chart-part {}", part.class)>
                    <rect
                        x=format!("{:.1}", part.x)
                        y=y
                        width=format!("{:.1}", part.width)
                        height=height
                    />
                    {number}
                </g>
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: [f64; 2] = [76.0, 360.0];

    fn three(shares: [f64; 3]) -> Vec<Part> {
        parts(["lowered", "confirmed", "raised"], shares, ENDS)
    }

    #[test]
    fn parts_fill_the_bar_without_gaps() {
        let parts = three([0.1, 0.52, 0.38]);
        assert_eq!(parts[0].x, ENDS[0]);
        for pair in parts.windows(2) {
            assert!((pair[0].x + pair[0].width - pair[1].x).abs() < 1e-9);
        }
        assert!((parts[2].x + parts[2].width - ENDS[1]).abs() < 1e-9);
    }

    #[test]
    fn counts_become_shares() {
        let shares: Vec<f64> = three([6.0, 3.0, 3.0])
            .iter()
            .map(|part| part.share)
            .collect();
        assert_eq!(shares, [0.5, 0.25, 0.25]);
    }

    #[test]
    fn narrow_parts_carry_no_number() {
        let parts = three([0.02, 0.9, 0.08]);
        let room: Vec<bool> = parts.iter().map(|part| part.has_room).collect();
        assert_eq!(room, [false, true, false]);
    }

    #[test]
    fn shares_that_are_none_draw_nothing() {
        assert!(
            three([f64::NAN, 0.0, 0.0])
                .iter()
                .all(|part| part.width == 0.0)
        );
    }
}
