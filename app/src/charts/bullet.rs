//! One value against its target: a bar, and a mark at the target.

use leptos::prelude::*;

use super::WIDTH;
use super::scale::Scale;

const HEIGHT: f64 = 30.0;
const BAR: f64 = 10.0;
const TOP: f64 = 10.0;

/// What a bullet shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Bullet {
    /// Value now.
    pub value: f64,
    /// Where it is meant to be.
    pub target: Option<f64>,
    /// The far end: 100 for a share.
    pub most: f64,
}

/// Where its marks stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Length of the bar.
    pub bar: f64,
    /// Place of the target.
    pub target: Option<f64>,
}

impl Bullet {
    /// The far end for counts: a round number beyond the largest of them.
    pub fn most_of(values: impl IntoIterator<Item = f64>) -> f64 {
        let largest = values.into_iter().fold(1.0_f64, f64::max);
        let power = 10_f64.powf(largest.log10().floor());
        (largest / power).ceil() * power
    }

    /// Places on the drawing.
    pub fn marks(&self) -> Marks {
        let scale = Scale::new([0.0, self.most], [0.0, WIDTH]);
        Marks {
            bar: scale.place(self.value),
            target: self.target.map(|target| scale.place(target)),
        }
    }
}

/// The drawing; the words beside it say the same.
#[component]
pub fn BulletChart(
    /// What it shows.
    bullet: Bullet,
    /// The same in words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let marks = bullet.marks();
    view! {
        <svg
            class="bullet"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=move || label.get()
        >
            <rect class="bullet-ground" x="0" y=TOP width=WIDTH height=BAR />
            <rect class="bullet-bar" x="0" y=TOP width=format!("{:.1}", marks.bar) height=BAR />
            {marks
                .target
                .map(|x| {
                    let x = format!("{x:.1}");
                    view! {
                        <line
                            class="bullet-target"
                            x1=x.clone()
                            x2=x
                            y1=TOP - 6.0
                            y2=TOP + BAR + 6.0
                        />
                    }
                })}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_stands_on_the_scale_of_the_value() {
        let marks = |value| {
            Bullet {
                value,
                target: Some(90.0),
                most: 100.0,
            }
            .marks()
        };
        assert_eq!(marks(50.0).bar, WIDTH / 2.0);
        assert_eq!(marks(50.0).target, Some(WIDTH * 0.9));
        assert_eq!(marks(120.0).bar, WIDTH, "beyond the end is at the end");
    }

    #[test]
    fn counts_end_at_a_round_number() {
        assert_eq!(Bullet::most_of([14.0, 20.0]), 20.0);
        assert_eq!(Bullet::most_of([23.0]), 30.0);
        assert_eq!(Bullet::most_of([]), 1.0);
    }
}
