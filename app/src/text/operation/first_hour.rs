//! Texts of the first hour of an office.

texts! {
    title: "Первый час" / "The first hour";
    progress(done, all): "Готово {done} из {all}" / "{done} of {all} done";
    lead: "Можно прерваться: всё сохранено, вернётесь на это же место."
        / "Stop whenever you like: everything is kept, and you return to this place.";
    hide: "Больше не показывать" / "Do not show again";
    office: "Муниципалитет" / "Municipality";
    schools: "Школы" / "Schools";
    schools_how: "таблицей управления или по одной" / "from the office's table or one by one";
    schools_done(count): "внесена {count} школа" | "внесено {count} школы" | "внесено {count} школ"
        / "{count} school entered" | "{count} schools entered";
    people: "Люди" / "People";
    people_how: "имя, роль и ссылка для входа" / "name, role and a link to sign in";
    people_done(count): "{count} человек" | "{count} человека" | "{count} человек" / "{count} person" | "{count} people";
    results: "Результаты" / "Results";
    results_how: "файлы «Ф1» за два года, все сразу" / "the “Ф1” files of two years, all at once";
    results_done(count): "загружен {count} файл" | "загружено {count} файла" | "загружено {count} файлов"
        / "{count} file stored" | "{count} files stored";
    map: "Карта" / "The map";
    map_how: "сама, из результатов" / "by itself, from the results";
    map_done: "посчитана" / "computed";
    plan: "План работ" / "The plan";
    plan_how: "работы, классы и дни" / "works, classes and days";
    plan_done(count): "{count} событие" | "{count} события" | "{count} событий" / "{count} event" | "{count} events";
    sheet: "Наблюдатель" / "An observer";
    sheet_how: "первый лист на планшете" / "the first sheet on a tablet";
    sheet_done(count): "сдан {count} лист" | "сдано {count} листа" | "сдано {count} листов"
        / "{count} sheet handed in" | "{count} sheets handed in";
    coordinator: "делает координатор" / "the coordinator does this";
    step_done: "готово" / "done";
}
