//! Every sentence that import says: what is wrong and how to mend it, in both languages.

use crate::form::{Edit, Message, Place, Problem, Repair, Severity};

/// Collects problems; stops keeping them when there are too many to read.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub problems: Vec<Problem>,
    dropped: usize,
}

/// More problems than this help nobody, and a hostile workbook could have millions.
const MAX_PROBLEMS: usize = 2_000;

impl Report {
    /// An error in a cell, with a repair when there is one.
    pub fn error(
        &mut self,
        sheet: &str,
        row: u32,
        column: &str,
        finding: Finding,
        repair: Option<Repair>,
    ) {
        self.push(Severity::Error, place(sheet, row, column), &finding, repair);
    }

    /// Something other tools accept and the author should know.
    pub fn warn_at(&mut self, sheet: &str, row: u32, column: &str, finding: Finding) {
        self.push(Severity::Warning, place(sheet, row, column), &finding, None);
    }

    /// An error of the whole workbook or of a node.
    pub fn error_at(&mut self, place: Place, finding: Finding, repair: Option<Repair>) {
        self.push(Severity::Error, place, &finding, repair);
    }

    /// Whether further problems are only counted.
    pub fn is_full(&self) -> bool {
        self.problems.len() >= MAX_PROBLEMS
    }

    fn push(
        &mut self,
        severity: Severity,
        place: Place,
        finding: &Finding,
        repair: Option<Repair>,
    ) {
        if self.is_full() {
            self.dropped += 1;
            return;
        }
        let code = finding.code().to_owned();
        self.problems.push(Problem {
            code,
            severity,
            place,
            message: finding.message(),
            repair,
        });
    }

    /// The problems, with a last one that counts those left out.
    pub fn finish(mut self) -> Vec<Problem> {
        if self.dropped > 0 {
            let finding = Finding::MoreProblems {
                count: self.dropped,
            };
            self.problems.push(Problem {
                code: finding.code().to_owned(),
                severity: Severity::Warning,
                place: Place::default(),
                message: finding.message(),
                repair: None,
            });
        }
        self.problems
    }
}

fn place(sheet: &str, row: u32, column: &str) -> Place {
    if column.is_empty() {
        Place::row(sheet, row)
    } else {
        Place::cell(sheet, row, column)
    }
}

/// A repair of one edit.
pub(crate) fn repair(ru: impl Into<String>, en: impl Into<String>, edit: Edit) -> Repair {
    Repair {
        label: Message::new(ru, en),
        edits: vec![edit],
    }
}

macro_rules! findings {
    ($( $(#[$doc:meta])* $variant:ident $({ $($field:ident : $type:ty),* $(,)? })? => $code:literal, $ru:literal, $en:literal; )*) => {
        /// What import can find; codes are stable.
        #[derive(Clone, Debug, PartialEq)]
        pub(crate) enum Finding { $( $(#[$doc])* $variant $({ $($field: $type),* })?, )* }

        impl Finding {
            pub fn code(&self) -> &'static str {
                match self { $( Self::$variant $({ $($field: _),* })? => $code, )* }
            }

            pub fn message(&self) -> Message {
                match self { $( Self::$variant $({ $($field),* })? => Message::new(format!($ru), format!($en)), )* }
            }
        }
    };
}

findings! {
    MoreProblems { count: usize } => "workbook.more-problems",
        "Показаны не все замечания, ещё: {count}.", "More problems were found: {count}.";
    MissingSurvey { similar: String } => "sheet.missing-survey",
        "В книге нет листа «survey» с вопросами.{similar}", "The workbook has no sheet `survey` with questions.{similar}";
    MissingChoices { similar: String } => "sheet.missing-choices",
        "Вопрос берёт варианты из списка, но листа «choices» нет.{similar}",
        "The question takes choices from a list, but there is no sheet `choices`.{similar}";
    MissingExternalChoices => "sheet.missing-external-choices",
        "Для вопроса select_one_external нужен лист «external_choices» со столбцами «list_name» и «name».",
        "A select_one_external question needs a sheet `external_choices` with columns `list_name` and `name`.";
    TooManyRows { limit: usize } => "sheet.too-many-rows",
        "На листе больше {limit} строк, остальные не прочитаны.", "The sheet has more than {limit} rows; the rest was not read.";
    TooManyColumns { limit: usize } => "sheet.too-many-columns",
        "На листе больше {limit} столбцов, остальные не прочитаны.",
        "The sheet has more than {limit} columns; the rest was not read.";
    RepeatedHeader { header: String } => "header.repeated",
        "Столбец «{header}» записан дважды. Оставьте один.", "The column `{header}` is there twice. Keep one.";
    HeaderAliases { header: String, other: String } => "header.aliases",
        "Столбцы «{other}» и «{header}» значат одно и то же. Оставьте один.",
        "The columns `{other}` and `{header}` mean the same. Keep one.";
    MissingHeader { header: &'static str } => "header.missing",
        "Нет обязательного столбца «{header}». Добавьте его в первую строку листа.",
        "The required column `{header}` is missing. Add it to the first row of the sheet.";
    BadChoiceHeader { header: String } => "header.blank-inside",
        "В названии столбца «{header}» есть пробел, столбец пропущен.",
        "The header `{header}` contains a blank; the column is left out.";
    UnknownEntityColumns { columns: String } => "entity.unknown-column",
        "На листе «entities» есть неизвестные столбцы: {columns}. Уберите их или исправьте названия.",
        "The sheet `entities` has unknown columns: {columns}. Remove or rename them.";
    BadRootName { name: String } => "settings.bad-name",
        "Имя «{name}» не годится: оно начинается с буквы или «_» и состоит из букв, цифр, «_», «-» и точек.",
        "The name `{name}` cannot be used: names begin with a letter or `_` and hold letters, digits, `_`, `-` and periods.";
    EncryptionNeedsInstanceId => "settings.encryption-needs-instance-id",
        "Нельзя убрать instanceID: он нужен для шифрования.", "instanceID cannot be left out: encryption needs it.";
    NoType => "type.missing", "У вопроса не указан тип.", "The question has no type.";
    UnknownType { word: String } => "type.unknown",
        "Тип «{word}» неизвестен.", "The type `{word}` is not known.";
    NoName => "name.missing", "У вопроса или группы нет имени.", "The question or group has no name.";
    BadName { name: String } => "name.invalid",
        "Имя «{name}» не годится: оно начинается с буквы или «_» и состоит из букв, цифр, «_», «-» и точек.",
        "The name `{name}` cannot be used: names begin with a letter or `_` and hold letters, digits, `_`, `-` and periods.";
    ReservedName { name: String } => "name.reserved",
        "Имя «{name}» занято служебными данными формы. Выберите другое.",
        "The name `{name}` is reserved for form metadata. Choose another one.";
    DuplicateName { name: String } => "name.duplicate",
        "Имя «{name}» в этой группе уже есть. Имена внутри группы не должны повторяться.",
        "The name `{name}` is already used in this group. Names must be unique within a group.";
    SimilarName { name: String } => "name.similar",
        "Имя «{name}» отличается от другого только регистром букв, это мешает при обработке данных.",
        "The name `{name}` differs from another only by letter case, which makes analysis difficult.";
    RepeatNamedAsRoot { name: String } => "repeat.named-as-root",
        "Повтор нельзя назвать «{name}»: так называется вся форма.",
        "A repeat cannot be named `{name}`: that is the name of the whole form.";
    DuplicateRepeat { name: String } => "repeat.duplicate",
        "Повтор «{name}» уже есть. Имена повторов не должны повторяться во всей форме.",
        "There is another repeat `{name}`. Names of repeats must be unique in the whole form.";
    NoRepeatLabel { name: String } => "repeat.no-label",
        "У повтора «{name}» нет подписи.", "The repeat `{name}` has no label.";
    NoLabel { name: String } => "label.missing",
        "У вопроса «{name}» нет ни текста, ни подсказки.", "The question `{name}` has neither label nor hint.";
    NoImage { name: String } => "media.big-image-without-image",
        "У «{name}» есть big-image, но нет image.", "`{name}` has a big-image but no image.";
    NoCalculation => "calculation.missing",
        "У вычисления нет формулы в столбце «calculation».", "The calculation has no formula in the column `calculation`.";
    RowSkipped => "row.skipped",
        "Строка без типа, имени и текста пропущена.", "A row without type, name and label is skipped.";
    DisabledColumn => "column.disabled",
        "Столбец «disabled» не входит в стандарт, лучше использовать «relevant».",
        "The column `disabled` is not in the standard; use `relevant` instead.";
    DeprecatedType { word: String } => "type.deprecated",
        "Тип «{word}» почти нигде больше не работает.", "The type `{word}` no longer works on most devices.";
    UnmatchedEnd { control: &'static str, name: String } => "group.unmatched-end",
        "Лишний «end_{control}»: ему не соответствует «begin_{control}» (имя: {name}).",
        "Unmatched `end_{control}`: there is no `begin_{control}` for it (name: {name}).";
    Unclosed { control: &'static str, name: String } => "group.unclosed",
        "«begin_{control}» с именем «{name}» не закрыт строкой «end_{control}».",
        "`begin_{control}` named `{name}` is not closed by `end_{control}`.";
    TooDeep { limit: usize } => "group.too-deep",
        "Группы вложены глубже {limit} уровней, эта пропущена.", "Groups are nested deeper than {limit} levels; this one is left out.";
    UnreadColumn { header: String, guess_ru: String, guess_en: String } => "column.unread",
        "Столбец «{header}» никто не читает.{guess_ru}", "Nobody reads the column `{header}`.{guess_en}";
    ErrorCell { word: String } => "cell.error",
        "В ячейке ошибка «{word}» вместо значения. Исправьте формулу или впишите текст.",
        "The cell holds the error `{word}` instead of a value. Mend the formula or enter the text.";
    NoStoredValue => "cell.no-value",
        "В ячейке формула без сохранённого значения. Откройте файл в редакторе таблиц, сохраните его и загрузите снова.",
        "The cell holds a formula without a stored value. Open the file in a spreadsheet program, save it and bring it again.";
    LoopWithoutList => "loop.without-list",
        "У цикла не указан список вариантов.", "The loop names no choice list.";
    UnknownList { list: String } => "list.unknown",
        "Списка «{list}» нет на листе с вариантами.", "The list `{list}` is not on the sheet of choices.";
    BadFileExtension { file: String } => "list.bad-file-extension",
        "Имя файла «{file}» должно кончаться на .csv, .xml или .geojson.",
        "The file name `{file}` must end with .csv, .xml or .geojson.";
    ExternalWithoutFilter => "select.external-without-filter",
        "select_one_external имеет смысл только с choice_filter.", "select_one_external is only meant for filtered selects.";
    BlankInChoiceName { name: String, list: String } => "choice.blank-in-name",
        "Имя варианта «{name}» в списке «{list}» содержит пробел: при выборе нескольких его не отличить от двух.",
        "The choice name `{name}` of the list `{list}` contains a blank, so a multiple choice cannot tell it from two.";
    OrOtherWithFilter => "select.or-other-with-filter",
        "«or_other» нельзя сочетать с choice_filter.", "`or_other` cannot be combined with choice_filter.";
    OrOtherWithoutList => "select.or-other-without-list",
        "Для «or_other» нужен список вариантов на листе «choices».", "`or_other` needs a list on the sheet `choices`.";
    NoChoiceName => "choice.no-name", "У варианта нет имени.", "The choice has no name.";
    NoChoiceLabel => "choice.no-label", "У варианта нет подписи.", "The choice has no label.";
    DuplicateChoice { name: String, list: String } => "choice.duplicate-name",
        "Вариант «{name}» встречается в списке «{list}» дважды.", "The choice `{name}` is twice in the list `{list}`.";
    TableListFilter => "table-list.filter",
        "В таблице (table-list) нельзя использовать choice_filter.", "Choice filter is not supported in a table-list.";
    TableListMismatch { first: String, second: String } => "table-list.lists-differ",
        "В таблице (table-list) у всех вопросов должен быть один список: «{first}» и «{second}» различаются.",
        "All questions of a table-list need the same list: `{first}` and `{second}` differ.";
    SearchWithFile { name: String } => "select.search-with-file",
        "Вопрос «{name}» берёт варианты из файла, search() с ним не сочетается.",
        "The question `{name}` takes choices from a file, which cannot be combined with search().";
    SearchSharesList { name: String, list: String } => "select.search-shares-list",
        "Список «{list}» вопроса «{name}» с search() используют и вопросы без search().",
        "The list `{list}` of the question `{name}` with search() is also used by questions without search().";
    MalformedReference => "reference.malformed",
        "Ссылка на вопрос пишется так: ${{имя}}.", "A reference to a question is written ${{name}}.";
    ReferenceListNeedsCommas => "reference.needs-commas",
        "Между ссылками на вопросы нужна запятая.", "References to questions are divided by commas.";
    UnknownReference { name: String } => "reference.unknown",
        "Вопроса «{name}» на листе «survey» нет.", "There is no question `{name}` on the sheet `survey`.";
    AmbiguousReference { name: String } => "reference.ambiguous",
        "Вопросов с именем «{name}» несколько, ссылка на него неоднозначна.",
        "There are several questions named `{name}`, so a reference to it is ambiguous.";
    HiddenTrigger { name: String, target: String } => "trigger.not-visible",
        "Вопрос «{name}» не виден человеку и не может запускать расчёт «{target}».",
        "The question `{name}` is not visible, so it cannot trigger the calculation of `{target}`.";
    NoTrigger => "trigger.missing",
        "Для «background-geopoint» нужен столбец «trigger».", "`background-geopoint` needs the column `trigger`.";
    TriggeredGeopointCalculation => "trigger.calculation",
        "У «background-geopoint» не может быть calculation.", "`background-geopoint` must not have a calculation.";
    BadParameters => "parameters.unreadable",
        "Параметры пишутся так: ключ=значение ключ=значение.", "Parameters are written key=value key=value.";
    UnknownParameters { accepted: String, rejected: String } => "parameters.unknown",
        "Для этого типа годятся параметры: {accepted}. Не годятся: {rejected}.",
        "Accepted parameters of this type: {accepted}. Not accepted: {rejected}.";
    BadParameter { name: String, expected: &'static str } => "parameters.bad-value",
        "Неверное значение параметра «{name}», ожидается: {expected}.",
        "The parameter `{name}` has a wrong value; expected: {expected}.";
    MissingParameter { name: &'static str } => "parameters.missing",
        "Не хватает параметра «{name}».", "The parameter `{name}` is missing.";
    AuditName => "audit.name", "Вопрос audit всегда называется «audit».", "An audit is always named `audit`.";
    RangeAppearance => "range.appearance",
        "Параметры tick_interval, placeholder и tick_labelset не сочетаются с этим appearance.",
        "tick_interval, placeholder and tick_labelset cannot be combined with this appearance.";
    RangeParameter { name: &'static str, problem_ru: &'static str, problem_en: &'static str } => "range.parameter",
        "Параметр «{name}» {problem_ru}.", "The parameter `{name}` {problem_en}.";
    ReferenceGeometry => "geo.reference-geometry",
        "reference-geometry должен называть список вариантов, файл, список сущностей или ${{повтор}}.",
        "reference-geometry must name a choice list, a file, an entity list or ${{repeat}}.";
    InstanceClash { name: String } => "instance.clash",
        "Под именем «{name}» подключены разные файлы данных.", "Different data files are attached under the name `{name}`.";
    InstanceDuplicate { name: String } => "instance.duplicate",
        "Файл данных «{name}» подключён несколько раз.", "The data file `{name}` is attached several times.";
    Entity { problem_ru: String, problem_en: String } => "entity.invalid", "{problem_ru}", "{problem_en}";
    BadNumber { column: &'static str, value: String } => "extra.bad-number",
        "В столбце «{column}» ожидается число, а записано «{value}».", "The column `{column}` expects a number, not `{value}`.";
    BadWord { column: &'static str, value: String, expected: String } => "extra.bad-word",
        "В столбце «{column}» ожидается одно из: {expected}; записано «{value}».",
        "The column `{column}` expects one of: {expected}; not `{value}`.";
    UnknownCompanion { name: String } => "extra.unknown-companion",
        "Столбец «companion» называет вопрос «{name}», которого рядом нет.",
        "The column `companion` names the question `{name}`, which is not beside it.";
    OrOtherTranslations => "select.or-other-untranslated",
        "Вариант «other» и его вопрос создаются без перевода.", "The choice `other` and its question are made without translation.";
}

/// What to do with a word that nobody knows: the nearest known one, if it is near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A mistyped word of a form is short; long ones are not compared, because the cost grows with the square.
    if word.chars().count() > 64 {
        return None;
    }
    let limit = (word.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .take(5_000)
        .filter(|other| other.chars().count().abs_diff(word.chars().count()) <= limit)
        .map(|other| (distance(word, other), other))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// Number of insertions, deletions and substitutions between two words.
///
/// # Source
/// V. I. Levenshtein, 1965; the two-row form of R. A. Wagner and M. J. Fischer, 1974.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut current = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let substitution = previous[j] + usize::from(from != *to);
            current.push(substitution.min(previous[j + 1] + 1).min(current[j] + 1));
        }
        previous = current;
    }
    previous[b.len()]
}
