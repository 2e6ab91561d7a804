use super::lists::Lists;
use super::problems::{Finding, Report};
use super::sheet::{Sheet, Workbook};
use crate::form::{Language, Text};

/// What the parts of import share.
pub(super) struct Context<'w> {
    pub workbook: &'w Workbook,
    pub report: Report,
    pub default_language: Option<String>,
    /// Whether blanks inside survey cells are collapsed.
    pub clean_text: bool,
    pub lists: Lists,
    /// Names of entity lists.
    pub entity_lists: Vec<String>,
    pub languages: Vec<Language>,
}

impl Context<'_> {
    /// Remembers a language in the order of first mention.
    pub fn mention(&mut self, language: &str) {
        if language != Text::DEFAULT && !self.languages.iter().any(|other| other.name == language) {
            self.languages.push(Language::new(language));
        }
    }

    /// Drops the unsuffixed wording where the default language has one of its own.
    pub fn settle(&self, text: &mut Text) {
        if let Some(default) = self.default_language.as_deref()
            && default != Text::DEFAULT
            && text.get(default).is_some()
        {
            text.remove(Text::DEFAULT);
        }
    }
}

/// Rows with content, cut at the limit; row numbers count the header as 0.
pub(super) fn rows<'s>(
    context: &mut Context<'_>,
    sheet: &'s Sheet,
    limit: usize,
) -> impl Iterator<Item = usize> + 's {
    if sheet.rows.len() > limit {
        // An error, although other tools read on: published like this the form would lose its end in silence.
        context.report.error(
            &sheet.name,
            limit as u32 + 1,
            "",
            Finding::TooManyRows { limit },
            None,
        );
    }
    (1..sheet.rows.len().min(limit + 1))
        .filter(|at| sheet.rows[*at].iter().any(|cell| !cell.is_empty()))
}
