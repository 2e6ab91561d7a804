//! Papers that an expected result names.

use crate::text::plain;

/// A kind of paper or event that shows that a line is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// Приказ.
    Order,
    /// Протокол.
    Protocol,
    /// Аналитическая справка.
    AnalyticNote,
    /// Комплексный анализ.
    ComplexAnalysis,
    /// Адресные рекомендации.
    Recommendations,
    /// Методические рекомендации.
    MethodRecommendations,
    /// Управленческое решение.
    Decision,
    /// Нормативный акт, концепция, порядок.
    Regulation,
    /// Ежегодный доклад.
    YearlyReport,
    /// Оценка руководителя.
    HeadAssessment,
    /// Публикация.
    Publication,
    /// Программа.
    Programme,
    /// План.
    Plan,
    /// Проект.
    Project,
    /// Презентация.
    Presentation,
    /// Банк данных.
    DataBank,
    /// Самооценка.
    SelfAssessment,
    /// Экспертная оценка.
    ExpertAssessment,
    /// Семинар.
    Seminar,
    /// Совещание.
    Meeting,
}

use PaperKind as Kind;

impl PaperKind {
    /// All kinds.
    pub const ALL: [Self; 20] = [
        Kind::Order,
        Kind::Protocol,
        Kind::AnalyticNote,
        Kind::ComplexAnalysis,
        Kind::Recommendations,
        Kind::MethodRecommendations,
        Kind::Decision,
        Kind::Regulation,
        Kind::YearlyReport,
        Kind::HeadAssessment,
        Kind::Publication,
        Kind::Programme,
        Kind::Plan,
        Kind::Project,
        Kind::Presentation,
        Kind::DataBank,
        Kind::SelfAssessment,
        Kind::ExpertAssessment,
        Kind::Seminar,
        Kind::Meeting,
    ];

    /// The name that files and the interface spell.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Order => "order",
            Kind::Protocol => "protocol",
            Kind::AnalyticNote => "analytic_note",
            Kind::ComplexAnalysis => "complex_analysis",
            Kind::Recommendations => "recommendations",
            Kind::MethodRecommendations => "method_recommendations",
            Kind::Decision => "decision",
            Kind::Regulation => "regulation",
            Kind::YearlyReport => "yearly_report",
            Kind::HeadAssessment => "head_assessment",
            Kind::Publication => "publication",
            Kind::Programme => "programme",
            Kind::Plan => "plan",
            Kind::Project => "project",
            Kind::Presentation => "presentation",
            Kind::DataBank => "data_bank",
            Kind::SelfAssessment => "self_assessment",
            Kind::ExpertAssessment => "expert_assessment",
            Kind::Seminar => "seminar",
            Kind::Meeting => "meeting",
        }
    }

    /// The kind with this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Papers that a text of results names, sorted.
///
/// A sentence is judged by what stands first in it: «анализ … нормативных ориентиров» is an analysis, not a norm.
pub fn papers(text: &str) -> Vec<PaperKind> {
    let mut found: Vec<PaperKind> = plain(text)
        .split(['.', ';', '!'])
        .flat_map(of_sentence)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn of_sentence(sentence: &str) -> Vec<PaperKind> {
    let has = |stem: &str| sentence.contains(stem);
    let starts = |stem: &str| {
        words(sentence)
            .first()
            .is_some_and(|word| word.starts_with(stem))
    };
    let mut found = Vec::new();
    if has("протокол") {
        found.push(Kind::Protocol);
        // «протокол совещания по вопросу оценки …» names nothing else.
        return found;
    }
    if has("комплексный анализ") {
        found.push(Kind::ComplexAnalysis);
    } else if starts("анализ")
        || has("аналитическ") && has("справк")
        || has("справк")
        || has("аналитический отчет")
    {
        found.push(Kind::AnalyticNote);
        if starts("анализ") && !has("адресн") {
            return found;
        }
    }
    if has("приказ") {
        found.push(Kind::Order);
        return found;
    }
    if has("методических рекомендаци") || has("методические рекомендаци")
    {
        found.push(Kind::MethodRecommendations);
    }
    if has("адресн") && has("рекомендаци") {
        found.push(Kind::Recommendations);
    }
    if has("управленческих решен") || has("управленческие решен") || has("управленческое решен")
    {
        found.push(Kind::Decision);
    }
    found.extend(others(sentence));
    found
}

fn others(sentence: &str) -> Vec<PaperKind> {
    let has = |stem: &str| sentence.contains(stem);
    let mut found = Vec::new();
    if has("оценка эффективности деятельности руководител")
    {
        return vec![Kind::HeadAssessment];
    }
    let about_programme = [
        "реализации программ",
        "о реализации",
        "образовательных программ",
    ]
    .iter()
    .any(|turn| has(turn));
    let regulation = [
        "нормативн",
        "концепци",
        "положени",
        "порядок",
        "методик",
        "регламент",
    ];
    let is_about_method = has("реализации") && has("методик");
    if regulation.iter().any(|stem| has(stem)) && !is_about_method {
        found.push(Kind::Regulation);
    }
    if has("программн") && has("документ") || has("программа") && !about_programme
    {
        found.push(Kind::Programme);
        // A programme that is named alone is no act beside it.
        if has("утверждена") {
            found.retain(|kind| *kind != Kind::Regulation);
        }
    }
    if has("план работы") || has("утвержден план") || has("план мероприятий")
    {
        found.push(Kind::Plan);
    }
    if has("опубликован") || has("публикац") || has("на сайт") || has("размещен") && has("сайт")
    {
        found.push(Kind::Publication);
    }
    if (has("разработка") || has("разработан")) && has("проект") {
        found.push(Kind::Project);
    }
    let more: [(&[&str], PaperKind); 8] = [
        (&["презентац"], Kind::Presentation),
        (&["банк", "данных"], Kind::DataBank),
        (&["банк", "практик"], Kind::DataBank),
        (&["самооценк"], Kind::SelfAssessment),
        (&["экспертная оценка"], Kind::ExpertAssessment),
        (&["семинар"], Kind::Seminar),
        (&["совещани"], Kind::Meeting),
        (&["ежегодн", "доклад"], Kind::YearlyReport),
    ];
    found.extend(
        more.iter()
            .filter(|(stems, _)| stems.iter().all(|stem| has(stem)))
            .map(|(_, kind)| *kind),
    );
    found
}

fn words(sentence: &str) -> Vec<&str> {
    sentence
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}
