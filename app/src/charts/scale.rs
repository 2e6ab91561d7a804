//! From values to places on paper.

/// A linear scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    domain: [f64; 2],
    range: [f64; 2],
}

impl Scale {
    /// A scale from `domain` to `range`; a domain without width is widened by one.
    pub fn new(domain: [f64; 2], range: [f64; 2]) -> Self {
        let domain = if (domain[1] - domain[0]).abs() < f64::EPSILON {
            [domain[0], domain[0] + 1.0]
        } else {
            domain
        };
        Scale { domain, range }
    }

    /// Where a value stands; values outside are held at the edge.
    pub fn place(self, value: f64) -> f64 {
        let share = (value - self.domain[0]) / (self.domain[1] - self.domain[0]);
        let share = if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.range[0] + share * (self.range[1] - self.range[0])
    }

    /// Round values inside the domain, about `wanted` of them.
    pub fn ticks(self, wanted: usize) -> Vec<f64> {
        let span = (self.domain[1] - self.domain[0]).abs();
        let raw = span / wanted.max(1) as f64;
        if !raw.is_finite() || raw <= 0.0 {
            return Vec::new();
        }
        let power = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * power)
            .find(|step| *step >= raw)
            .unwrap_or(10.0 * power);
        let (low, high) = (
            self.domain[0].min(self.domain[1]),
            self.domain[0].max(self.domain[1]),
        );
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        (first..=last).map(|index| index as f64 * step).collect()
    }
}

/// Points of a polyline as SVG writes them.
pub fn points(places: impl IntoIterator<Item = (f64, f64)>) -> String {
    places
        .into_iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lines through what there is, broken where there is nothing. A place alone between two gaps makes no line.
pub fn segments(places: &[Option<(f64, f64)>]) -> Vec<String> {
    places
        .split(Option::is_none)
        .filter(|run| run.len() > 1)
        .map(|run| points(run.iter().flatten().copied()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_outside_stand_at_the_edge() {
        let scale = Scale::new([0.0, 10.0], [100.0, 0.0]);
        assert_eq!(scale.place(5.0), 50.0);
        assert_eq!(scale.place(-3.0), 100.0);
        assert_eq!(scale.place(30.0), 0.0);
        assert_eq!(scale.place(f64::NAN), 100.0);
    }

    #[test]
    fn ticks_are_round_and_inside() {
        let ticks = |low, high| Scale::new([low, high], [0.0, 1.0]).ticks(5);
        assert_eq!(ticks(0.0, 20.0), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(3.2, 9.1), [4.0, 6.0, 8.0]);
        assert!(ticks(0.0, f64::INFINITY).is_empty());
    }

    #[test]
    fn a_line_breaks_where_there_is_nothing() {
        let place = |x: f64| Some((x, 1.0));
        assert_eq!(
            segments(&[
                place(0.0),
                place(1.0),
                None,
                place(3.0),
                None,
                place(5.0),
                place(6.0)
            ]),
            ["0.0,1.0 1.0,1.0", "5.0,1.0 6.0,1.0"]
        );
        assert!(segments(&[None, place(1.0), None]).is_empty());
    }

    #[test]
    fn a_single_value_still_has_a_place() {
        assert_eq!(Scale::new([7.0, 7.0], [0.0, 10.0]).place(7.0), 0.0);
    }
}
