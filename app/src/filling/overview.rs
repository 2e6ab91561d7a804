//! The form at one moment, section by section: what tabs, jump list, progress and review are made of.

use std::sync::Arc;

use forms::form::CompanionRole;

use super::view::{QuestionView, Standing};

/// Sections that take part now, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The sections; shared with every overview in which they are the same.
    pub sections: Vec<Arc<SectionOverview>>,
}

/// One section with the questions that take part now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionOverview {
    /// Path in the filled form.
    pub path: String,
    /// Title.
    pub title: String,
    /// Words under the title.
    pub hint: String,
    /// What the section holds, in the order of the form.
    pub items: Vec<Item>,
}

/// A place inside a section.
#[derive(Clone, Debug)]
pub enum Item {
    /// A question, a companion or a note; shared with every overview in which it is the same.
    Question(Arc<QuestionView>),
    /// Questions under one heading.
    Group(GroupView),
    /// A group filled any number of times.
    Repeat(RepeatView),
}

/// Questions under one heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupView {
    /// Path in the filled form.
    pub path: String,
    /// Heading; empty for a group that only holds a condition.
    pub label: String,
    /// Words under it.
    pub hint: String,
    /// Words of the appearance.
    pub appearance: Vec<String>,
    /// What it holds.
    pub items: Vec<Item>,
    /// May the person remove it? Only instances of a repeat.
    pub can_remove: bool,
}

/// A group filled any number of times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepeatView {
    /// Path of the repeat.
    pub path: String,
    /// Heading.
    pub label: String,
    /// May the person add an instance? Not when the form counts by itself.
    pub is_open: bool,
    /// The instances in order.
    pub instances: Vec<GroupView>,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            // Thousands of questions are compared after each answer, and nearly all are the same object.
            (Item::Question(a), Item::Question(b)) => Arc::ptr_eq(a, b) || a == b,
            (Item::Group(a), Item::Group(b)) => a == b,
            (Item::Repeat(a), Item::Repeat(b)) => a == b,
            _ => false,
        }
    }
}

impl Item {
    /// Number of questions inside, companions among them.
    pub fn questions(&self) -> usize {
        match self {
            Item::Question(_) => 1,
            Item::Group(group) => group.items.iter().map(Item::questions).sum(),
            Item::Repeat(repeat) => repeat
                .instances
                .iter()
                .flat_map(|instance| &instance.items)
                .map(Item::questions)
                .sum(),
        }
    }

    fn collect<'a>(&'a self, into: &mut Vec<&'a QuestionView>) {
        match self {
            Item::Question(view) => into.push(view),
            Item::Group(group) => group.items.iter().for_each(|item| item.collect(into)),
            Item::Repeat(repeat) => repeat
                .instances
                .iter()
                .flat_map(|instance| &instance.items)
                .for_each(|item| item.collect(into)),
        }
    }
}

/// How far a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nothing answered.
    Untouched,
    /// Something answered.
    Begun,
    /// Everything answered.
    Done,
}

/// Answered questions out of those to answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Answered.
    pub answered: usize,
    /// To answer.
    pub total: usize,
}

impl Count {
    /// Share answered, 0–1; 1 when nothing is asked.
    pub fn share(self) -> f64 {
        if self.total == 0 {
            1.0
        } else {
            self.answered as f64 / self.total as f64
        }
    }
}

impl SectionOverview {
    /// Questions and companions at any depth, in the order of the form.
    pub fn questions(&self) -> Vec<&QuestionView> {
        let mut questions = Vec::new();
        self.items
            .iter()
            .for_each(|item| item.collect(&mut questions));
        questions
    }

    /// Questions that stand for themselves: companions are shown and counted with theirs.
    pub fn main(&self) -> impl Iterator<Item = &QuestionView> {
        self.questions()
            .into_iter()
            .filter(|view| view.is_question() && view.rules.companion.is_none())
    }

    /// The companion of a question for a purpose, if it takes part now.
    pub fn companion(&self, of: &QuestionView, role: CompanionRole) -> Option<&QuestionView> {
        self.questions().into_iter().find(|view| {
            view.rules
                .companion
                .as_ref()
                .is_some_and(|(name, other)| *name == of.name && *other == role)
        })
    }

    /// How many questions are answered.
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for view in self.main() {
            count.total += 1;
            count.answered += usize::from(view.standing() != Standing::Open);
        }
        count
    }

    /// How far the section is.
    pub fn reach(&self) -> Reach {
        let count = self.count();
        if count.answered == 0 && count.total > 0 {
            Reach::Untouched
        } else if count.answered < count.total {
            Reach::Begun
        } else {
            Reach::Done
        }
    }

    /// Questions answered as a violation.
    pub fn violations(&self) -> impl Iterator<Item = &QuestionView> {
        self.main()
            .filter(|view| matches!(view.standing(), Standing::Violation | Standing::Critical))
    }

    /// Answers that a rule of the form does not accept, blank answers not among them.
    pub fn mistakes(&self) -> impl Iterator<Item = &QuestionView> {
        self.questions()
            .into_iter()
            .filter(|view| view.violation.is_some() && view.value.is_some())
    }

    /// Required questions without an answer.
    pub fn missing(&self) -> impl Iterator<Item = &QuestionView> {
        self.questions().into_iter().filter(|view| {
            view.is_question()
                && view.required
                && view.value.as_deref().unwrap_or_default().is_empty()
        })
    }

    /// Questions without an answer, required or not.
    pub fn open(&self) -> impl Iterator<Item = &QuestionView> {
        self.main().filter(|view| view.standing() == Standing::Open)
    }

    /// Answers that say "in order" to everything still open: path and choice.
    ///
    /// Nothing that was answered is touched, so that one tap cannot hide a violation.
    pub fn all_in_order(&self) -> Vec<(String, String)> {
        self.open()
            .filter(|view| !view.read_only)
            .filter_map(|view| {
                let ok = view.rules.ok_answer.clone()?;
                Some((view.path.clone(), ok))
            })
            .collect()
    }

    /// Levels chosen without the evidence they need.
    pub fn unconfirmed(&self) -> usize {
        let questions = self.questions();
        let proven: std::collections::HashSet<&str> = questions
            .iter()
            .filter(|view| {
                view.value
                    .as_deref()
                    .is_some_and(|value| !value.trim().is_empty())
            })
            .filter_map(|view| match view.rules.companion.as_ref()? {
                (of, CompanionRole::Evidence | CompanionRole::File) => Some(of.as_str()),
                _ => None,
            })
            .collect();
        questions
            .iter()
            .filter(|view| view.is_question() && view.rules.companion.is_none())
            .filter(|view| view.needs_evidence() && !proven.contains(view.name.as_str()))
            .count()
    }
}

impl Overview {
    /// How many questions of the form are answered.
    pub fn count(&self) -> Count {
        self.sections
            .iter()
            .map(|section| section.count())
            .fold(Count::default(), |sum, count| Count {
                answered: sum.answered + count.answered,
                total: sum.total + count.total,
            })
    }

    /// The section with that path.
    pub fn section(&self, path: &str) -> Option<&SectionOverview> {
        let mut sections = self.sections.iter().map(Arc::as_ref);
        sections.find(|section| section.path == path)
    }

    /// The section that holds the question, and the question.
    pub fn find(&self, question: &str) -> Option<(&SectionOverview, &QuestionView)> {
        self.sections.iter().find_map(|section| {
            let view = section
                .questions()
                .into_iter()
                .find(|view| view.path == question)?;
            Some((section.as_ref(), view))
        })
    }

    /// Has every question that must be answered an answer that is accepted?
    pub fn is_complete(&self) -> bool {
        self.sections.iter().all(|section| {
            section.missing().next().is_none()
                && section.mistakes().next().is_none()
                && section
                    .open()
                    .all(|view| view.rules.ok_answer.is_none() && !view.is_scale())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::yes_no;
    use super::*;
    use forms::form::QuestionKind;

    fn answered(name: &str, value: &str) -> QuestionView {
        let mut view = yes_no(name);
        view.value = Some(value.to_owned());
        view
    }

    fn note(of: &str, value: Option<&str>) -> QuestionView {
        let mut view = yes_no(&format!("{of}_note"));
        view.kind = QuestionKind::Text;
        view.required = true;
        view.rules.ok_answer = None;
        view.rules.companion = Some((of.to_owned(), CompanionRole::Note));
        view.value = value.map(str::to_owned);
        view
    }

    fn section(questions: Vec<QuestionView>) -> Arc<SectionOverview> {
        Arc::new(SectionOverview {
            path: "during".to_owned(),
            items: questions
                .into_iter()
                .map(|view| Item::Question(Arc::new(view)))
                .collect(),
            ..SectionOverview::default()
        })
    }

    #[test]
    fn companions_are_not_counted_apart() {
        let section = section(vec![answered("a", "no"), note("a", None), yes_no("b")]);
        let count = section.count();
        assert_eq!((count.answered, count.total), (1, 2));
        assert_eq!(section.reach(), Reach::Begun);
    }

    #[test]
    fn one_tap_answers_only_what_is_open() {
        let section = section(vec![answered("a", "no"), yes_no("b"), note("a", None)]);
        assert_eq!(
            section.all_in_order(),
            [("during/b".to_owned(), "yes".to_owned())]
        );
    }

    #[test]
    fn missing_note_keeps_the_form_incomplete() {
        let blank = Overview {
            sections: vec![section(vec![answered("a", "no"), note("a", Some(""))])],
        };
        assert!(!blank.is_complete());
        let written = Overview {
            sections: vec![section(vec![answered("a", "no"), note("a", Some("9:52"))])],
        };
        assert!(written.is_complete());
    }

    #[test]
    fn unanswered_item_of_a_checklist_is_incomplete_though_not_required() {
        let overview = Overview {
            sections: vec![section(vec![yes_no("a")])],
        };
        assert!(!overview.is_complete());
    }

    #[test]
    fn section_without_questions_is_done() {
        assert_eq!(section(Vec::new()).reach(), Reach::Done);
    }
}
