//! Texts of the monitoring calendar.

texts! {
    title: "Календарь мониторинга" / "Monitoring calendar";
    lead(year, next): "Учебный год {year}/{next}. Что возвращается каждый год, кто это делает и какой документ выходит."
        / "School year {year}/{next}. What returns every year, who does it and which document comes out.";
    filters: "Показать" / "Show";
    mine: "Моё" / "Mine";
    all: "Всё" / "All";
    now: "сейчас" / "now";
    nothing: "Ничего вашего в этом месяце." / "Nothing of yours in this month.";
    output(what): "Результат: {what}" / "Result: {what}";
    proposal: "Предложение платформы" / "Proposal of the platform";
    week(week): "{week}-я неделя" / "week {week}";
    open: "Открыть" / "Open";
    open_of(title): "Открыть: {title}" / "Open: {title}";
    own: "ваше" / "yours";
}
