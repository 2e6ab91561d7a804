//! Texts of the form renderer and of saving.

use crate::text::Language;

texts! {
    required: "нужен ответ" / "an answer is needed";
    critical: "Грубое нарушение, если «нет»: координатор узнает сразу, как появится связь"
        / "A gross violation if “no”: the coordinator learns at once when there is a connection";
    critical_title: "Отметить грубое нарушение?" / "Mark a gross violation?";
    critical_text: "Координатор узнает о нём сразу, как появится связь. Ответ можно будет изменить, прежний останется в истории."
        / "The coordinator learns of it at once when there is a connection. You can change the answer; the earlier one stays in the history.";
    critical_confirm: "Да, нарушение было" / "Yes, it was violated";
    critical_cancel: "Нет, не отмечать" / "No, do not mark";
    key_item: "ключевой пункт" / "key item";
    take_back: "Снять ответ" / "Clear answer";
    guidance: "Пояснение" / "Explanation";
    marked_at(time): "Отмечено в {time}" / "Marked at {time}";
    comment_add: "Добавить комментарий" / "Add a comment";
    evidence_needed(sentence): "Нужно начиная с ответа «{sentence}»." / "Needed from the answer “{sentence}” on.";
    unconfirmed: "Пока не подтверждено" / "Not confirmed yet";
    photo_add: "Приложить снимок" / "Attach a photo";
    photo_other: "Заменить снимок" / "Replace the photo";
    photo_working: "Уменьшаем снимок и убираем сведения о месте…" / "Making the photo smaller and removing where it was taken…";
    photo_take_back: "Убрать снимок" / "Remove the photo";
    photo_forbidden(what): "Нельзя снимать: {what}." / "Never photograph: {what}.";
    photo_allowed(what): "Можно: {what}." / "You may photograph: {what}.";
    photo_when(when): "Когда: {when}." / "When: {when}.";
    photo_alt: "Приложенный снимок" / "The attached photo";
    photo_waits: "На планшете, ждёт отправки" / "On the tablet, waits to be sent";
    photo_sent: "Снимок отправлен" / "The photo is sent";
    photo_refused: "Нужно внимание: сервер не принял снимок, он остался на планшете"
        / "Needs attention: the server did not take the photo, it stays on the tablet";
    photo_unreadable: "Этот файл не похож на снимок. Снимите ещё раз или выберите другой файл."
        / "This file does not look like a photo. Take it again or choose another file.";
    photo_no_room: "На планшете нет места для снимка. Удалите ненужные файлы и повторите; ответы сохранены."
        / "There is no room for the photo on the tablet. Delete files you do not need and try again; the answers are saved.";
    audio_add: "Приложить звукозапись" / "Attach a sound recording";
    video_add: "Приложить видео" / "Attach a video";
    file_add: "Приложить файл" / "Attach a file";
    file_other: "Заменить файл" / "Replace the file";
    file_working: "Сохраняем файл на устройстве…" / "Saving the file on this device…";
    file_take_back: "Убрать файл" / "Remove the file";
    file_alt: "Приложенный файл" / "The attached file";
    file_limit: "До 32 МБ: звук, видео, PDF, документы Word, Excel, OpenDocument, снимки."
        / "Up to 32 MB: sound, video, PDF, documents of Word, Excel, OpenDocument, photos.";
    file_too_large: "Файл больше 32 МБ. Сделайте запись короче или сожмите её."
        / "The file is larger than 32 MB. Make the recording shorter or compress it.";
    file_unknown: "Файлы такого вида не прикладываются. Сохраните документ как PDF."
        / "Files of this kind cannot be attached. Save the document as PDF.";
    media_trial: "Проба: файл остаётся на этой странице и никуда не отправляется"
        / "On trial: the file stays on this page and is sent nowhere";
    media_nowhere: "Здесь файлы не прикладываются: опишите словами или назовите документ."
        / "Files cannot be attached here: describe it in words or name the document.";
    points_hint: "По точке в строке: широта и долгота через пробел" / "One point in a line: latitude and longitude";
    points_add: "Добавить точку, где я сейчас" / "Add the point where I am";
    points_mistyped(line): "Строка {line}: введите широту от −90 до 90 и долготу от −180 до 180"
        / "Line {line}: enter a latitude from −90 to 90 and a longitude from −180 to 180";
    repeat_add: "Добавить ещё" / "Add another";
    repeat_title(label, place): "{label}: {place}" / "{label}: {place}";
    repeat_remove(place): "Удалить № {place}" / "Remove no. {place}";
    choose: "Выберите" / "Choose";
    search: "Найти в списке" / "Search the list";
    more_choices(count): "Ещё {count} вариант: уточните поиск" | "Ещё {count} варианта: уточните поиск"
        | "Ещё {count} вариантов: уточните поиск"
        / "{count} more choice: refine the search" | "{count} more choices: refine the search";
    acknowledge: "Прочитано, согласен" / "I have read and agree";
    not_a_number: "Введите число, например 12,5" / "Enter a number, for example 12.5";
    not_whole: "Введите целое число, например 12" / "Enter a whole number, for example 12";
    moment_incomplete: "Введите дату или время полностью или очистите поле"
        / "Enter the whole date or time, or clear the field";
    typed_unreadable(text): "Не удалось прочитать «{text}»: исправьте или очистите поле"
        / "“{text}” cannot be read: mend it or clear the field";
    range_empty: "не выбрано" / "not chosen";
    now: "Сейчас" / "Now";
    rank_untouched: "Порядок ещё не выбран" / "The order is not chosen yet";
    rank_keep: "Оставить этот порядок" / "Keep this order";
    rank_up(label): "Выше: {label}" / "Move up: {label}";
    rank_down(label): "Ниже: {label}" / "Move down: {label}";
    latitude: "Широта" / "Latitude";
    longitude: "Долгота" / "Longitude";
    locate: "Определить место" / "Locate";
    locating: "Определяем место" / "Locating";
    locate_failed: "Место не определилось. Введите широту и долготу."
        / "The place could not be found. Enter latitude and longitude.";
    place_mistyped: "Введите широту от −90 до 90 и долготу от −180 до 180"
        / "Enter a latitude from −90 to 90 and a longitude from −180 to 180";
    map_title: "Карта для ответа" / "Map for the answer";
    map_show: "Показать карту" / "Show the map";
    map_hide: "Скрыть карту" / "Hide the map";
    map_hint: "Касание ставит точку, точку можно перетащить. С клавиатуры: стрелками сдвиньте карту и поставьте точку в её середине."
        / "A tap sets a point, a point can be dragged. With keys: move the map by arrows and set the point in its middle.";
    map_add: "Точка в середине карты" / "Point in the middle of the map";
    map_remove: "Убрать последнюю точку" / "Remove the last point";
    map_failed: "Карта не открылась: для неё нужна сеть. Определите место или введите широту и долготу."
        / "The map did not open: it needs the network. Locate yourself or enter latitude and longitude.";
    annotate: "Отметить на снимке" / "Mark on the picture";
    annotate_hint: "Обведите пальцем, пером или мышью то, о чём речь." / "Circle what is meant with finger, pen or mouse.";
    annotate_save: "Сохранить отметки" / "Keep the marks";
    annotate_undo: "Убрать последнюю" / "Undo the last";
    drawing: "Поле для подписи" / "Field for the signature";
    drawing_hint: "Рисуйте пальцем, пером или мышью" / "Draw with finger, pen or mouse";
    drawing_clear: "Очистить" / "Clear";
    rival(name, time): "{name} ответил(а) иначе. Ваш ответ в {time}:" / "{name} answered otherwise. Your answer at {time}:";
    rival_of_colleague(name, time): "Пока вы писали, ответил(а) и {name} ({time}):" / "While you were writing, {name} answered too ({time}):";
    rival_take: "Взять этот ответ" / "Take this answer";
    rival_back: "Вернуть мой" / "Restore mine";
    colleague_answer(number, answer, time): "Наблюдатель {number}: {answer}, {time}." / "Observer {number}: {answer}, {time}.";
    colleague_differs: "Ответы расходятся: оба останутся в листах, решит координатор."
        / "The answers differ: both stay in the sheets, the coordinator decides.";
    unit_minutes: "минут" / "minutes";
    unit_people: "человек" / "people";
    unit_percent: "%" / "%";

    save_untouched: "Ответы сохраняются сами" / "Answers save themselves";
    save_storing: "Сохраняем на планшете…" / "Saving on the tablet…";
    save_set_aside(count): "Нужно внимание: сервер отложил {count} ответ, координатор посмотрит"
        | "Нужно внимание: сервер отложил {count} ответа, координатор посмотрит"
        | "Нужно внимание: сервер отложил {count} ответов, координатор посмотрит"
        / "Needs attention: the server set {count} answer aside, the coordinator will look"
        | "Needs attention: the server set {count} answers aside, the coordinator will look";
    save_mismatch: "Нужно внимание: на сервере под номерами этого планшета другие ответы. Ваши сохранены здесь, сообщите координатору"
        / "Needs attention: the server holds other answers under this tablet's numbers. Yours are kept here; tell the coordinator";
    save_stored(time): "Сохранено на планшете в {time}" / "Saved on the tablet at {time}";
    save_waiting(count): "На планшете, ждёт отправки: {count}" | "На планшете, ждут отправки: {count}"
        | "На планшете, ждут отправки: {count}"
        / "On the tablet, {count} waits to be sent" | "On the tablet, {count} wait to be sent";
    save_accepted(held, total, time): "Отправлено {held} из {total}, {time}"
        / "Sent {held} of {total}, {time}";
    save_signed_out(count): "На планшете: {count}. Войдите, чтобы отправить" | "На планшете: {count}. Войдите, чтобы отправить"
        | "На планшете: {count}. Войдите, чтобы отправить"
        / "{count} on the tablet. Sign in to send" | "{count} on the tablet. Sign in to send";
    save_refused(code): "Ошибка отправки ({code}). Ответы сохранены на устройстве"
        / "Sending failed ({code}). The answers are saved on this device";
    save_unstored: "Ошибка: память устройства недоступна. Не закрывайте страницу"
        / "Error: this device cannot store. Do not close the page";
    save_retry: "Отправить сейчас" / "Send now";
}

/// A unit of a number; a unit of the form's author is shown as written.
pub fn unit(language: Language, unit: &str) -> String {
    match unit {
        "minutes" => unit_minutes(language).to_owned(),
        "people" => unit_people(language).to_owned(),
        "percent" => unit_percent(language).to_owned(),
        other => other.to_owned(),
    }
}
