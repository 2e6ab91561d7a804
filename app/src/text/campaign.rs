//! Texts of campaigns.

texts! {
    title: "Кампании самооценки" / "Self-assessment campaigns";
    empty_title: "Кампаний пока нет" / "No campaigns yet";
    empty_text: "Здесь появится самооценка, когда координатор объявит кампанию."
        / "Self-assessment appears here when the coordinator opens a campaign.";
    window(opens, closes): "{opens} — {closes}" / "{opens} – {closes}";
    handed_over(done, total): "Передали {done} из {total}" / "{done} of {total} handed over";
    state_not_started: "не начата" / "not begun";
    state_draft: "заполняют" / "being filled in";
    state_submitted: "у директора" / "with the head";
    state_returned: "возвращена" / "given back";
    state_approved: "утверждена" / "approved";
    filter_all: "Все" / "All";
    filters: "Показать школы" / "Show schools";
    school: "Школа" / "School";
    state: "Состояние" / "State";
    answered: "Отвечено" / "Answered";
    changed: "Последнее изменение" / "Last change";
    progress(answered, total): "{answered} из {total}" / "{answered} of {total}";
    look: "Посмотреть" / "Look";
    look_of(school): "Посмотреть самооценку: {school}" / "Look at the self-assessment: {school}";
    fill: "Начать самооценку" / "Begin the self-assessment";
    go_on: "Продолжить" / "Continue";
    result: "Профиль школы" / "Profile of the school";
    no_scores: "Баллов до передачи здесь нет: черновик видит только команда школы."
        / "There are no scores before a school hands over: only its team sees the draft.";
    nobody: "Таких школ нет" / "There are no such schools";
    own: "Ваша школа" / "Your school";
    schools_caption: "Состояние самооценки по школам" / "State of the self-assessment by school";
}
