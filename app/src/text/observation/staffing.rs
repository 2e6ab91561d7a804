//! Texts of an event's staffing and of declarations of interest.

use api::procedures::event::AssignmentRole;

use crate::text::Language;

texts! {
    title: "Событие" / "Event";
    to_events: "Все события" / "All events";
    people: "Расстановка" / "Staffing";
    people_lead: "Родственника или учителя этого класса назначить нельзя: система предупредит. Предупреждение координатор может снять письменной причиной, она останется в журнале."
        / "A relative or a teacher of this class cannot be assigned: the system warns. The coordinator may override a warning with a written reason, which stays in the log.";
    slot(filled, wanted): "{filled} из {wanted}" / "{filled} of {wanted}";
    slot_done: "занято" / "filled";
    slot_open: "не хватает" / "still wanted";
    nobody: "Пока никто не назначен." / "Nobody is assigned yet.";
    clear: "препятствий нет" / "nothing against";
    overridden(reason): "Предупреждение снято координатором: {reason}" / "Overridden by the coordinator: {reason}";
    remove: "Снять" / "Remove";
    removed: "Назначение снято." / "The part was taken back.";
    begun: "лист начат" / "sheet begun";
    withdraw: "Отозвать" / "Withdraw";
    withdrawn: "Предложение отозвано." / "The offer was withdrawn.";
    asked_title: "Предложено" / "Offered";
    asked_waits: "ждём заявления" / "declaration awaited";
    asked_signed: "заявление подписано" / "declaration signed";
    asked_declined: "отказался" / "declined";
    find: "Кого назначить" / "Whom to assign";
    role: "Роль" / "Part";
    free_title: "Можно назначить" / "Can be assigned";
    free_more: "Ещё можно назначить" / "More who can be assigned";
    free_none: "Свободных людей без препятствий нет. Посмотрите предупреждения ниже или пригласите новых наблюдателей."
        / "Nobody is free and without obstacles. Look at the warnings below or invite new observers.";
    warned_title: "С решением координатора" / "By the coordinator's decision";
    blocked_title: "Назначить нельзя" / "Cannot be assigned";
    distance(km): "{km} км" / "{km} km";
    load(count): "{count} назначение рядом по дате" | "{count} назначения рядом по дате" | "{count} назначений рядом по дате"
        / "{count} part near this date" | "{count} parts near this date";
    busy(school, start): "занят: {school}, {start}" / "busy: {school}, {start}";
    declared: "заявление подписано" / "declaration signed";
    undeclared: "заявления ещё нет" / "no declaration yet";
    offer: "Предложить" / "Offer";
    offered: "Предложение отправлено: человек увидит его на странице «Заявления»."
        / "Offered: the person sees it on the page “Declarations”.";
    assign: "Назначить" / "Assign";
    assigned: "Назначено." / "Assigned.";
    override_title(name): "Назначить с предупреждением: {name}" / "Assign in spite of a warning: {name}";
    override_label: "Причина решения" / "Reason of the decision";
    override_hint: "Её увидят те, кто проверяет расстановку. Сведения о семье не пишите."
        / "Whoever checks the staffing will see it. Write nothing about the family.";
    override_do: "Назначить по решению координатора" / "Assign by the coordinator's decision";
    paper: "Бумажное заявление" / "On paper";
    paper_title(name): "Бумажное заявление: {name}" / "Declaration on paper: {name}";
    paper_label: "Номер и дата" / "Number and date";
    paper_do: "Внести" / "Record";
    video: "Видеозапись" / "Recording";
    video_label: "Ссылка или место хранения" / "Link or place";
    video_hint: "Сама запись здесь не хранится. Наблюдатель по записи заполняет свой лист."
        / "The film itself is not kept here. The observer of the recording fills a sheet of its own.";
    saved: "Сохранено." / "Saved.";
    channels: "Каналы контроля" / "Channels of control";
    channel_none: "пока ни одного" / "none yet";

    own_title: "Заявления" / "Declarations";
    own_lead: "Перед каждым событием наблюдатель подтверждает, что он не заинтересован в результате. Это защищает и детей, и вас."
        / "Before every event an observer confirms having no interest in the result. It protects the children and you.";
    own_none_title: "Новых предложений нет" / "Nothing is offered now";
    own_none_text: "Когда координатор предложит событие, здесь появится заявление на подпись."
        / "When the coordinator offers you an event, the declaration to sign appears here.";
    own_reminded(time): "Координатор напомнил {time}: ответьте, сможете ли вы." / "The coordinator reminded you on {time}: please say whether you can.";
    own_promise: "Я не заинтересован в результате этого события, знаю правила поведения наблюдателя и буду их соблюдать: не вмешиваюсь, не подсказываю, не снимаю детей и работы, не разглашаю увиденное."
        / "I have no interest in the result of this event, I know the observer's rules of conduct and will keep them: no interference, no hints, no pictures of children or works, nothing told to others.";
    own_sign: "Подтверждаю" / "I confirm";
    own_decline: "Не смогу" / "I cannot";
    own_signed: "Заявление подписано. Решение за координатором." / "Signed. The coordinator decides.";
    own_given: "Заявление подписано, вы назначены." / "Signed, you are assigned.";
    own_declined: "Координатор увидит, что вы не сможете." / "The coordinator will see that you cannot.";
    own_against: "Что мешает" / "What stands against it";
    ties: "Мои близкие в школах" / "My relatives at schools";
    ties_lead: "Эти сведения видите только вы. Система использует их, чтобы не назначить вас туда, где вы заинтересованы; координатору сообщается только, что есть обстоятельство, которое не раскрывается."
        / "Only you see this. It keeps you from being assigned where you have an interest; the coordinator is told only that there is a circumstance that is not disclosed.";
    ties_none: "Ничего не указано." / "Nothing declared.";
    tie: "Кто" / "Who";
    tie_child: "ребёнок" / "child";
    tie_close: "близкий родственник" / "close relative";
    tie_school: "Школа" / "School";
    tie_grade: "Класс" / "Grade";
    tie_letter: "Буква" / "Letter";
    tie_staff: "сотрудник школы" / "member of the staff";
    tie_class(grade, letter): "{grade} «{letter}»" / "{grade}{letter}";
    tie_hint: "Для сотрудника школы класс не указывайте." / "For a member of the staff leave the class blank.";
    tie_add: "Добавить" / "Add";
    tie_remove: "Убрать" / "Remove";
}

/// Name of a part, as a heading.
pub fn part(language: Language, role: AssignmentRole) -> &'static str {
    use super::assignments as words;
    match role {
        AssignmentRole::Observer => words::role_observer(language),
        AssignmentRole::Organiser => words::role_organiser(language),
        AssignmentRole::Checker => words::role_checker(language),
        AssignmentRole::Technician => words::role_technician(language),
        AssignmentRole::Visitor => words::role_visitor(language),
        AssignmentRole::VideoObserver => words::role_video_observer(language),
        AssignmentRole::Expert => words::role_expert(language),
        AssignmentRole::Jury => words::role_jury(language),
    }
}
