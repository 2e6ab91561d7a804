//! Going through a form: one section at a time, the review last.

use super::overview::Overview;

/// Where the person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// In a section, by its path.
    Section(String),
    /// Checking the answers.
    Review,
}

/// How the review is kept among paths of sections: no node of a form can be named so.
const REVIEW: &str = "//review";

impl Step {
    /// The step as it is kept over a reload.
    pub fn to_text(&self) -> String {
        match self {
            Step::Section(path) => path.clone(),
            Step::Review => REVIEW.to_owned(),
        }
    }

    /// The step that was kept.
    pub fn from_text(text: &str) -> Step {
        if text == REVIEW {
            Step::Review
        } else {
            Step::Section(text.to_owned())
        }
    }

    /// Where to begin: in the first section with something open, else in the first.
    pub fn first(overview: &Overview) -> Step {
        let mut sections = overview.sections.iter();
        sections
            .find(|section| section.open().next().is_some())
            .or(overview.sections.first())
            .map_or(Step::Review, |section| Step::Section(section.path.clone()))
    }

    /// The nearest step that exists now: a section that stopped being relevant gives way to [`Self::first`].
    pub fn settled(self, overview: &Overview) -> Step {
        match &self {
            Step::Review => self,
            Step::Section(path) if overview.section(path).is_some() => self,
            Step::Section(_) => Step::first(overview),
        }
    }

    /// The next step; the review has none.
    pub fn next(&self, overview: &Overview) -> Option<Step> {
        let Step::Section(path) = self else {
            return None;
        };
        let after = place(overview, path)? + 1;
        Some(
            overview
                .sections
                .get(after)
                .map_or(Step::Review, |section| Step::Section(section.path.clone())),
        )
    }

    /// The step before; the first section has none.
    pub fn back(&self, overview: &Overview) -> Option<Step> {
        let before = match self {
            Step::Section(path) => place(overview, path)?.checked_sub(1)?,
            Step::Review => overview.sections.len().checked_sub(1)?,
        };
        let section = overview.sections.get(before)?;
        Some(Step::Section(section.path.clone()))
    }
}

fn place(overview: &Overview, path: &str) -> Option<usize> {
    overview
        .sections
        .iter()
        .position(|section| section.path == path)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::overview::{Item, SectionOverview};
    use super::super::view::tests::yes_no;
    use super::*;

    fn overview(paths: &[&str]) -> Overview {
        Overview {
            sections: paths
                .iter()
                .map(|path| SectionOverview {
                    path: (*path).to_owned(),
                    items: vec![Item::Question(Arc::new(yes_no(path)))],
                    ..SectionOverview::default()
                })
                .map(Arc::new)
                .collect(),
        }
    }

    fn section(path: &str) -> Step {
        Step::Section(path.to_owned())
    }

    #[test]
    fn the_review_follows_the_last_section() {
        let overview = overview(&["a", "b"]);
        assert_eq!(section("a").next(&overview), Some(section("b")));
        assert_eq!(section("b").next(&overview), Some(Step::Review));
        assert_eq!(Step::Review.next(&overview), None);
        assert_eq!(Step::Review.back(&overview), Some(section("b")));
        assert_eq!(section("a").back(&overview), None);
    }

    #[test]
    fn a_section_that_went_away_gives_way_to_open_questions() {
        let mut overview = overview(&["a", "b"]);
        let mut answered = yes_no("a");
        answered.value = Some("yes".to_owned());
        let first = Arc::make_mut(&mut overview.sections[0]);
        first.items = vec![Item::Question(Arc::new(answered))];
        assert_eq!(section("gone").settled(&overview), section("b"));
    }

    #[test]
    fn steps_survive_a_reload() {
        for step in [section("a/b"), Step::Review] {
            assert_eq!(Step::from_text(&step.to_text()), step);
        }
    }

    #[test]
    fn an_empty_form_has_only_its_review() {
        assert_eq!(section("a").settled(&Overview::default()), Step::Review);
    }
}
