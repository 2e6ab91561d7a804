//! Texts of getting a tablet ready.

texts! {
    title: "Подготовить к выезду" / "Get ready to go";
    lead: "Загрузим на этот планшет всё, что понадобится в школе. Потом лист откроется и без сети."
        / "Everything that is needed at the school is loaded onto this tablet. The sheet then opens without a network, too.";
    begin: "Подготовить к выезду" / "Get ready to go";
    again: "Проверить ещё раз" / "Check again";
    open: "Открыть лист" / "Open the sheet";
    back: "К назначениям" / "To my assignments";
    unknown: "Такого назначения у вас нет." / "You have no such assignment.";
    to_bring: "Что будет на планшете" / "What is on the tablet";

    item_assignment: "Назначение: школа, время, кабинет" / "The assignment: school, time, room";
    item_form: "Лист наблюдения с вопросами и справочниками" / "The checklist with its questions and lists";
    item_sheet: "Ваш лист, куда записываются ответы" / "Your sheet, where the answers go";
    item_application: "Приложение" / "The application";
    item_memory: "Память, защищённая от очистки" / "Storage protected from clean-up";
    version(version): "версия {version}" / "version {version}";

    waits: "ещё не загружено" / "not loaded yet";
    loading: "загружаем" / "loading";
    ready: "готово" / "ready";
    failed: "не получилось" / "failed";
    no_worker: "Браузер не держит приложения без сети. Откройте сайт в Chrome, Edge, Firefox или Safari, не в приватном окне."
        / "This browser does not keep applications. Use Chrome, Edge, Firefox or Safari, not a private window.";
    is_persistent: "Браузер обещал не очищать память этого сайта." / "The browser has promised not to clear this site's storage.";
    not_persistent: "Браузер может очистить память, если на планшете кончится место. Установите приложение на главный экран и отправьте лист в тот же день."
        / "The browser may clear the storage when the tablet runs out of room. Install the application on the home screen and send the sheet the same day.";
    room(used, quota): "Занято {used} из {quota}" / "{used} of {quota} used";
    little_room: "На планшете мало места: удалите ненужные снимки и файлы до выезда."
        / "There is little room on the tablet: delete photos and files you do not need before you go.";
    all_ready: "Всё готово: лист откроется без сети" / "All ready: the sheet opens without a network";
    something_missing: "Готово не всё. Подключитесь к сети и попробуйте ещё раз."
        / "Something is missing. Connect to a network and try again.";

    way: "Дорога и контакты" / "The way and whom to call";
    address: "Школа" / "School";
    when: "Когда быть" / "When";
    coordinator: "Координатор" / "Coordinator";
    show_on_map: "Показать в навигаторе" / "Show in the navigator";
    install_title: "Приложение на главный экран" / "On the home screen";
    install_text: "Откройте меню браузера и выберите «Установить приложение» или «На экран „Домой“»: так память сайта защищена лучше."
        / "Open the browser's menu and choose “Install” or “Add to Home Screen”: the site's storage is then better protected.";

    kilobytes(count): "{count} КБ" | "{count} КБ" | "{count} КБ" / "{count} KB" | "{count} KB";
    megabytes(number): "{number} МБ" / "{number} MB";
    gigabytes(number): "{number} ГБ" / "{number} GB";
}
