//! Texts of the import of results.

use crate::text::Language;

texts! {
    title: "Результаты" / "Results";
    lead: "Файлы результатов: что загружено, кем, что с ними стало. Любую загрузку можно отменить целиком."
        / "Files of results: what was brought, by whom, what became of it. Any import can be undone whole.";
    new: "Загрузить файл" / "Bring a file";
    new_title: "Загрузка результатов" / "Import of results";
    to_list: "К загрузкам" / "To the imports";
    empty_title: "Здесь появятся загрузки" / "Imports will appear here";
    empty_text: "Подойдёт файл «Ф1» в том виде, в каком его отдаёт федеральная система, или CSV. Перед записью всё можно посмотреть и проверить."
        / "A “Ф1” workbook as the federal system exports it will do, or CSV. Everything can be seen and checked before it is stored.";
    file: "Файл" / "File";
    state: "Состояние" / "State";
    works: "Работы" / "Works";
    rows: "Строк" / "Rows";
    problems: "Замечаний" / "Problems";
    brought: "Кто и когда" / "Who and when";
    actions: "Действия" / "Actions";
    state_checked: "ждёт подтверждения" / "awaits confirmation";
    state_confirmed: "загружено" / "stored";
    state_undone: "отменено" / "undone";
    open: "Посмотреть" / "Look";
    undo: "Отменить загрузку" / "Undo the import";
    undo_title: "Отменить загрузку целиком?" / "Undo the whole import?";
    undo_text(file, rows): "Результаты из файла «{file}» ({rows}) исчезнут, карта пересчитается. Запись о загрузке и её отмене останется в журнале."
        / "The results of “{file}” ({rows}) will go and the map will be computed anew. The record of the import and its undoing stays in the log.";
    undo_drop_text(file): "Файл «{file}» прочитан, но ещё не записан. После отмены его можно загрузить снова."
        / "“{file}” was read but not stored. After this it can be brought again.";
    undo_keep: "Оставить" / "Keep it";
    undone_toast(file): "Загрузка отменена: {file}" / "Import undone: {file}";

    steps: "Шаги загрузки" / "Steps of the import";
    step_file: "Файл" / "File";
    step_structure: "Что распознано" / "What was recognised";
    step_problems: "Замечания" / "Problems";
    step_confirm: "Подтверждение" / "Confirmation";
    step_of(number, all): "Шаг {number} из {all}" / "Step {number} of {all}";

    drop_one_title: "Перетащите файл сюда" / "Drop the file here";
    drop_one_or: "или выберите на компьютере" / "or choose it on this computer";
    drop_one_choose: "Выбрать файл" / "Choose the file";
    drop_title: "Перетащите файлы сюда" / "Drop files here";
    drop_or: "или выберите на компьютере: можно сразу все" / "or choose them on this computer: all at once will do";
    drop_choose: "Выбрать файлы" / "Choose files";
    drop_kinds(size): "Книга Excel (.xlsx) с листом «Ф1» или CSV, до {size}" / "Excel workbook (.xlsx) with a “Ф1” sheet, or CSV, up to {size}";
    drop_privacy: "Фамилий в файле быть не должно: ученики — это коды. Столбец с именами загрузка не примет."
        / "No names of pupils in the file: pupils are codes. A column of names is refused.";
    sending(file, size): "Читаем «{file}», {size}. Результаты пока не записываются." / "Reading “{file}”, {size}. Nothing is stored yet.";
    too_large(size, limit): "Файл {size}, а принимаются до {limit}. Разделите его по предметам или классам."
        / "The file is {size}, up to {limit} is accepted. Split it by subject or grade.";
    empty_file: "Файл пустой. Проверьте, что выгрузка закончилась, и выберите его снова."
        / "The file is empty. Check that the export has finished and choose it again.";
    wrong_kind(name): "«{name}» — не книга Excel (.xlsx) и не CSV. Откройте файл в таблицах и сохраните как .xlsx."
        / "“{name}” is neither an Excel workbook (.xlsx) nor CSV. Open it in a spreadsheet and save it as .xlsx.";
    several_files: "Здесь нужен тот же файл, один." / "The same file is wanted here, only one.";
    too_many_files(count, limit): "Файлов {count}, а за один раз принимаются до {limit}. Остальные загрузите следом."
        / "{count} files; up to {limit} are taken at once. Bring the others after these.";
    queue_title: "Читаем файлы" / "Reading the files";
    queue_done(read, all): "Прочитано файлов: {read} из {all}" / "Files read: {read} of {all}";
    queue_waits: "ждёт очереди" / "waits for its turn";
    queue_sending: "читаем" / "being read";
    queue_read: "прочитан" / "read";
    queue_failed: "не прочитан" / "not read";
    queue_to_list: "К прочитанным файлам" / "To the files that were read";

    waiting_title(count): "{count} файл прочитан и ждёт решения" | "{count} файла прочитаны и ждут решения" | "{count} файлов прочитаны и ждут решения"
        / "{count} file was read and awaits a decision" | "{count} files were read and await a decision";
    waiting_ready(count): "{count} файл без замечаний, все школы есть в реестре." | "{count} файла без замечаний, все школы есть в реестре." | "{count} файлов без замечаний, все школы есть в реестре."
        / "{count} file has no problems, all its schools are in the register." | "{count} files have no problems, all their schools are in the register.";
    waiting_none: "Без замечаний нет ни одного: откройте каждый и решите." / "None is without problems: open each and decide.";
    waiting_store(count): "Загрузить {count} файл без замечаний" | "Загрузить {count} файла без замечаний" | "Загрузить {count} файлов без замечаний"
        / "Store {count} file without problems" | "Store {count} files without problems";
    waiting_look: "Посмотреть надо:" / "To be looked at:";
    waiting_errors(count): "{count} ошибка" | "{count} ошибки" | "{count} ошибок" / "{count} error" | "{count} errors";
    waiting_problems(count): "{count} замечание" | "{count} замечания" | "{count} замечаний" / "{count} problem" | "{count} problems";
    waiting_stored: "такие результаты уже загружены" / "such results are stored already";
    waiting_same: "такой файл уже загружен" / "this file was brought already";
    waiting_progress(done, all): "Записываем: {done} из {all}" / "Storing: {done} of {all}";
    waiting_done(count): "Загружен {count} файл" | "Загружено {count} файла" | "Загружено {count} файлов"
        / "{count} file stored" | "{count} files stored";
    add_schools(count): "Внести {count} школу в реестр" | "Внести {count} школы в реестр" | "Внести {count} школ в реестр"
        / "Enter {count} school in the register" | "Enter {count} schools in the register";
    add_schools_hint: "Под кодом и названием из файла; остальное можно дописать на страницах школ. Если школа есть в реестре под другим кодом, исправьте код в файле, иначе она окажется в нём дважды."
        / "With the code and the name of the file; the rest can be added on the schools' pages. If a school stands in the register under another code, mend the code in the file, or it will be there twice.";

    same_as: "Файл с таким же содержанием уже загружен. Повторная загрузка ничего не добавит."
        / "A file with the same content was brought already. Bringing it again adds nothing.";
    same_as_open: "Открыть прежнюю загрузку" / "Open the earlier import";
    format_f1(sheet, row): "Форма «Ф1», лист «{sheet}», заголовок в строке {row}" / "“Ф1” form, sheet “{sheet}”, header in row {row}";
    format_csv(row): "CSV, заголовок в строке {row}" / "CSV, header in row {row}";
    unrecognised: "Структуру распознать не удалось. Посмотрите замечания: в них сказано, чего не хватает."
        / "The structure was not recognised. The problems say what is missing.";
    works_found: "Работы в файле" / "Works in the file";
    work(subject, year): "{subject}, {year}" / "{subject}, {year}";
    items(count): "{count} задание" | "{count} задания" | "{count} заданий" / "{count} item" | "{count} items";
    work_detail(items, max, rows): "{items}, наибольший балл {max}, {rows}" / "{items}, maximum {max}, {rows}";
    declared(declared, rows): "В файле заявлено участников: {declared}; прочитано строк: {rows}." / "The file declares {declared} participants; {rows} rows were read.";
    schools_found: "Школы" / "Schools";
    schools_unknown(count): "{count} школы нет в реестре" | "{count} школ нет в реестре" | "{count} школ нет в реестре"
        / "{count} school is not in the register" | "{count} schools are not in the register";
    schools_known: "Все школы есть в реестре." / "All schools are in the register.";
    columns_found: "Столбцы" / "Columns";
    column: "Столбец" / "Column";
    meaning: "Понят как" / "Taken for";
    preview: "Как это будет записано" / "As it will be stored";
    preview_note: "Первые строки. Пустая ячейка — балла нет, а не ноль." / "First rows. A blank cell is a missing score, not zero.";
    item_columns(count): "{count} столбец с заданиями" | "{count} столбца с заданиями" | "{count} столбцов с заданиями"
        / "{count} item column" | "{count} item columns";

    problems_none: "Замечаний нет." / "No problems.";
    problems_lead(count): "{count} замечание в файле." | "{count} замечания в файле." | "{count} замечаний в файле."
        / "{count} problem in the file." | "{count} problems in the file.";
    problems_cut(shown): "Показаны первые {shown}: исправьте их и загрузите файл снова." / "The first {shown} are shown: mend them and bring the file again.";
    filter_all: "Все" / "All";
    filter_error: "Мешают загрузить" / "Stop the import";
    filter_skipped: "Строка пропускается" / "Row left out";
    filter_warning: "Стоит проверить" / "Worth a look";
    row: "Строка" / "Row";
    what: "Что не так" / "What is wrong";
    hint: "Как исправить" / "How to mend it";
    severity_error: "мешает" / "stops";
    severity_skipped: "пропуск" / "skipped";
    severity_warning: "проверить" / "look";
    download_problems: "Скачать замечания" / "Download the problems";
    problems_file: "замечания.csv" / "problems.csv";

    confirm_lead: "После подтверждения результаты сразу попадут в расчёт. Отменить загрузку можно в любой момент."
        / "After confirmation the results enter the computation at once. The import can be undone at any time.";
    count_rows: "Строк будет записано" / "Rows to be stored";
    count_works: "Работ" / "Works";
    count_schools: "Школ" / "Schools";
    count_skipped: "Строк пропущено" / "Rows left out";
    blocked(count): "{count} ошибка мешает загрузить файл: исправьте её в файле и загрузите снова."
        | "{count} ошибки мешают загрузить файл: исправьте их в файле и загрузите снова."
        | "{count} ошибок мешают загрузить файл: исправьте их в файле и загрузите снова."
        / "{count} error stops the import: mend it in the file and bring it again."
        | "{count} errors stop the import: mend them in the file and bring it again.";
    confirm(rows): "Загрузить: {rows}" / "Store {rows}";
    confirming: "Записываем" / "Storing";
    done_title(rows): "Загружено: {rows}" / "Stored: {rows}";
    done_text: "Карта пересчитывается; новые состояния появятся на ней сами." / "The map is being computed; new states appear on it by themselves.";
    done_map: "Открыть карту" / "Open the map";
    undone_title: "Загрузка отменена" / "The import was undone";
    undone_text: "Её результатов в расчётах нет. Запись о ней осталась." / "Its results take no part in computations. Its record remains.";
    see_problems: "К замечаниям" / "To the problems";
    see_structure: "Что было распознано" / "What was recognised";

    earlier_title: "Результаты этих школ по этим работам уже загружены" / "Results of these schools in these works are stored already";
    earlier_lead: "Решите, что станет с прежними: без этого одни и те же ученики посчитаются дважды."
        / "Decide what becomes of the earlier ones: otherwise the same pupils count twice.";
    earlier_counts(work, rows, both): "{work}: загружено строк {rows}, учеников и там, и в этом файле {both}"
        / "{work}: {rows} rows are stored, {both} pupils are in both";
    earlier_latest: "Засчитать последнюю попытку" / "Let the latest attempt count";
    earlier_latest_hint(both): "Сменятся работы только тех, кто есть в обоих: {both}. Остальные останутся. При отмене прежние попытки вернутся."
        / "Only the works of those in both are replaced: {both}. All others stay. Undoing this import brings the earlier attempts back.";
    earlier_rows(rows): "Уйдут все прежние строки этих школ: {rows}." / "All earlier rows of these schools go: {rows}.";
    sheets_found: "Листы" / "Sheets";
    sheet_line(name, rows): "{name}: строк {rows}" / "{name}: {rows} rows";
    sheet_read: "прочитан" / "read";
    sheet_not_read: "не прочитан" / "not read";
    sheet_hidden: "скрытый" / "hidden";
    absent(count): "Не участвовали и не записываются: {count}" / "Took no part and are not stored: {count}";
    classes_title: "Названия классов похожи на имена детей" / "The classes look like names of children";
    classes_text: "Файл не сохранён. Если в столбце «Класс» названия классов, например «Гагаринский», отметьте это и выберите тот же файл ещё раз."
        / "The file was not kept. If the column holds names of classes, such as “Gagarin”, say so and choose the same file again.";
    classes_confirm: "Это названия классов, а не имена детей" / "These are names of classes, not of children";
    earlier_replace: "Заменить прежние" / "Replace the earlier ones";
    earlier_replace_hint: "Файл исправлен или выгружен заново. При отмене этой загрузки прежние результаты вернутся."
        / "The file was corrected or exported anew. Undoing this import brings the earlier results back.";
    earlier_keep: "Оставить и добавить" / "Keep them and add";
    earlier_keep_hint: "В файле другие классы или другая часть школы." / "The file holds other classes or another part of the school.";

    meaning_ignored: "не нужен" / "not needed";
    meaning_refused: "не принимается: имена" / "refused: names";
    meaning_item: "задание" / "item";
    meaning_school: "школа" / "school";
    meaning_school_name: "название школы" / "school's name";
    meaning_municipality: "муниципалитет" / "municipality";
    meaning_class: "класс" / "class";
    meaning_pupil: "код ученика" / "pupil's code";
    meaning_booklet: "вариант" / "booklet";
    meaning_raw_score: "первичный балл" / "raw score";
    meaning_mark: "отметка" / "mark";
    meaning_register_mark: "отметка в журнале" / "register mark";
    meaning_prior_score: "прежний результат" / "earlier result";
    meaning_year: "год" / "year";
    meaning_subject: "предмет" / "subject";
    meaning_grade: "параллель" / "grade";
}

/// What a column was taken for.
pub fn column_meaning(language: Language, code: &str) -> String {
    let known = match code {
        "ignored" => meaning_ignored(language),
        "refused" => meaning_refused(language),
        "item" => meaning_item(language),
        "school" => meaning_school(language),
        "school_name" => meaning_school_name(language),
        "municipality" => meaning_municipality(language),
        "class" => meaning_class(language),
        "pupil" => meaning_pupil(language),
        "booklet" => meaning_booklet(language),
        "raw_score" => meaning_raw_score(language),
        "mark" => meaning_mark(language),
        "register_mark" => meaning_register_mark(language),
        "prior_score" => meaning_prior_score(language),
        "year" => meaning_year(language),
        "subject" => meaning_subject(language),
        "grade" => meaning_grade(language),
        other => return other.to_owned(),
    };
    known.to_owned()
}
