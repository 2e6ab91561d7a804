//! Profile of a self-assessment: where each section stands, and how far it has come since last time.

use api::forms::submission::{ScoreSheet, SectionScore};
use api::text::Text;
use forms::form::{Form, Scoring};

/// One section of the profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    /// Name of the section in the form.
    pub section: String,
    /// Title.
    pub title: Text,
    /// Now, 0–1.
    pub now: Option<f64>,
    /// Last time, 0–1.
    pub before: Option<f64>,
    /// Level now.
    pub level: Option<Text>,
    /// Would the score alone reach a higher level? Then a key item holds it down.
    pub is_capped: bool,
    /// Levels chosen without the evidence they need.
    pub unconfirmed: u32,
}

/// A level of the scale, lowest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Smallest share.
    pub from: f64,
    /// Share at which the next level begins; 1 for the highest.
    pub to: f64,
    /// Name.
    pub name: Text,
}

/// Rows in the order of the form.
pub fn rows(score: &ScoreSheet, previous: Option<&ScoreSheet>, bands: &[Band]) -> Vec<ProfileRow> {
    score
        .sections
        .iter()
        .map(|section| ProfileRow {
            section: section.section.clone(),
            title: section.title.clone(),
            now: section.score,
            before: previous.and_then(|previous| same(previous, section)?.score),
            level: section.level.clone(),
            is_capped: is_capped(section, bands),
            unconfirmed: section.unconfirmed,
        })
        .collect()
}

fn same<'a>(previous: &'a ScoreSheet, section: &SectionScore) -> Option<&'a SectionScore> {
    previous
        .sections
        .iter()
        .find(|other| other.section == section.section)
}

fn is_capped(section: &SectionScore, bands: &[Band]) -> bool {
    let (Some(score), Some(level)) = (section.score, &section.level) else {
        return false;
    };
    bands
        .iter()
        .rfind(|band| score >= band.from)
        .is_some_and(|band| band.name != *level)
}

/// Levels of the form's scale, lowest first.
pub fn bands(form: &Form) -> Vec<Band> {
    let mut levels: Vec<_> = form
        .scoring
        .iter()
        .flat_map(|scoring: &Scoring| &scoring.levels)
        .map(|level| {
            let name = Text::new(form.text(&level.label, "ru"), form.text(&level.label, "en"));
            (level.min, name)
        })
        .collect();
    levels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let bounds: Vec<f64> = levels.iter().map(|(from, _)| *from).collect();
    levels
        .into_iter()
        .enumerate()
        .map(|(place, (from, name))| Band {
            from,
            to: bounds.get(place + 1).copied().unwrap_or(1.0),
            name,
        })
        .collect()
}

/// Change since last time in points of a hundred, as shown: the difference of the two rounded numbers, so that a
/// reader who subtracts finds the same.
pub fn change_points(row: &ProfileRow) -> Option<i32> {
    let points = |share: f64| (share * 100.0).round() as i32;
    Some(points(row.now?) - points(row.before?))
}

/// Sections that grew and sections that fell since last time, counted as they are shown.
pub fn movement(rows: &[ProfileRow]) -> (usize, usize) {
    let changes: Vec<i32> = rows.iter().filter_map(change_points).collect();
    (
        changes.iter().filter(|points| **points > 0).count(),
        changes.iter().filter(|points| **points < 0).count(),
    )
}

/// Levels without the evidence they need, over all sections.
pub fn unconfirmed(rows: &[ProfileRow]) -> u32 {
    rows.iter().map(|row| row.unconfirmed).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(name: &str, score: f64, level: &str) -> SectionScore {
        SectionScore {
            section: name.to_owned(),
            title: Text::new(name, name),
            score: Some(score),
            level: Some(Text::new(level, level)),
            answered: [5, 5],
            unconfirmed: 0,
        }
    }

    fn sheet(sections: Vec<SectionScore>) -> ScoreSheet {
        ScoreSheet {
            overall: None,
            level: None,
            sections,
            critical: Vec::new(),
            answered: [30, 30],
        }
    }

    fn two_bands() -> Vec<Band> {
        [(0.0, 0.6, "low"), (0.6, 1.0, "high")]
            .map(|(from, to, name)| Band {
                from,
                to,
                name: Text::new(name, name),
            })
            .to_vec()
    }

    #[test]
    fn sections_meet_by_name_and_not_by_place() {
        let now = sheet(vec![section("a", 0.7, "high"), section("b", 0.2, "low")]);
        let before = sheet(vec![section("b", 0.4, "low")]);
        let rows = rows(&now, Some(&before), &two_bands());
        let befores: Vec<_> = rows.iter().map(|row| row.before).collect();
        assert_eq!(befores, [None, Some(0.4)]);
        assert_eq!(movement(&rows), (0, 1));
    }

    #[test]
    fn movement_counts_every_change_that_is_shown() {
        let names = ["up", "a little down", "same", "new"];
        let at = |shares: &[f64]| {
            let sections = names.iter().zip(shares);
            sheet(
                sections
                    .map(|(name, share)| section(name, *share, "low"))
                    .collect(),
            )
        };
        let rows = rows(
            &at(&[0.5, 0.45, 0.301, 0.9]),
            Some(&at(&[0.4, 0.46, 0.304])),
            &two_bands(),
        );
        let points: Vec<_> = rows.iter().map(change_points).collect();
        assert_eq!(points, [Some(10), Some(-1), Some(0), None]);
        assert_eq!(movement(&rows), (1, 1));
    }

    #[test]
    fn a_level_below_its_score_is_held_down_by_a_key_item() {
        let now = sheet(vec![section("a", 0.7, "low"), section("b", 0.7, "high")]);
        let rows = rows(&now, None, &two_bands());
        let capped: Vec<_> = rows.iter().map(|row| row.is_capped).collect();
        assert_eq!(capped, [true, false]);
    }

    #[test]
    fn levels_of_the_form_cover_the_whole_scale() {
        let (_, yaml) = forms::instrument::shipped()
            .iter()
            .find(|(name, _)| *name == "school_objectivity_self")
            .expect("a shipped instrument");
        let form = forms::instrument::compile(yaml).expect("shipped instruments compile");
        let bands = bands(&form);
        assert_eq!(bands.first().map(|band| band.from), Some(0.0));
        assert_eq!(bands.last().map(|band| band.to), Some(1.0));
        assert!(bands.windows(2).all(|pair| pair[0].to == pair[1].from));
    }
}
