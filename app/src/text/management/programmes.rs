//! Texts of programmes and their roadmaps.

use api::management::programme::{
    Conclusion, LineExecutorKind, LineField, LineState, Outcome, PeriodState, ProgrammeState,
};

use crate::text::Language;

texts! {
    title: "Программы" / "Programmes";
    lead: "Дорожные карты района: каждая строка — это срок, исполнитель и документ, по которому видно, что сделано."
        / "The district's roadmaps: each line is a term, an executor, and a paper that shows what was done.";
    empty_title: "Программ пока нет" / "No programmes yet";
    empty_text: "Загрузите дорожную карту из Word или Excel: программа прочитает строки, сроки и исполнителей и покажет, что понято."
        / "Bring a roadmap from Word or Excel: lines, terms and executors are read, and you see what was understood.";
    empty_reader: "Здесь появятся программы, которые утвердит район." / "Programmes that the district approves appear here.";
    bring: "Загрузить дорожную карту" / "Bring a roadmap";
    years: "Годы" / "Years";
    lines: "Строк" / "Lines";
    state: "Состояние" / "State";
    state_draft: "черновик" / "draft";
    state_active: "действует" / "in force";
    order(number, date): "приказ № {number} от {date}" / "order No. {number} of {date}";
    overdue_count(count): "просрочено {count}" / "{count} overdue";
    undated_count(count): "без даты {count}" / "{count} without a day";
    questions_count(count): "вопросов {count}" / "{count} to settle";
    in_time: "в срок" / "in time";

    new_title: "Дорожная карта из файла" / "A roadmap from a file";
    new_lead: "Подойдёт таблица, как она есть в приказе: столбцы «№», «Мероприятие», «Срок», «Исполнитель», «Ожидаемый результат». Сначала получится черновик: вы увидите, что понято, и поправите."
        / "The table of the order will do as it is: columns «№», «Мероприятие», «Срок», «Исполнитель», «Ожидаемый результат». It becomes a draft first: you see what was understood and put it right.";
    new_years: "Годы программы" / "Years of the programme";
    new_years_hint: "Если оставить пустыми, годы возьмём из названия и сроков документа." / "Left blank, they are taken from the title and the terms of the document.";
    first_year: "Первый год" / "First year";
    last_year: "Последний год" / "Last year";
    years_wrong: "Годы пишутся четырьмя цифрами, первый не позже последнего: 2026 и 2028." / "Years have four digits, the first is no later than the last: 2026 and 2028.";
    drop: "Перетащите сюда файл" / "Drop a file here";
    or: "или" / "or";
    choose: "Выбрать файл" / "Choose a file";
    kinds: "DOCX, ODT, XLSX, XLS, ODS или CSV, до 8 МБ" / "DOCX, ODT, XLSX, XLS, ODS or CSV, up to 8 MB";
    reading: "Читаем файл…" / "Reading the file…";

    to_all: "Все программы" / "All programmes";
    roadmap: "Дорожная карта" / "Roadmap";
    source(name): "из файла «{name}»" / "from the file “{name}”";
    download: "Выгрузить в Excel" / "Save as Excel";
    notes: "О файле" / "About the file";
    show_as: "Как показать" / "Show as";
    view_scale: "Шкала" / "Timeline";
    view_list: "Список" / "List";
    view_board: "Доска" / "Board";
    filters: "Какие строки показать" / "Which lines to show";
    filter_all: "Все" / "All";
    filter_overdue: "Просрочено" / "Overdue";
    filter_month: "До конца месяца" / "By the end of the month";
    filter_undated: "Нужна дата" / "Needs a day";
    filter_paper: "Без документа" / "Without a paper";
    filter_questions: "Вопросы" / "To settle";
    all_executors: "Все исполнители" / "All executors";
    executor: "Исполнитель" / "Executor";
    school_year: "Учебный год" / "School year";
    none_shown: "Таких строк нет." / "There are no such lines.";
    number: "№" / "No.";
    measure: "Мероприятие" / "What is done";
    executors: "Исполнители" / "Executors";
    without_heading: "Без раздела" / "Without a block";
    line_count(count): "{count} строка" | "{count} строки" | "{count} строк" / "{count} line" | "{count} lines";
    done_of(done, all): "готово {done} из {all}" / "{done} of {all} done";
    all_schools(done, all): "школы: {done} из {all}" / "schools: {done} of {all}";
    today_mark(date): "сегодня, {date}" / "today, {date}";
    asks_day: "когда?" / "when?";
    events_count(count): "обращений: {count}" / "requests: {count}";

    needs_date: "нужна дата" / "needs a day";
    running: "идёт" / "runs";
    running_until(date): "до {date}" / "until {date}";
    ahead: "впереди" / "ahead";
    ahead_on(date): "к {date}" / "by {date}";
    on_request: "по запросу" / "on request";
    done: "готово" / "done";
    overdue: "просрочено" / "overdue";
    overdue_since(date): "просрочено с {date}" / "overdue since {date}";
    not_held: "не проводилось" / "not held";
    before: "до утверждения" / "before approval";

    written: "Написано в документе" / "Written in the document";
    understood: "Понято так" / "Understood as";
    term: "Срок" / "Term";
    result: "Ожидаемый результат" / "Expected result";
    papers: "Документы" / "Papers";
    correct: "Поправить" / "Correct";
    periods: "Сроки этого учебного года" / "Terms of this school year";
    no_periods: "В этом учебном году сроков нет." / "No terms in this school year.";
    report_open: "Отчитаться" / "Report";
    report_again: "Изменить отметку" / "Change the report";
    report_title: "Что с этим сроком" / "What about this term";
    report_for: "От кого" / "On behalf of";
    report_office: "управление" / "the office";
    report_done: "Сделано" / "Done";
    report_not_held: "Не проводилось" / "Not held";
    report_withdraw: "Отозвать отметку" / "Take the report back";
    report_words: "Что сделано" / "What was done";
    report_words_hint: "Коротко; имён детей и учителей не пишите. Если не проводилось или отзываете отметку, напишите причину."
        / "In short; no names of children or teachers. Where it was not held, or the report is taken back, write the reason.";
    report_paper: "Документ из реестра" / "Paper of the register";
    report_no_paper: "без документа" / "no paper";
    report_send: "Отчитаться" / "Report";
    report_sent: "Отметка сохранена" / "The report is kept";
    report_day: "День" / "Day";
    add_event: "Добавить обращение" / "Add a request";
    papers_missing: "нет документа" / "no paper";
    give_day: "Назначить дату" / "Give a day";
    give_day_title: "Когда это будет" / "When it will be";
    day_from: "С" / "From";
    day_to: "По" / "To";
    day_hint: "Один день — поставьте одну и ту же дату." / "For one day put the same date twice.";
    day_given: "Дата назначена" / "The day is given";
    day_cancel: "Отменить дату" / "Take the day back";
    cancel: "Отмена" / "Cancel";

    edit_title: "Строка дорожной карты" / "Line of the roadmap";
    edit_heading: "Раздел" / "Block";
    edit_term_hint: "Словами: «декабрь ежегодно», «1 раз в четверть», «до 1 марта 2027 года», «по отдельному графику»."
        / "In Russian words: «декабрь ежегодно», «1 раз в четверть», «до 1 марта 2027 года», «по отдельному графику».";
    edit_executors_hint: "Через точку с запятой. «Все школы» или «руководители ОУ» — строка появится у каждой школы."
        / "Parted by semicolons. «Все школы» or «руководители ОУ»: each school gets the line.";
    edit_reason: "Основание изменения" / "Ground of the change";
    edit_reason_hint: "Приказ, протокол или данные, из-за которых строка меняется. Прежние слова останутся в истории."
        / "An order, minutes, or the data because of which the line changes. The former words stay in the history.";
    edit_save: "Сохранить строку" / "Save the line";
    edit_saved: "Строка сохранена" / "The line is saved";
    add_line: "Добавить строку" / "Add a line";
    remove_line: "Исключить строку" / "Take the line out";
    remove_ask: "Строка уйдёт из дорожной карты; отчёты по ней останутся в базе." / "The line leaves the roadmap; its reports stay in the database.";
    removed: "Строка исключена" / "The line is taken out";

    history: "Ход исполнения и изменения" / "Course and changes";
    history_empty: "Пока ничего не было." / "Nothing yet.";
    history_change: "Строка изменена" / "The line was changed";
    history_ground(reason): "Основание: {reason}" / "Ground: {reason}";
    was(before): "было: {before}" / "was: {before}";
    blank: "пусто" / "blank";

    draft_title: "Черновик" / "Draft";
    draft_lead(count): "Прочитано строк: {count}. Проверьте сроки и исполнителей и утвердите программу приказом: тогда строки станут делами."
        / "Lines read: {count}. Look at terms and executors and approve the programme by an order: then the lines become tasks.";
    draft_questions(count): "Вопросов: {count}. Их можно решить сейчас или после утверждения." / "To settle: {count}. Now, or after the approval.";
    passport: "Название и годы" / "Title and years";
    passport_title: "Название" / "Title";
    first_day: "Первый день" / "First day";
    last_day: "Последний день" / "Last day";
    passport_save: "Сохранить" / "Save";
    passport_saved: "Сохранено" / "Saved";
    approve: "Утвердить" / "Approve";
    approve_title: "Утвердить программу" / "Approve the programme";
    approve_lead: "С этого дня строки становятся делами исполнителей. Сроки, которые прошли раньше, просроченными не считаются."
        / "From this day the lines are owed. Terms that ended before do not count as overdue.";
    order_number: "Номер приказа" / "Number of the order";
    order_day: "Дата приказа" / "Day of the order";
    approved_toast: "Программа утверждена" / "The programme is approved";
    only_head: "Утверждает руководитель управления." / "The head of the office approves.";
    drop_draft: "Удалить черновик" / "Delete the draft";
    drop_ask: "Черновик и всё, что в нём исправлено, будет удалено. Файл можно загрузить снова." / "The draft and whatever was corrected in it go. The file can be brought again.";
    dropped: "Черновик удалён" / "The draft is deleted";

    effect: "Эффективность разделов" / "Effect of the blocks";
    effect_lead: "Чем закончился раздел: что было, что стало, какой вывод. Если данных мало, так и пишите."
        / "How a block ended: what it was before, what it is after, the conclusion. If the data do not tell, say so.";
    effect_none: "Выводов пока нет." / "No conclusions yet.";
    effect_add: "Написать вывод" / "Write a conclusion";
    effect_before: "Что было" / "Before";
    effect_after: "Что стало" / "After";
    effect_conclusion: "Вывод" / "Conclusion";
    effect_what_next: "Что следует" / "What follows";
    effect_hint: "Показатель и его значение, например «ПО-03: 41 %»." / "An indicator and its value, for example “PO-03: 41 %”.";
    effect_saved: "Вывод сохранён" / "The conclusion is kept";
    effective: "эффективно" / "effective";
    partly: "частично" / "partly";
    ineffective: "неэффективно" / "not effective";
    cannot_tell: "по данным не понять" / "the data do not tell";

    task_overdue: "Срок строки прошёл: отчитайтесь или напишите, что не проводилось" / "The term of a line is past: report it, or write that it was not held";
    task_due: "Отчитаться по строке дорожной карты" / "Report on a line of a roadmap";
    task_undated: "Назначить дату строке дорожной карты" / "Give a line of a roadmap a day";
    tasks_overdue(count): "Просрочена {count} строка дорожной карты: отчитайтесь или напишите, что не проводилось" | "Просрочены {count} строки дорожной карты: отчитайтесь или напишите, что не проводилось" | "Просрочено {count} строк дорожной карты: отчитайтесь или напишите, что не проводилось"
        / "{count} line of a roadmap is overdue: report it, or write that it was not held" | "{count} lines of a roadmap are overdue: report them, or write that they were not held";
    tasks_due(count): "{count} строка дорожной карты ждёт отчёта в этом месяце" | "{count} строки дорожной карты ждут отчёта в этом месяце" | "{count} строк дорожной карты ждут отчёта в этом месяце"
        / "{count} line of a roadmap waits for a report this month" | "{count} lines of a roadmap wait for a report this month";
    tasks_undated(count): "{count} строке дорожной карты нужна дата" | "{count} строкам дорожной карты нужна дата" | "{count} строкам дорожной карты нужна дата"
        / "{count} line of a roadmap needs a day" | "{count} lines of a roadmap need a day";
    task_line(number, measure): "{number} {measure}" / "{number} {measure}";

    month_short_1: "янв" / "Jan";
    month_short_2: "фев" / "Feb";
    month_short_3: "мар" / "Mar";
    month_short_4: "апр" / "Apr";
    month_short_5: "май" / "May";
    month_short_6: "июн" / "Jun";
    month_short_7: "июл" / "Jul";
    month_short_8: "авг" / "Aug";
    month_short_9: "сен" / "Sep";
    month_short_10: "окт" / "Oct";
    month_short_11: "ноя" / "Nov";
    month_short_12: "дек" / "Dec";
    legend: "Обозначения" / "Key";
    legend_day: "день" / "day";
    legend_period: "период" / "period";
    legend_ahead: "впереди" / "ahead";
    legend_done: "готово" / "done";
    legend_overdue: "просрочено" / "overdue";
    legend_asks: "нужна дата" / "needs a day";
    field_number: "номер" / "number";
    field_measure: "мероприятие" / "what is done";
    field_term: "срок" / "term";
    field_executors: "исполнители" / "executors";
    field_results: "результат" / "result";
}

/// Where a programme stands.
pub fn programme_state(language: Language, state: ProgrammeState) -> &'static str {
    match state {
        ProgrammeState::Draft => state_draft(language),
        ProgrammeState::Active => state_active(language),
    }
}

/// Where a line stands, without its day.
pub fn line_state(language: Language, state: LineState) -> &'static str {
    match state {
        LineState::Overdue => overdue(language),
        LineState::NeedsDate => needs_date(language),
        LineState::Running => running(language),
        LineState::Ahead => ahead(language),
        LineState::OnRequest => on_request(language),
        LineState::Done => done(language),
    }
}

/// Where a period stands.
pub fn period_state(language: Language, state: PeriodState) -> &'static str {
    match state {
        PeriodState::Overdue => overdue(language),
        PeriodState::Running => running(language),
        PeriodState::Ahead => ahead(language),
        PeriodState::Done => done(language),
        PeriodState::NotHeld => not_held(language),
        PeriodState::Before => before(language),
    }
}

/// What was reported.
pub fn outcome(language: Language, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => report_done(language),
        Outcome::NotHeld => report_not_held(language),
        Outcome::Withdrawn => report_withdraw(language),
    }
}

/// A conclusion.
pub fn conclusion(language: Language, conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Effective => effective(language),
        Conclusion::Partly => partly(language),
        Conclusion::Ineffective => ineffective(language),
        Conclusion::CannotTell => cannot_tell(language),
    }
}

/// A field of a line.
pub fn field(language: Language, field: LineField) -> &'static str {
    match field {
        LineField::Number => field_number(language),
        LineField::Measure => field_measure(language),
        LineField::Term => field_term(language),
        LineField::Executors => field_executors(language),
        LineField::Results => field_results(language),
    }
}

/// What an executor is, where that is worth saying.
pub fn executor_kind(language: Language, kind: LineExecutorKind) -> Option<&'static str> {
    match (kind, language) {
        (LineExecutorKind::Schools, Language::Ru) => Some("каждая школа"),
        (LineExecutorKind::Schools, Language::En) => Some("each school"),
        (LineExecutorKind::Person, Language::Ru) => Some("по имени"),
        (LineExecutorKind::Person, Language::En) => Some("by name"),
        _ => None,
    }
}

/// The name of a month, short.
pub fn month(language: Language, month: u8) -> &'static str {
    const MONTHS: [fn(Language) -> &'static str; 12] = [
        month_short_1,
        month_short_2,
        month_short_3,
        month_short_4,
        month_short_5,
        month_short_6,
        month_short_7,
        month_short_8,
        month_short_9,
        month_short_10,
        month_short_11,
        month_short_12,
    ];
    MONTHS[usize::from(month.clamp(1, 12)) - 1](language)
}
