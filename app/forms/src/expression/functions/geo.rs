//! Functions about places on Earth.

use super::{Call, Document, EvaluationError, Object, Outcome};

/// Equatorial radius in metres as JavaRosa uses it.
const EARTH_RADIUS_M: f64 = 6_378_100.0;

#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    latitude: f64,
    longitude: f64,
}

pub(super) fn call<D: Document>(call: &Call<'_, '_, D>, name: &str) -> Outcome<D> {
    match name {
        "area" => Ok(Object::Number(match points(call)? {
            Some(points) => to_cents(area(&points)),
            None => f64::NAN,
        })),
        "distance" => Ok(Object::Number(match points(call)? {
            Some(points) => to_cents(distance(&points)),
            None => f64::NAN,
        })),
        "geofence" => {
            let (point, shape) = (read_trace(&call.text(0)?), read_trace(&call.text(1)?));
            Ok(Object::Boolean(match (point.as_deref(), shape) {
                (Some([point]), Some(shape)) if shape.len() >= 3 && is_closed(&shape) => {
                    is_inside(*point, &shape)
                }
                _ => false,
            }))
        }
        _ => call.unknown(name),
    }
}

/// A shape ends where it began; a line encloses nothing.
fn is_closed(shape: &[Point]) -> bool {
    match (shape.first(), shape.last()) {
        (Some(first), Some(last)) => {
            first.latitude == last.latitude && first.longitude == last.longitude
        }
        _ => false,
    }
}

/// Square metres and metres are given to two places, as in the reference engines.
fn to_cents(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// All points of the arguments; `None` when something is no place.
fn points<D: Document>(call: &Call<'_, '_, D>) -> Result<Option<Vec<Point>>, EvaluationError> {
    let mut all = Vec::new();
    for i in 0..call.args.len() {
        for text in call.texts(i)? {
            match read_trace(&text) {
                Some(points) => all.extend(points),
                None => return Ok(None),
            }
        }
    }
    Ok(Some(all))
}

/// Reads `latitude longitude altitude accuracy; …`; blank text has no points.
fn read_trace(text: &str) -> Option<Vec<Point>> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let mut numbers = part.split_whitespace().map(str::parse::<f64>);
            let latitude = numbers.next()?.ok()?;
            let longitude = numbers.next()?.ok()?;
            let valid = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
            valid.then_some(Point {
                latitude,
                longitude,
            })
        })
        .collect()
}

/// Area of a polygon on a sphere in square metres.
///
/// # Source
/// Chamberlain and Duquette 2007, “Some algorithms for polygons on a sphere” (JPL 07-03), the approximation by
/// trapezoids between meridians; with this radius it gives the figures of the reference engines.
fn area(points: &[Point]) -> f64 {
    if points.len() < 3 {
        return 0.0;
    }
    let next = points.iter().cycle().skip(1);
    let sum: f64 = points
        .iter()
        .zip(next)
        .map(|(a, b)| {
            (b.longitude - a.longitude).to_radians()
                * (a.latitude.to_radians().sin() + b.latitude.to_radians().sin())
        })
        .sum();
    (sum * EARTH_RADIUS_M * EARTH_RADIUS_M / 2.0).abs()
}

/// Length of a line in metres along great circles (spherical law of cosines).
fn distance(points: &[Point]) -> f64 {
    points
        .windows(2)
        .map(|pair| {
            let [a, b] = [pair[0], pair[1]];
            let (a_latitude, b_latitude) = (a.latitude.to_radians(), b.latitude.to_radians());
            let turn = (a.longitude - b.longitude).to_radians();
            let cosine = a_latitude.sin() * b_latitude.sin()
                + a_latitude.cos() * b_latitude.cos() * turn.cos();
            cosine.clamp(-1.0, 1.0).acos() * EARTH_RADIUS_M
        })
        .sum()
}

/// Whether a ray from the point crosses the border an odd number of times.
fn is_inside(point: Point, shape: &[Point]) -> bool {
    let mut inside = false;
    let mut previous = shape[shape.len() - 1];
    for corner in shape {
        let spans = (corner.longitude > point.longitude) != (previous.longitude > point.longitude);
        if spans {
            let share =
                (point.longitude - corner.longitude) / (previous.longitude - corner.longitude);
            let crossing = corner.latitude + share * (previous.latitude - corner.latitude);
            if point.latitude < crossing {
                inside = !inside;
            }
        }
        previous = *corner;
    }
    inside
}
