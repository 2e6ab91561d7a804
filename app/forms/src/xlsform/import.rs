use super::check;
use super::choices;
use super::context::Context;
use super::entities;
use super::errors::without_errors;
use super::header::{self, Column};
use super::lists::Lists;
use super::problems::{Finding, Report, repair};
use super::settings;
use super::sheet::{Sheet, Workbook};
use super::similar::{SHEETS, similar_sheet, similar_words};
use super::survey;
use crate::form::{Edit, Form, Language, Place, Problem, Severity, Text};

/// What the workbook does not say itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// Name of the root element when the settings sheet names none; `data` when `None`.
    pub root: Option<&'a str>,
    /// Id of the form when the settings sheet names none, usually the file's name without extension.
    pub id: Option<&'a str>,
}

/// A form as far as its workbook could be understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The form; parts with errors are guessed or left out.
    pub form: Form,
    /// In the order of discovery.
    pub problems: Vec<Problem>,
}

impl Imported {
    /// Whether other tools accept the workbook, too.
    pub fn is_valid(&self) -> bool {
        self.problems
            .iter()
            .all(|problem| problem.severity != Severity::Error)
    }
}

/// Reads a form from a workbook.
pub fn import(workbook: &Workbook, options: &Options<'_>) -> Imported {
    let mut report = Report::default();
    let workbook = &*without_errors(workbook, &mut report);
    let mut context = Context {
        workbook,
        report,
        default_language: None,
        clean_text: true,
        lists: Lists::default(),
        entity_lists: Vec::new(),
        languages: Vec::new(),
    };
    let mut form = Form::new(options.id.unwrap_or("data"));
    if let Some(root) = options.root {
        form.root = root.to_owned();
    }
    let titled = settings::read(&mut context, &mut form);
    let survey_columns = survey_sheet(&mut context).map(|sheet| {
        let columns = header::columns(sheet, &header::SURVEY, &mut context.report);
        (sheet, columns)
    });
    if let Some((_, columns)) = &survey_columns {
        mention_languages(&mut context, columns);
    }
    choices::read(&mut context, &mut form);
    entities::read(&mut context, &mut form);
    if let Some((sheet, columns)) = &survey_columns {
        survey::read(&mut context, &mut form, sheet, columns);
    }
    form.lists = std::mem::take(&mut context.lists).into_lists();
    super::export::read_own(context.workbook, &mut form);
    if !titled && form.title.is_empty() {
        form.title = Text::plain(form.id.clone());
    }
    settle_languages(&mut context, &mut form);
    check::check(
        &mut context,
        &mut form,
        survey_columns
            .as_ref()
            .map(|(sheet, columns)| (*sheet, columns.as_slice())),
    );
    Imported {
        form,
        problems: context.report.finish(),
    }
}

/// The survey sheet; a workbook with a single sheet needs no name for it.
fn survey_sheet<'w>(context: &mut Context<'w>) -> Option<&'w Sheet> {
    let workbook = context.workbook;
    let survey = workbook
        .sheet("survey")
        .or(match workbook.sheets.as_slice() {
            [only] if !SHEETS.contains(&only.name.to_lowercase().as_str()) => Some(only),
            _ => None,
        });
    if let Some(survey) = survey.filter(|sheet| {
        sheet
            .rows
            .iter()
            .flatten()
            .any(|cell| !cell.trim().is_empty())
    }) {
        return Some(survey);
    }
    let similar = similar_sheet(workbook, "survey");
    let mend = similar.map(|sheet| {
        repair(
            format!("Переименовать лист «{}» в «survey»", sheet.name),
            format!("Rename the sheet `{}` to `survey`", sheet.name),
            Edit::RenameSheet {
                sheet: sheet.name.clone(),
                name: "survey".to_owned(),
            },
        )
    });
    let finding = Finding::MissingSurvey {
        similar: similar_words(similar),
    };
    context.report.error_at(Place::default(), finding, mend);
    None
}

fn mention_languages(context: &mut Context<'_>, columns: &[Column]) {
    for column in columns {
        let language = match column.word() {
            "label" | "hint" | "guidance_hint" => column.tokens.get(1),
            "media" | "bind" if column.tokens.len() == 3 => column.tokens.get(2),
            _ => None,
        };
        if let Some(language) = language {
            context.mention(language);
        }
    }
}

/// Languages in order, the default one among them.
fn settle_languages(context: &mut Context<'_>, form: &mut Form) {
    form.settings
        .default_language
        .clone_from(&context.default_language);
    let mut languages = std::mem::take(&mut context.languages);
    if let Some(default) = context
        .default_language
        .as_deref()
        .filter(|default| *default != Text::DEFAULT)
        && !languages.iter().any(|language| language.name == default)
    {
        languages.insert(0, Language::new(default));
    }
    if languages.is_empty() {
        languages.push(Language::new(Text::DEFAULT));
    }
    form.default_language = context
        .default_language
        .clone()
        .filter(|default| languages.iter().any(|language| language.name == *default))
        .unwrap_or_else(|| languages[0].name.clone());
    form.languages = languages;
}
