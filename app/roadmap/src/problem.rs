//! What could not be read as it stands, with its place and its repair.

use std::fmt;

/// A place in the source, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Name of the sheet.
    pub sheet: Option<String>,
    /// Number of the table; `None` in CSV.
    pub table: Option<usize>,
    /// Row or record; `None`: the whole table or file.
    pub row: Option<usize>,
}

/// The languages of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Russian.
    Russian,
    /// English.
    English,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Index of the line it belongs to.
    pub line: Option<usize>,
    /// What.
    pub fault: Fault,
}

/// What is wrong or open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The table has no row that names its columns; they were guessed by what stands in them.
    NoHeader,
    /// A table that does not look like a roadmap was left out: its first words.
    TableSkipped(String),
    /// Another roadmap begins: its title.
    SecondRoadmap(String),
    /// A table inside a cell; its text stands in the line.
    NestedTable,
    /// A cell merged over rows was applied to each of them.
    MergedCell,
    /// So many insertions and deletions nobody accepted.
    TrackedChanges(usize),
    /// Words of a schedule that nobody understands.
    UnknownSchedule(String),
    /// No schedule at all.
    NoSchedule,
    /// No executor.
    NoExecutor,
    /// No measure.
    NoMeasure,
    /// The number stands at another line, too.
    NumberRepeated(String),
    /// All periods lie outside the programme.
    OutsideProgramme(String),
    /// The whole roadmap lies outside the programme: its years.
    PastProgramme(i32, i32),
    /// The document names other years than the programme.
    OtherYears(String),
    /// Nothing says for which years the roadmap is.
    YearsUnknown,
    /// A person by name; lines name posts and bodies.
    PersonNamed(String),
    /// Text that no line took.
    TextLeft(String),
}

impl Problem {
    /// Place, what is wrong and what to do, in one sentence or two.
    pub fn words(&self, language: Language) -> String {
        let place = self.place.words(language);
        let fault = match language {
            Language::Russian => self.fault.words_ru(),
            Language::English => self.fault.words_en(),
        };
        if place.is_empty() {
            fault
        } else {
            format!("{place}: {fault}")
        }
    }
}

impl Place {
    fn words(&self, language: Language) -> String {
        let [sheet, table, row, record] = match language {
            Language::Russian => ["лист", "таблица", "строка", "запись"],
            Language::English => ["sheet", "table", "row", "record"],
        };
        let mut words = Vec::new();
        match (&self.sheet, self.table) {
            (Some(name), _) => words.push(format!("{sheet} «{name}»")),
            (None, Some(number)) => words.push(format!("{table} {number}")),
            (None, None) => {}
        }
        if let Some(number) = self.row {
            let is_record = self.sheet.is_none() && self.table.is_none();
            words.push(format!("{} {number}", if is_record { record } else { row }));
        }
        words.join(", ")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Language::English))
    }
}

impl Fault {
    /// A short stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHeader => "no_header",
            Self::TableSkipped(_) => "table_skipped",
            Self::SecondRoadmap(_) => "second_roadmap",
            Self::NestedTable => "nested_table",
            Self::MergedCell => "merged_cell",
            Self::TrackedChanges(_) => "tracked_changes",
            Self::UnknownSchedule(_) => "unknown_schedule",
            Self::NoSchedule => "no_schedule",
            Self::NoExecutor => "no_executor",
            Self::NoMeasure => "no_measure",
            Self::NumberRepeated(_) => "number_repeated",
            Self::OutsideProgramme(_) => "outside_programme",
            Self::PastProgramme(..) => "past_programme",
            Self::OtherYears(_) => "other_years",
            Self::YearsUnknown => "years_unknown",
            Self::PersonNamed(_) => "person_named",
            Self::TextLeft(_) => "text_left",
        }
    }

    fn words_ru(&self) -> String {
        match self {
            Self::NoHeader => "нет строки с названиями столбцов, столбцы угаданы по содержанию. Проверьте их или добавьте первую строку: «№ п/п», «Мероприятие», «Срок», «Исполнитель», «Ожидаемый результат».".to_owned(),
            Self::TableSkipped(text) => format!("таблица «{text}» не похожа на план и пропущена. Если это план, дайте её столбцам названия «Мероприятие» и «Срок»."),
            Self::SecondRoadmap(title) => format!("здесь начинается ещё одна дорожная карта («{title}»). Её строки прочитаны отдельной частью: оставьте одну или загрузите каждую в свою программу."),
            Self::NestedTable => "внутри ячейки стоит таблица; её текст перенесён в строку плана. Проверьте, что он на месте, и разделите его, если это несколько мероприятий.".to_owned(),
            Self::MergedCell => "объединённая ячейка отнесена к каждой из своих строк. Проверьте срок и исполнителя.".to_owned(),
            Self::TrackedChanges(count) => format!("в документе {count} непринятых правок: вставленное прочитано, удалённое нет. Примите или отклоните правки, чтобы не было сомнений."),
            Self::UnknownSchedule(text) => format!("срок «{text}» непонятен. Напишите его иначе, например «декабрь ежегодно», «1 раз в четверть», «сентябрь 2026 года», или выберите вид срока."),
            Self::NoSchedule => "срок не указан. Укажите срок или «по отдельному графику».".to_owned(),
            Self::NoExecutor => "исполнитель не указан. Назовите должность, орган или «все школы».".to_owned(),
            Self::NoMeasure => "мероприятие не названо. Допишите его или удалите строку.".to_owned(),
            Self::NumberRepeated(number) => format!("номер {number} уже есть у другой строки. Обе сохранены; исправьте номер, если это ошибка."),
            Self::OutsideProgramme(text) => format!("срок «{text}» лежит вне лет программы, поэтому задач не будет. Исправьте год."),
            Self::PastProgramme(first, last) => format!("все сроки лежат в {first}–{last} годах, вне программы: похоже, это прошлая дорожная карта. Проверьте файл или годы программы."),
            Self::OtherYears(years) => format!("документ назван на {years}, а программа на другие годы. Проверьте годы программы."),
            Self::YearsUnknown => "ни название, ни сроки не говорят, на какие годы план. Укажите годы программы, тогда появятся даты.".to_owned(),
            Self::PersonNamed(name) => format!("исполнитель «{name}» назван по имени. Назовите должность: люди меняются, строка остаётся."),
            Self::TextLeft(text) => format!("текст «{text}» не отнесён ни к одной строке. Посмотрите, куда он относится."),
        }
    }

    fn words_en(&self) -> String {
        match self {
            Self::NoHeader => "no row names the columns; they were guessed by their content. Check them, or add a first row: “№”, “Мероприятие”, “Срок”, “Исполнитель”, “Ожидаемый результат”.".to_owned(),
            Self::TableSkipped(text) => format!("the table “{text}” does not look like a plan and was left out. If it is one, name its columns “Мероприятие” and “Срок”."),
            Self::SecondRoadmap(title) => format!("another roadmap begins here (“{title}”). Its lines were read as a part of their own: keep one of them, or import each into its programme."),
            Self::NestedTable => "there is a table inside a cell; its text went into the line. Check it, and divide it if these are several measures.".to_owned(),
            Self::MergedCell => "a merged cell was applied to each of its rows. Check the term and the executor.".to_owned(),
            Self::TrackedChanges(count) => format!("the document has {count} changes nobody accepted: insertions were read, deletions were not. Accept or reject them to be sure."),
            Self::UnknownSchedule(text) => format!("the term “{text}” is not understood. Write it in other words, for example “декабрь ежегодно”, “1 раз в четверть”, “сентябрь 2026 года”, or choose its kind."),
            Self::NoSchedule => "there is no term. Give one, or “по отдельному графику”.".to_owned(),
            Self::NoExecutor => "there is no executor. Name a post, a body or “все школы”.".to_owned(),
            Self::NoMeasure => "the measure is not named. Add it or remove the line.".to_owned(),
            Self::NumberRepeated(number) => format!("the number {number} stands at another line, too. Both were kept; mend it if it is a mistake."),
            Self::OutsideProgramme(text) => format!("the term “{text}” lies outside the years of the programme, so no tasks follow. Mend the year."),
            Self::PastProgramme(first, last) => format!("all terms lie in {first}–{last}, outside the programme: this seems to be a past roadmap. Check the file or the years of the programme."),
            Self::OtherYears(years) => format!("the document is named for {years}, the programme for other years. Check the years of the programme."),
            Self::YearsUnknown => "neither the title nor the terms say for which years the plan is. Give the years of the programme, then there will be days.".to_owned(),
            Self::PersonNamed(name) => format!("the executor “{name}” is a person by name. Name the post: people change, the line stays."),
            Self::TextLeft(text) => format!("no line took the text “{text}”. See where it belongs."),
        }
    }
}
