//! Colours of cells, and how they look to people with another colour vision.
//!
//! The style sheet holds the same colours as custom properties; a test keeps the two together. Drawings
//! that leave the page (SVG, PNG, documents) take them from here.

use api::procedures::event::EventState;
use api::results::heat_map::CellState;

use super::data::Paint;

/// A colour, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// As CSS writes it.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Dark ink.
pub const INK: Colour = Colour(0x1b, 0x23, 0x30);
/// Ink on dark paint.
pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// The ground between cells.
pub const PAPER: Colour = Colour(0xf6, 0xf5, 0xf1);

/// Classes of a quantity, light to dark: a sequence after cividis, which was made to be read alike with
/// every colour vision.
///
/// # Source
/// Nuñez J. R., Anderton C. R., Renslow R. S. Optimizing colormaps with consideration for color vision
/// deficiency. PLoS ONE 13(7), 2018. Five steps, the lightest made lighter for dark numbers.
pub const STEPS: [Colour; 5] = [
    Colour(0xf3, 0xe6, 0xa6),
    Colour(0xcc, 0xb8, 0x5a),
    Colour(0x9c, 0x93, 0x72),
    Colour(0x5c, 0x63, 0x75),
    Colour(0x1d, 0x3b, 0x6e),
];

/// Classes of a change, blue (calmer) over neutral to orange (asks for a look).
pub const SHIFTS: [Colour; 5] = [
    Colour(0x3b, 0x6e, 0xa8),
    Colour(0xa9, 0xc6, 0xe4),
    Colour(0xf1, 0xf0, 0xec),
    Colour(0xf6, 0xc5, 0x8f),
    Colour(0xb3, 0x54, 0x1a),
];

/// States of objectivity that carry a colour, calm first.
pub const STATES: [Colour; 3] = [
    Colour(0xdf, 0xe8, 0xf2),
    Colour(0xf6, 0xc5, 0x8f),
    Colour(0xb3, 0x54, 0x1a),
];

/// Class of a paint in the style sheet.
pub fn class(paint: Paint) -> &'static str {
    match paint {
        Paint::State(CellState::NoData) => "state-none",
        Paint::State(CellState::Insufficient) => "state-insufficient",
        Paint::State(CellState::Calm) => "state-calm",
        Paint::State(CellState::Attention) => "state-attention",
        Paint::State(CellState::Signs) => "state-signs",
        Paint::Phase(EventState::Planned) => "matrix-planned",
        Paint::Phase(EventState::Running) => "matrix-running",
        Paint::Phase(EventState::Alert) => "matrix-alert",
        Paint::Phase(EventState::Done) => "matrix-done",
        Paint::Step(0) => "matrix-step-0",
        Paint::Step(1) => "matrix-step-1",
        Paint::Step(2) => "matrix-step-2",
        Paint::Step(3) => "matrix-step-3",
        Paint::Step(_) => "matrix-step-4",
        Paint::Shift(..=-2) => "matrix-shift-0",
        Paint::Shift(-1) => "matrix-shift-1",
        Paint::Shift(0) => "matrix-shift-2",
        Paint::Shift(1) => "matrix-shift-3",
        Paint::Shift(2..) => "matrix-shift-4",
    }
}

/// Ground and ink of a paint on white paper.
pub fn colours(paint: Paint) -> (Colour, Colour) {
    match paint {
        Paint::State(CellState::NoData) => (PAPER, Colour(0x5f, 0x67, 0x74)),
        Paint::State(CellState::Insufficient) => {
            (Colour(0xef, 0xed, 0xe7), Colour(0x4a, 0x53, 0x62))
        }
        Paint::State(CellState::Calm) => (STATES[0], INK),
        Paint::State(CellState::Attention) => (STATES[1], INK),
        Paint::State(CellState::Signs) => (STATES[2], WHITE),
        Paint::Phase(EventState::Planned) => (WHITE, INK),
        Paint::Phase(EventState::Running) => (Colour(0xe6, 0xed, 0xf7), Colour(0x1d, 0x4f, 0x91)),
        Paint::Phase(EventState::Alert) => (Colour(0xb3, 0x26, 0x1e), WHITE),
        Paint::Phase(EventState::Done) => (Colour(0xe5, 0xf1, 0xea), Colour(0x25, 0x60, 0x44)),
        Paint::Step(step) => {
            let step = usize::from(step.min(4));
            (STEPS[step], if step < 3 { INK } else { WHITE })
        }
        Paint::Shift(shift) => {
            let at = usize::try_from(shift.clamp(-2, 2) + 2).unwrap_or(2);
            (SHIFTS[at], if matches!(at, 0 | 4) { WHITE } else { INK })
        }
    }
}

/// Colour vision that lacks one kind of cone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// All three kinds.
    Full,
    /// No long-wave cones (протанопия).
    Protan,
    /// No middle-wave cones (дейтеранопия).
    Deutan,
    /// No short-wave cones (тританопия).
    Tritan,
}

/// How a colour looks with a vision, linear RGB, 0–1.
///
/// # Source
/// Machado G. M., Oliveira M. M., Fernandes L. A. F. A physiologically-based model for simulation of
/// color vision deficiency. IEEE TVCG 15(6), 2009; matrices for severity 1.0.
fn seen(colour: Colour, vision: Vision) -> [f64; 3] {
    let linear = [colour.0, colour.1, colour.2].map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    let matrix = match vision {
        Vision::Full => return linear,
        Vision::Protan => [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        Vision::Deutan => [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        Vision::Tritan => [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    };
    matrix.map(|row| {
        row.iter()
            .zip(linear)
            .map(|(weight, value)| weight * value)
            .sum::<f64>()
            .clamp(0.0, 1.0)
    })
}

/// CIE L*a*b* under D65.
fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let xyz = [
        (0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47,
        0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue,
        (0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83,
    ];
    let [x, y, z] = xyz.map(|value| {
        if value > 0.008_856 {
            value.cbrt()
        } else {
            7.787 * value + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Difference of two colours as seen; about 1 is just noticeable side by side.
pub fn difference(one: Colour, other: Colour, vision: Vision) -> f64 {
    ciede2000(lab(seen(one, vision)), lab(seen(other, vision)))
}

/// Contrast of two colours by WCAG, 1–21.
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let luminance = |colour| {
        let [red, green, blue] = seen(colour, Vision::Full);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

/// # Source
/// CIE 142-2001; formulas as in Sharma G., Wu W., Dalal E. N. The CIEDE2000 color-difference formula:
/// implementation notes. Color Research & Application 30(1), 2005.
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let chroma = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let ratio = chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7));
    let g = 0.5 * (1.0 - ratio.sqrt());
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if a == 0.0 && b == 0.0 {
            0.0
        } else {
            b.atan2(a).to_degrees().rem_euclid(360.0)
        }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let is_grey = c1 * c2 == 0.0;
    let dh = match h2 - h1 {
        _ if is_grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let mean_h = match (h1 + h2, (h1 - h2).abs()) {
        (sum, _) if is_grey => sum,
        (sum, apart) if apart <= 180.0 => sum / 2.0,
        (sum, _) if sum < 360.0 => (sum + 360.0) / 2.0,
        (sum, _) => (sum - 360.0) / 2.0,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin();
    let (mean_l, mean_c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let cos = |factor: f64, shift: f64| (factor * mean_h + shift).to_radians().cos();
    let t = 1.0 - 0.17 * cos(1.0, -30.0) + 0.24 * cos(2.0, 0.0) + 0.32 * cos(3.0, 6.0)
        - 0.20 * cos(4.0, -63.0);
    let turn = 30.0 * (-((mean_h - 275.0) / 25.0).powi(2)).exp();
    let rc = 2.0 * (mean_c.powi(7) / (mean_c.powi(7) + 25_f64.powi(7))).sqrt();
    let apart = (mean_l - 50.0).powi(2);
    let sl = 1.0 + 0.015 * apart / (20.0 + apart).sqrt();
    let sc = 1.0 + 0.045 * mean_c;
    let sh = 1.0 + 0.015 * mean_c * t;
    let rt = -(2.0 * turn).to_radians().sin() * rc;
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Neighbouring classes stay clearly apart: ten times a just noticeable difference.
    const APART: f64 = 10.0;

    const VISIONS: [Vision; 4] = [Vision::Full, Vision::Protan, Vision::Deutan, Vision::Tritan];

    #[test]
    fn neighbouring_classes_stay_apart_with_every_colour_vision() {
        for scale in [&STEPS[..], &SHIFTS[..], &STATES[..]] {
            for pair in scale.windows(2) {
                for vision in VISIONS {
                    let apart = difference(pair[0], pair[1], vision);
                    assert!(apart >= APART, "{pair:?} as {vision:?}: {apart:.1}");
                }
            }
        }
    }

    #[test]
    fn both_ends_of_a_change_stay_apart_with_every_colour_vision() {
        for vision in VISIONS {
            assert!(difference(SHIFTS[1], SHIFTS[3], vision) >= APART);
            assert!(difference(SHIFTS[0], SHIFTS[4], vision) >= APART);
        }
    }

    #[test]
    fn quantities_grow_darker_step_by_step() {
        let lightness = STEPS.map(|colour| lab(seen(colour, Vision::Full))[0]);
        assert!(
            lightness.windows(2).all(|pair| pair[0] - pair[1] >= 10.0),
            "{lightness:?}"
        );
    }

    #[test]
    fn numbers_can_be_read_on_every_paint() {
        let states = [
            CellState::NoData,
            CellState::Insufficient,
            CellState::Calm,
            CellState::Attention,
            CellState::Signs,
        ];
        let phases = [
            EventState::Planned,
            EventState::Running,
            EventState::Alert,
            EventState::Done,
        ];
        let paints = states
            .map(Paint::State)
            .into_iter()
            .chain(phases.map(Paint::Phase))
            .chain((0..5).map(Paint::Step))
            .chain((-2..=2).map(Paint::Shift));
        for paint in paints {
            let (ground, ink) = colours(paint);
            let contrast = contrast(ground, ink);
            assert!(contrast >= 4.5, "{paint:?}: {contrast:.2}");
        }
    }

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let sheet = concat!(
            include_str!("../../style/tokens.css"),
            include_str!("../../style/matrix.css")
        );
        let names = [("step", STEPS), ("shift", SHIFTS)];
        for (name, scale) in names {
            for (index, colour) in scale.iter().enumerate() {
                let rule = format!("--matrix-{name}-{index}: {};", colour.hex());
                assert!(sheet.contains(&rule), "{rule}");
            }
        }
        for (name, colour) in ["calm", "attention", "signs"].iter().zip(STATES) {
            let rule = format!("--state-{name}: {};", colour.hex());
            assert!(sheet.contains(&rule), "{rule}");
        }
    }

    /// Pairs 1, 17 and 34 of table 1 of Sharma, Wu, Dalal 2005.
    #[test]
    fn differences_equal_published_ones() {
        let pairs = [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
        ];
        for (one, other, published) in pairs {
            assert!((ciede2000(one, other) - published).abs() < 1e-4);
        }
    }
}
