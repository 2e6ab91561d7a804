//! The sentences of [`Fault`]: what is wrong and how to mend it, in Russian and English.

use api::text::Text;

use super::problem::Fault;

/// Text and hint of a fault.
pub(super) fn texts(fault: &Fault) -> (Text, Text) {
    let [ru, en, hint_ru, hint_en] = match fault {
        Fault::Empty => [
            "Файл пуст.".into(),
            "The file is empty.".into(),
            "Выгрузите результаты ещё раз и загрузите новый файл.".into(),
            "Export the results again and upload the new file.".into(),
        ],
        Fault::TooLarge { limit_mb } => [
            format!("Файл больше {limit_mb} МБ."),
            format!("The file is larger than {limit_mb} MB."),
            "Разделите выгрузку на части, например по предметам.".into(),
            "Split the export into parts, for example by subject.".into(),
        ],
        Fault::WrongType { what } => [
            format!("Это не книга Excel и не таблица CSV, а {what}."),
            format!("This is neither an Excel workbook nor a CSV table, but {what}."),
            "Загрузите выгрузку «Ф1» в формате .xlsx или таблицу .csv.".into(),
            "Upload the «Ф1» export as .xlsx, or a .csv table.".into(),
        ],
        Fault::OldWorkbook => [
            "Это старая (.xls), двоичная (.xlsb), открытая (.ods) или защищённая паролем книга.".into(),
            "This is an old (.xls), binary (.xlsb), OpenDocument (.ods) or password-protected workbook.".into(),
            "Откройте её в Excel, снимите пароль и сохраните как «Книга Excel (*.xlsx)».".into(),
            "Open it in Excel, remove the password and save it as «Excel workbook (*.xlsx)».".into(),
        ],
        Fault::Macros => [
            "В книге есть макросы, поэтому она не открывалась.".into(),
            "The workbook carries macros, so it was not opened.".into(),
            "Сохраните её как «Книга Excel (*.xlsx)» без макросов.".into(),
            "Save it as «Excel workbook (*.xlsx)», without macros.".into(),
        ],
        Fault::ZipBomb { limit_mb } => [
            format!("Распакованная книга заняла бы больше {limit_mb} МБ, поэтому она не открывалась."),
            format!("Unpacked, the workbook would take more than {limit_mb} MB, so it was not opened."),
            "Скопируйте таблицу результатов в новую книгу и сохраните её.".into(),
            "Copy the table of results into a new workbook and save that.".into(),
        ],
        Fault::BrokenWorkbook { detail } => [
            format!("Книга повреждена и не читается: {detail}."),
            format!("The workbook is damaged and cannot be read: {detail}."),
            "Откройте файл в Excel и сохраните заново или выгрузите его ещё раз.".into(),
            "Open the file in Excel and save it again, or export it once more.".into(),
        ],
        Fault::BrokenTable { detail } => [
            format!("Таблица не читается с этого места: {detail}."),
            format!("The table cannot be read from here on: {detail}."),
            "Проверьте кавычки и разделители в этой строке.".into(),
            "Check quotes and separators in this row.".into(),
        ],
        Fault::BrokenCompression => [
            "Сжатый файл повреждён или оборван.".into(),
            "The compressed file is damaged or cut off.".into(),
            "Скопируйте файл ещё раз или распакуйте его сами.".into(),
            "Copy the file again, or unpack it yourself.".into(),
        ],
        Fault::WideText => [
            "Таблица сохранена как «Текст Юникод» (UTF-16).".into(),
            "The table was saved as «Unicode text» (UTF-16).".into(),
            "Сохраните её как «CSV UTF-8».".into(),
            "Save it as «CSV UTF-8».".into(),
        ],
        Fault::TooManyCells { limit } => [
            format!("В книге больше {limit} ячеек."),
            format!("The workbook has more than {limit} cells."),
            "Разделите выгрузку на части или сохраните её как CSV.".into(),
            "Split the export into parts, or save it as CSV.".into(),
        ],
        Fault::NoHeader => [
            "В первых 30 строках не найден заголовок со столбцами «Код участника» и «Первичный балл».".into(),
            "No header with the columns «Код участника» and «Первичный балл» was found in the first 30 rows.".into(),
            "Загрузите отчёт «Ф1 Индивидуальные результаты» без изменений.".into(),
            "Upload the report «Ф1 Индивидуальные результаты» unchanged.".into(),
        ],
        Fault::MissingColumn { name } => [
            format!("Нет столбца «{name}»."),
            format!("The column «{name}» is missing."),
            format!("Добавьте столбец «{name}» или выгрузите файл заново."),
            format!("Add the column «{name}», or export the file again."),
        ],
        Fault::DuplicateColumn { name } => [
            format!("Столбец «{name}» встречается дважды."),
            format!("The column «{name}» occurs twice."),
            "Оставьте один из них.".into(),
            "Keep one of them.".into(),
        ],
        Fault::BadItemHeader { header } => [
            format!("Заголовок задания «{header}» не понят."),
            format!("The item header «{header}» is not understood."),
            "Пишите item:<код>:<наибольший балл>, балл от 1 до 100.".into(),
            "Write item:<code>:<max points>, points from 1 to 100.".into(),
        ],
        Fault::NoScoreColumns => [
            "Нет ни первичного балла, ни заданий, ни отметки.".into(),
            "There is no raw score, no item and no mark.".into(),
            "Добавьте столбец raw_score, mark или столбцы заданий.".into(),
            "Add the column raw_score, mark, or item columns.".into(),
        ],
        Fault::NameColumn { header } => [
            format!("Столбец «{header}» похож на имена учеников. Файл не сохранён."),
            format!("The column «{header}» looks like pupils' names. The file was not kept."),
            "Удалите этот столбец: ученики узнаются только по кодам.".into(),
            "Delete this column: pupils are known by codes only.".into(),
        ],
        Fault::PersonalColumn { header } => [
            format!("Столбец «{header}» содержит личные сведения. Файл не сохранён."),
            format!("The column «{header}» holds personal data. The file was not kept."),
            "Удалите этот столбец: для анализа он не нужен.".into(),
            "Delete this column: the analysis does not need it.".into(),
        ],
        Fault::IgnoredColumn { header } => [
            format!("Столбец «{header}» не используется и не сохраняется."),
            format!("The column «{header}» is not used and not stored."),
            "Исправлять ничего не нужно, если так и задумано.".into(),
            "Nothing to mend, if this is intended.".into(),
        ],
        Fault::NoRows => [
            "Под заголовком нет ни одной строки с результатами.".into(),
            "There is no row with results below the header.".into(),
            "Проверьте, что результаты уже обработаны, и выгрузите файл заново.".into(),
            "Check that the results are processed already, and export the file again.".into(),
        ],
        Fault::NoTitle { what_ru, what_en } => [
            format!("Над таблицей не найдено: {what_ru}."),
            format!("Not found above the table: {what_en}."),
            "Верните строку вида «ВПР 2026 Математика 5 класс» над таблицей.".into(),
            "Put back a row like «ВПР 2026 Математика 5 класс» above the table.".into(),
        ],
        Fault::NoSchool => [
            "Код школы не найден ни в столбце «ОО», ни над таблицей.".into(),
            "The school's code is neither in the column «ОО» nor above the table.".into(),
            "Верните строку с кодом вида (edu240017) над таблицей.".into(),
            "Put back the row with a code like (edu240017) above the table.".into(),
        ],
        Fault::BlankCell { field } => [
            format!("Пустая ячейка «{field}»."),
            format!("The cell «{field}» is blank."),
            "Заполните ячейку.".into(),
            "Fill in the cell.".into(),
        ],
        Fault::NotANumber { field, value } => [
            format!("«{value}» в столбце «{field}» — не число."),
            format!("«{value}» in the column «{field}» is not a number."),
            "Впишите число или оставьте ячейку пустой.".into(),
            "Write a number, or leave the cell blank.".into(),
        ],
        Fault::OutOfRange { field, value, low, high } => [
            format!("{value} в столбце «{field}» вне пределов {low}–{high}."),
            format!("{value} in the column «{field}» is outside {low}–{high}."),
            format!("Впишите число от {low} до {high}."),
            format!("Write a number from {low} to {high}."),
        ],
        Fault::AboveMaximum { field, value, maximum } => [
            format!("{value} в столбце «{field}» больше наибольшего возможного, {maximum}."),
            format!("{value} in the column «{field}» is above the maximum, {maximum}."),
            "Исправьте балл или наибольший балл в заголовке.".into(),
            "Mend the score, or the maximum in the header.".into(),
        ],
        Fault::BadMark { field, value } => [
            format!("«{value}» в столбце «{field}» — не отметка от 2 до 5."),
            format!("«{value}» in the column «{field}» is not a mark from 2 to 5."),
            "Впишите 2, 3, 4 или 5 либо оставьте ячейку пустой.".into(),
            "Write 2, 3, 4 or 5, or leave the cell blank.".into(),
        ],
        Fault::ImpossibleDate { value } => [
            format!("Даты «{value}» не бывает."),
            format!("The date «{value}» does not exist."),
            "Исправьте дату; год взят из названия работы.".into(),
            "Mend the date; the year was taken from the title of the work.".into(),
        ],
        Fault::NotTheSum { raw_score, sum } => [
            format!("Первичный балл {raw_score} не равен сумме баллов за задания, {sum}."),
            format!("The raw score {raw_score} is not the sum of the item scores, {sum}."),
            "Сверьте строку с выгрузкой; будет взят первичный балл.".into(),
            "Compare the row with the export; the raw score will be taken.".into(),
        ],
        Fault::MaximumMismatch { declared, sum } => [
            format!("Объявлен наибольший балл {declared}, а задания дают {sum}."),
            format!("The maximum is declared as {declared}, but the items give {sum}."),
            "Проверьте, все ли столбцы заданий на месте.".into(),
            "Check that all item columns are there.".into(),
        ],
        Fault::DuplicatePupil { code, first_row } => [
            format!("Код участника {code} уже был в строке {first_row}."),
            format!("The pupil code {code} was already in row {first_row}."),
            "Оставьте одну из строк или исправьте код.".into(),
            "Keep one of the rows, or mend the code.".into(),
        ],
        Fault::ParticipantsDiffer { declared, rows } => [
            format!("Файл объявляет участников: {declared}, а строк с результатами: {rows}."),
            format!("The file declares {declared} participants, but there are {rows} rows with results."),
            "Проверьте, полна ли выгрузка.".into(),
            "Check that the export is complete; it can be imported as it is.".into(),
        ],
        Fault::UnknownSchool { code, name } => {
            let named = name.as_deref().map_or_else(|| code.clone(), |name| format!("{name}, {code}"));
            [
                format!("Школы нет в реестре: {named}."),
                format!("The register does not know the school: {named}."),
                "Исправьте код школы. Администратор может добавить такие школы в реестр при подтверждении.".into(),
                "Mend the school's code. An administrator may add such schools to the register on confirmation.".into(),
            ]
        }
        Fault::RowLength { found, expected } => [
            format!("В строке {found} ячеек вместо {expected}."),
            format!("The row has {found} cells instead of {expected}."),
            "Проверьте разделители и кавычки; десятичную запятую возьмите в кавычки.".into(),
            "Check separators and quotes; put decimal commas in quotes.".into(),
        ],
        Fault::ItemContradicts { code, first, second } => [
            format!("У задания {code} два наибольших балла: {first} и {second}."),
            format!("Item {code} has two maxima: {first} and {second}."),
            "Исправьте заголовок: в одной работе у задания один наибольший балл.".into(),
            "Mend the header: in one work an item has one maximum.".into(),
        ],
        Fault::AlreadyImported { work, rows, in_both } => [
            format!("Результаты этих школ по работе «{work}» уже загружены (работ: {rows}); учеников и там, и в этом файле: {in_both}."),
            format!("Results of these schools in «{work}» are already imported (works: {rows}); pupils in both: {in_both}."),
            "При подтверждении выберите: засчитать последнюю попытку, заменить все прежние или добавить.".into(),
            "On confirmation choose: let the latest attempt count, replace all earlier ones, or add.".into(),
        ],
        Fault::LaterAttempts { pupils } => [
            format!("Учеников, чьи работы есть и в более раннем файле: {pupils}. Засчитана последняя."),
            format!("Pupils who are in an earlier file as well: {pupils}. The latest work counts."),
            "Передавайте файлы в порядке попыток.".into(),
            "Give the files in the order of the attempts.".into(),
        ],
        Fault::SameFile { file_name } => [
            format!("Этот файл уже загружен под именем «{file_name}»."),
            format!("This file is already imported under the name «{file_name}»."),
            "Ничего делать не нужно. Чтобы загрузить заново, сначала отмените прежнюю загрузку.".into(),
            "Nothing needs to be done. To import it again, undo the earlier import first.".into(),
        ],
        Fault::NotReadable { detail } => [
            format!("Файл не открывается: {detail}."),
            format!("The file cannot be opened: {detail}."),
            "Проверьте имя файла и права на чтение.".into(),
            "Check the name of the file and the right to read it.".into(),
        ],
        Fault::Contradiction { detail } => [
            format!("Данные противоречат друг другу: {detail}."),
            format!("The data contradict each other: {detail}."),
            "Исправьте названное значение.".into(),
            "Mend the value that is named.".into(),
        ],
        Fault::CutsAboveMaximum { work, maximum } => [
            format!("Границы отметок выше наибольшего балла работы {work}: {maximum}."),
            format!("The mark boundaries are above the highest score of the work {work}: {maximum}."),
            "Задайте границы по шкале этой работы или уберите --cuts.".into(),
            "Give the boundaries of this work's scale or leave out --cuts.".into(),
        ],
        Fault::NameCells { field, rows } => [
            format!("В столбце «{field}» есть ячейки не в форме кода (строк: {rows}): похоже на имена. Файл не сохранён."),
            format!("The column «{field}» has cells that are no codes (rows: {rows}) and may be names. The file was not kept."),
            "Замените имена кодами участников: цифры, при необходимости одна-две буквы. Начните с указанной строки.".into(),
            "Put codes in place of names: digits, with a letter or two where needed. Begin with the row that is named.".into(),
        ],
        Fault::ClassNames { rows } => [
            format!("Обозначения классов (строк: {rows}) похожи на имена детей. Файл не сохранён."),
            format!("The classes (rows: {rows}) look like names of children. The file was not kept."),
            "Если это названия классов, отметьте это на шаге «Что распознано» и загрузите файл ещё раз. Если имена, замените их классами.".into(),
            "If these are names of classes, say so at «What was recognised» and bring the file again. If not, put classes in their place.".into(),
        ],
        Fault::ErrorCell { field } => [
            format!("В ячейке столбца «{field}» ошибка таблицы (например #Н/Д)."),
            format!("A cell of the column «{field}» holds an error of the spreadsheet, such as #N/A."),
            "Исправьте формулу или впишите значение.".into(),
            "Mend the formula, or write the value.".into(),
        ],
        Fault::HollowCell { field } => [
            format!("В ячейке столбца «{field}» формула без сохранённого значения."),
            format!("A cell of the column «{field}» holds a formula without a stored value."),
            "Откройте файл в Excel или LibreOffice, дождитесь пересчёта и сохраните.".into(),
            "Open the file in Excel or LibreOffice, let it compute and save it.".into(),
        ],
        Fault::MergedCell { field } => [
            format!("Ячейка столбца «{field}» объединена с соседними: неясно, чьё это значение."),
            format!("A cell of the column «{field}» is merged with its neighbours: nobody can tell whose value it is."),
            "Отмените объединение ячеек и заполните каждую строку.".into(),
            "Unmerge the cells and fill each row.".into(),
        ],
        Fault::DateForCode { field, rows } => [
            format!("Столбец «{field}» похож на даты (строк: {rows}): таблица могла превратить код «5-1» в дату."),
            format!("The column «{field}» looks like dates (rows: {rows}): a spreadsheet may have turned a code such as «5-1» into a date."),
            "Сделайте столбец текстовым и впишите коды заново.".into(),
            "Make the column a text and write the codes again.".into(),
        ],
        Fault::UnnamedColumn { rows } => [
            format!("Столбец без заголовка не прочитан, в нём заполнено ячеек: {rows}."),
            format!("A column without a heading was not read; filled cells: {rows}."),
            "Если это задания или баллы, впишите заголовок в одну строку с остальными.".into(),
            "If these are items or scores, write the heading into the row of the others.".into(),
        ],
        Fault::BlankClass { rows } => [
            format!("У части учеников класс не указан (строк: {rows})."),
            format!("Some pupils have no class (rows: {rows})."),
            "Заполните класс в каждой строке.".into(),
            "Fill the class in each row.".into(),
        ],
        Fault::SchoolFromHeading { rows } => [
            format!("Школа в строке не указана (строк: {rows}) и взята из заголовка листа."),
            format!("The row names no school (rows: {rows}); it was taken from the heading of the sheet."),
            "Проверьте, что это та школа.".into(),
            "Check that it is the right school.".into(),
        ],
        Fault::BlankAmongSchools { rows } => [
            format!("Школа в строке не указана (строк: {rows}), а на листе несколько школ."),
            format!("The row names no school (rows: {rows}), and the sheet has several."),
            "Заполните столбец «ОО» в каждой строке.".into(),
            "Fill the column «ОО» in each row.".into(),
        ],
        Fault::TooManyColumns { limit } => [
            format!("Заполненные ячейки есть дальше столбца № {limit}: они не прочитаны."),
            format!("There are filled cells beyond column {limit}: they were not read."),
            "Удалите лишние столбцы.".into(),
            "Remove the columns that are too many.".into(),
        ],
        Fault::SheetUnread { rows } => [
            format!("Лист не прочитан: на нём нет таблицы результатов (строк: {rows})."),
            format!("The sheet was not read: it has no table of results (rows: {rows})."),
            "Если на нём есть результаты, добавьте строку заголовка, как в форме «Ф1».".into(),
            "If it has results, add a header row as in the form «Ф1».".into(),
        ],
        Fault::SheetUnclear { rows } => [
            format!("Лист похож на таблицу результатов (строк: {rows}), но заголовок непонятен: нужны «Код участника» и «Первичный балл»."),
            format!("The sheet looks like a table of results (rows: {rows}), but its header is not understood: «Код участника» and «Первичный балл» are needed."),
            "Верните названия столбцов, как в форме «Ф1», или удалите лист.".into(),
            "Put the headings of the form «Ф1» back, or remove the sheet.".into(),
        ],
        Fault::HiddenSheet { rows } => [
            format!("Лист скрыт, но прочитан вместе с остальными (строк: {rows})."),
            format!("The sheet is hidden, but was read with the others (rows: {rows})."),
            "Если эти результаты не нужны, удалите лист и загрузите файл снова.".into(),
            "If these results are not wanted, remove the sheet and bring the file again.".into(),
        ],
        Fault::TitleWithoutHeader => [
            "Внутри таблицы начинается другая работа, но под её названием нет строки заголовков.".into(),
            "Another work begins inside the table, but there is no header below its title.".into(),
            "Добавьте строку заголовков под вторым названием или перенесите работу на отдельный лист.".into(),
            "Add a header below the second title, or move the work to a sheet of its own.".into(),
        ],
        Fault::UnknownEncoding => [
            "Кодировку файла определить не удалось: буквы не складываются в слова.".into(),
            "The encoding of the file cannot be told: its letters make no words.".into(),
            "Сохраните файл как «CSV UTF-8».".into(),
            "Save the file as «CSV UTF-8».".into(),
        ],
        Fault::MixedEncoding => [
            "В файле смешаны кодировки: дальше этого места буквы записаны иначе, чем в начале.".into(),
            "The file mixes encodings: from here on letters are written otherwise than at its beginning.".into(),
            "Сохраните файл целиком как «CSV UTF-8».".into(),
            "Save the whole file as «CSV UTF-8».".into(),
        ],
        Fault::UnknownSubject { name } => [
            format!("Предмет «{name}» платформе не знаком и будет показан как есть."),
            format!("The platform does not know the subject «{name}» and will show it as it is."),
            "Проверьте, нет ли опечатки.".into(),
            "Check for a misprint.".into(),
        ],
    };
    (
        Text { ru, en },
        Text {
            ru: hint_ru,
            en: hint_en,
        },
    )
}
