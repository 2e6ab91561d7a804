//! One person in two places: two parts that overlap, the way between the schools included.

use api::observation::staffing::FindingEffect;
use api::text::Text;

use super::disclosure::Judged;
use super::facts::PersonFacts;
use super::rules::{Effect, Finding};

/// Code of the finding.
pub const ELSEWHERE: &str = "TIME";

/// Least time between two events at different schools, minutes.
const LEAST_WAY_MINUTES: i32 = 60;

/// Minutes a kilometre in a straight line takes on the roads of a district: 40 km/h. The number is ours.
const MINUTES_PER_KM: f64 = 1.5;

/// When and where an event takes somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Occupied {
    /// Day, `YYYY-MM-DD`.
    pub date: String,
    /// Start, `HH:MM`.
    pub start: String,
    /// How long.
    pub minutes: i32,
}

/// A part or an offer that overlaps the event looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Short name of the school.
    pub school: String,
    /// Start there, `HH:MM`.
    pub start: String,
    /// Is the part given? Else it is only offered.
    pub is_given: bool,
}

impl Occupied {
    /// Can one person not be at both? At the same school there is no way between them (`None`); else its length in
    /// kilometres counts when it is known (`Some(None)` when it is not).
    pub fn clashes(&self, other: &Occupied, way_km: Option<Option<f64>>) -> bool {
        let (Some(begin), Some(other_begin)) = (minute(&self.start), minute(&other.start)) else {
            return false;
        };
        let way = match way_km {
            None => 0,
            Some(None) => LEAST_WAY_MINUTES,
            Some(Some(km)) => LEAST_WAY_MINUTES.max((km * MINUTES_PER_KM) as i32),
        };
        self.date == other.date
            && other_begin < begin + self.minutes + way
            && begin < other_begin + other.minutes + way
    }
}

/// What is said of a part that is given elsewhere.
pub fn given(person: &PersonFacts) -> Option<Judged> {
    let place = person.elsewhere.iter().find(|place| place.is_given)?;
    let (school, start) = (&place.school, &place.start);
    Some(Judged {
        finding: Finding {
            rule: ELSEWHERE.to_owned(),
            effect: Effect::Warn,
            message: Text::new(
                format!("В это время человек назначен в другое место: {school}, {start}."),
                format!("This person has a part elsewhere at that time: {school}, {start}."),
            ),
            source: String::new(),
        },
        is_confidential: false,
    })
}

/// What is said of a part that is only offered elsewhere: the person may still choose, so it stops nothing.
pub fn offered(person: &PersonFacts) -> Option<api::observation::staffing::Finding> {
    let place = person.elsewhere.iter().find(|place| !place.is_given)?;
    let (school, start) = (&place.school, &place.start);
    Some(api::observation::staffing::Finding {
        rule: Some(ELSEWHERE.to_owned()),
        effect: FindingEffect::Warn,
        message: Text::new(
            format!(
                "На это же время предложено другое место: {school}, {start}. Успеть можно только в одно."
            ),
            format!(
                "Another place is offered for that time: {school}, {start}. Only one of them can be reached."
            ),
        ),
    })
}

/// Minutes since midnight of `HH:MM`.
fn minute(time: &str) -> Option<i32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(start: &str, minutes: i32) -> Occupied {
        Occupied {
            date: "2026-12-08".to_owned(),
            start: start.to_owned(),
            minutes,
        }
    }

    #[test]
    fn the_way_between_schools_counts_and_inside_one_there_is_none() {
        let first = at("09:00", 45);
        let cases = [
            ("09:00", None, true),
            ("09:20", None, true),
            ("09:45", None, false),
            ("10:45", None, false),
            ("09:00", Some(Some(22.0)), true),
            ("10:40", Some(Some(2.0)), true),
            ("10:45", Some(Some(22.0)), false),
            ("10:45", Some(Some(80.0)), true),
            ("11:45", Some(Some(80.0)), false),
            ("10:44", Some(None), true),
            ("10:45", Some(None), false),
        ];
        for (start, way, expected) in cases {
            assert_eq!(
                first.clashes(&at(start, 45), way),
                expected,
                "{start} {way:?}"
            );
        }
        let next_day = Occupied {
            date: "2026-12-09".to_owned(),
            ..at("09:00", 45)
        };
        assert!(!first.clashes(&next_day, None));
    }

    proptest! {
        #[test]
        fn whoever_is_in_the_way_of_one_is_in_the_way_of_the_other(
            one in (0_i32..24, 0_i32..60, 10_i32..240),
            other in (0_i32..24, 0_i32..60, 10_i32..240),
            km in prop::option::of(prop::option::of(0.0_f64..300.0)),
        ) {
            let of = |(hour, minute, length)| at(&format!("{hour:02}:{minute:02}"), length);
            let (one, other) = (of(one), of(other));
            prop_assert_eq!(one.clashes(&other, km), other.clashes(&one, km));
        }
    }
}
