//! What to do first: recommendations from a self-assessment.

use super::overview::Overview;

/// Number of recommendations: more than three are not acted on at once.
const MOST: usize = 3;

/// A recommendation: climb one level on one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// Path of the item.
    pub path: String,
    /// Title of its section.
    pub section: String,
    /// The item.
    pub item: String,
    /// The sentence chosen now.
    pub today: String,
    /// The sentence one level higher.
    pub next: String,
    /// Does the item limit the level of its section?
    pub key_item: bool,
}

/// The three items where one level up helps most: key items first, then the lowest, in the order of the form.
///
/// Items not answered, not applicable or already at their best give no advice.
///
/// # Source
/// requirements.md, "The three central interfaces": three recommendations from the lowest key items.
pub fn advice(overview: &Overview) -> Vec<Advice> {
    let mut found: Vec<(bool, f64, Advice)> = Vec::new();
    for section in &overview.sections {
        for view in section.main() {
            let (Some(score), Some(best)) = (view.score(), view.best_score()) else {
                continue;
            };
            let higher = view
                .choices
                .iter()
                .filter(|choice| choice.score.is_some_and(|other| other > score))
                .min_by(|a, b| {
                    f64::total_cmp(&a.score.unwrap_or_default(), &b.score.unwrap_or_default())
                });
            let (Some(next), Some(today)) = (higher, view.chosen().first().copied()) else {
                continue;
            };
            let advice = Advice {
                path: view.path.clone(),
                section: section.title.clone(),
                item: view.label.clone(),
                today: today.sentence().to_owned(),
                next: next.sentence().to_owned(),
                key_item: view.rules.key_item,
            };
            found.push((!view.rules.key_item, score / best, advice));
        }
    }
    // The sort is stable, so equals keep the order of the form.
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    found
        .into_iter()
        .take(MOST)
        .map(|(_, _, advice)| advice)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::overview::{Item, SectionOverview};
    use super::super::view::QuestionView;
    use super::super::view::tests::{choice, yes_no};
    use super::*;

    fn item(name: &str, value: &str, key_item: bool) -> QuestionView {
        let mut view = yes_no(name);
        view.choices = (0..=3)
            .map(|score| choice(&score.to_string(), Some(f64::from(score)), false))
            .collect();
        view.choices.push(choice("na", None, true));
        view.value = Some(value.to_owned());
        view.rules.ok_answer = None;
        view.rules.key_item = key_item;
        view
    }

    fn paths(questions: Vec<QuestionView>) -> Vec<String> {
        let overview = Overview {
            sections: vec![std::sync::Arc::new(SectionOverview {
                items: questions
                    .into_iter()
                    .map(|view| Item::Question(std::sync::Arc::new(view)))
                    .collect(),
                ..SectionOverview::default()
            })],
        };
        advice(&overview).into_iter().map(|one| one.item).collect()
    }

    #[test]
    fn lowest_key_items_come_first() {
        let found = paths(vec![
            item("low", "0", false),
            item("key two", "2", true),
            item("key zero", "0", true),
            item("key one", "1", true),
        ]);
        assert_eq!(found, ["key zero", "key one", "key two"]);
    }

    #[test]
    fn best_and_not_applicable_items_need_no_advice() {
        let found = paths(vec![
            item("best", "3", true),
            item("na", "na", true),
            item("other", "2", false),
        ]);
        assert_eq!(found, ["other"]);
    }

    #[test]
    fn the_next_level_is_one_step_up() {
        let overview = Overview {
            sections: vec![std::sync::Arc::new(SectionOverview {
                items: vec![Item::Question(std::sync::Arc::new(item("a", "1", true)))],
                ..SectionOverview::default()
            })],
        };
        assert_eq!(advice(&overview)[0].next, "2");
    }
}
