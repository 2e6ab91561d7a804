//! Texts of the state of the installation.

texts! {
    title: "Состояние системы" / "State of the system";
    lead: "Что проверить до звонка оператору. Подробности — в его руководстве."
        / "What to look at before calling the operator, whose guide has the details.";
    again: "Обновить" / "Look again";
    version: "Версия" / "Version";
    database: "База" / "Database";
    running: "Работает" / "Running";
    running_since(at): "с {at}" / "since {at}";
    clock: "Часы сервера" / "The server's clock";
    backup: "Резервная копия" / "Backup";
    backup_none: "Ещё ни одной. Пока копии нет, поломка диска уносит всё: попросите оператора сделать её и поставить по расписанию."
        / "None yet. Without one a broken disk takes everything: ask the operator to make one and to schedule it.";
    backup_at(at, size): "{at}, {size}" / "{at}, {size}";
    backup_holds(rows, files): "{rows} и {files}" / "{rows} and {files}";
    rows(count): "{count} строка" | "{count} строки" | "{count} строк" / "{count} row" | "{count} rows";
    files(count): "{count} файл" | "{count} файла" | "{count} файлов" / "{count} file" | "{count} files";
    backup_no_files: "без приложенных файлов" / "without the attached files";
    backup_encrypted: "зашифрована" / "encrypted";
    backup_open: "не зашифрована" / "not encrypted";
    backup_old(days): "Копии {days} день: всё, что сделано позже, в ней нет." | "Копии {days} дня: всего, что сделано позже, в ней нет." | "Копии {days} дней: всего, что сделано позже, в ней нет."
        / "The backup is {days} day old: what was done later is not in it." | "The backup is {days} days old: what was done later is not in it.";
    jobs: "Фоновые задания" / "Background jobs";
    jobs_none: "ни одно не ждёт" / "none waits";
    jobs_waiting(count): "ждёт {count} задание" | "ждут {count} задания" | "ждут {count} заданий" / "{count} job waits" | "{count} jobs wait";
    jobs_running(count): "идёт {count} задание" | "идут {count} задания" | "идут {count} заданий" / "{count} job runs" | "{count} jobs run";
    jobs_failed(count): "не вышло {count} задание: что случилось, сказано в журнале сервера" | "не вышло {count} задания: что случилось, сказано в журнале сервера" | "не вышло {count} заданий: что случилось, сказано в журнале сервера"
        / "{count} job failed: the server's log tells why" | "{count} jobs failed: the server's log tells why";
    disk: "Место на диске" / "Disk space";
    disk_free(size): "свободно {size}" / "{size} free";
    disk_unknown: "система не говорит" / "the system does not tell";
    disk_little: "Места мало. Когда оно кончится, ничего нельзя будет записать; уже записанное не пропадёт."
        / "There is little. When it is used up nothing can be written; what is written is not lost.";
    quiet_title: "Это восстановленная копия" / "This is a restored copy";
    quiet_text(restored, backup): "Она восстановлена {restored} и показывает {backup}. Фоновые задания стоят, чтобы учебная копия ничего не сделала вместо рабочего сервера."
        / "It was restored {restored} and shows {backup}. Background jobs wait, so that a copy for practice does nothing in the working server's stead.";
    quiet_unknown: "неизвестный момент" / "an unknown moment";
    activate: "Это рабочий сервер" / "This is the working server";
    activate_title: "Сделать эту копию рабочим сервером?" / "Make this copy the working server?";
    activate_text: "Задания пойдут сразу. Убедитесь, что прежний сервер выключен: двух рабочих быть не должно."
        / "Jobs go on at once. Be sure that the former server is off: there must not be two.";
    activated: "Это рабочий сервер: задания пошли" / "This is the working server: its jobs go on";
}
