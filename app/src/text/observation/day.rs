//! Texts of the board of a day, and of how far the rules were kept.

texts! {
    title: "День проведения" / "Day of the procedure";
    lead: "Площадки дня по времени начала. Страница обновляется сама." / "Sites of the day by start. The page refreshes itself.";
    empty_title: "В этот день событий нет" / "No events on this day";
    empty_text: "Выберите другой день." / "Choose another day.";
    before: "Раньше" / "Earlier";
    after: "Позже" / "Later";
    today: "Сегодня" / "Today";
    updated(time): "обновлено {time}" / "updated {time}";
    coverage(observed, all): "Наблюдателем обеспечено {observed} из {all}" / "{observed} of {all} have an observer";
    count_waiting(count): "{count} не начата" | "{count} не начаты" | "{count} не начаты" / "{count} not begun" | "{count} not begun";
    count_running(count): "{count} идёт" | "{count} идут" | "{count} идут" / "{count} running" | "{count} running";
    count_alert(count): "{count} с тревогой" | "{count} с тревогой" | "{count} с тревогой" / "{count} with an alert" | "{count} with an alert";
    count_silent(count): "{count} без связи" | "{count} без связи" | "{count} без связи" / "{count} no contact" | "{count} no contact";
    count_awaited(count): "{count} ждёт листов" | "{count} ждут листов" | "{count} ждут листов" / "{count} awaiting sheets" | "{count} awaiting sheets";
    count_done(count): "{count} завершена" | "{count} завершены" | "{count} завершены" / "{count} done" | "{count} done";
    waiting: "не начато" / "not started";
    running: "идёт" / "running";
    alert: "тревога" / "alert";
    silent: "нет связи" / "no contact";
    awaited: "работа закончилась, ждём листы" / "over, sheets awaited";
    done: "листы сданы" / "sheets handed in";
    unobserved: "нет наблюдателя" / "no observer";
    silent_note(minutes): "сообщений нет {minutes} мин" / "no messages for {minutes} min";
    heard(time): "последнее сообщение {time}" / "last message {time}";
    never: "сообщений нет" / "no messages yet";
    sheets(submitted, sheets): "сдано листов {submitted} из {sheets}" / "{submitted} of {sheets} checklists in";
    answered(answered, all): "отвечено {answered} из {all}" / "{answered} of {all} answered";
    policy(minutes): "Если {minutes} минут нет сообщений, площадка отмечается «нет связи»" / "A site without messages for {minutes} minutes is marked “no contact”";
    policy_title: "Сроки" / "Terms";
    policy_silent: "Минут без сообщений до «нет связи»" / "Minutes without messages until “no contact”";
    policy_days: "Дней школе на пояснение" / "Days for the school to explain";
    policy_hours: "Часов на сдачу листа" / "Hours to hand in a sheet";
    saved: "Сроки сохранены." / "Saved.";
    index_title: "Наблюдение" / "Observation";
    index_school(index): "Порядок соблюдён: {index}" / "Rules kept: {index}";
    index_note: "Среднее по событиям; событие — среднее по листам. 100 % — порядок соблюдён по всем увиденным пунктам."
        / "Mean of events; an event is the mean of its sheets. 100% means that every observed rule was kept.";
    index_none: "Листов наблюдения за этот год пока нет." / "No observation sheets this year yet.";
    index_critical(count): "{count} грубое нарушение" | "{count} грубых нарушения" | "{count} грубых нарушений"
        / "{count} gross violation" | "{count} gross violations";
    index_clean: "без грубых нарушений" / "no gross violations";
}
