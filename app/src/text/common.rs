//! Texts used on many pages.

use api::access::session::Role;
use api::procedures::event::EventState;
use api::procedures::procedure::ProcedureKind;
use api::registry::organisation::{Cluster, OrganisationKind};
use api::results::heat_map::CellState;

use super::Language;

texts! {
    product: "Ориентир" / "Orientir";
    loading: "Загружаем" / "Loading";
    retry: "Повторить" / "Try again";
    close: "Закрыть" / "Close";
    cancel: "Отменить" / "Cancel";
    back: "Назад" / "Back";
    next: "Дальше" / "Next";
    save: "Сохранить" / "Save";
    open: "Открыть" / "Open";
    show_table: "Таблица" / "Table";
    show_chart: "График" / "Chart";
    yes: "да" / "yes";
    no: "нет" / "no";
    until(date): "до {date}" / "until {date}";
    due_late(days): "просрочено на {days} день" | "просрочено на {days} дня" | "просрочено на {days} дней"
        / "{days} day late" | "{days} days late";
    due_today: "сегодня" / "today";
    due_tomorrow: "завтра" / "tomorrow";
    due_in(days): "через {days} день" | "через {days} дня" | "через {days} дней" / "in {days} day" | "in {days} days";
    few_data: "мало данных" / "too few data";
    offline_title: "Нет связи с сервером" / "No connection to the server";
    offline_text: "Проверьте сеть. То, что уже сохранено, не пропадёт; страница обновится сама, когда связь появится."
        / "Check the network. What is saved is not lost; the page refreshes itself when the connection is back.";
    unreadable_title: "Сервер ответил непонятно" / "The server's answer makes no sense";
    unreadable_text: "Обновите страницу. Если не поможет, передайте администратору время и адрес страницы."
        / "Reload the page. If that does not help, tell the administrator the time and the address of the page.";
    refused_title: "Не получилось" / "That did not work";
    refusal_title: "Эта страница не для вашей роли" / "This page is not for your role";
    refusal_role(role): "Ваша роль: {role}." / "Your role: {role}.";
    refusal_text: "Роли назначает администратор. Что видит каждая роль, сказано на странице «Кто что может»."
        / "Roles are given by the administrator. The page “Who may do what” says what each role sees.";
    refusal_who: "Кто что может" / "Who may do what";
    absent_title: "Этого здесь нет" / "It is not here";
    absent_text: "Ссылка устарела, или это вне вашей школы или муниципалитета." / "The link is out of date, or this lies outside your school or municipality.";
    not_found_title: "Такой страницы нет" / "There is no such page";
    not_found_text: "Возможно, ссылка устарела. Начните с главной страницы."
        / "The link may be out of date. Start from the home page.";
    to_home: "На главную" / "Home";
    request_id(id): "Номер обращения: {id}" / "Request: {id}";
    pupils(count): "{count} ученик" | "{count} ученика" | "{count} учеников" / "{count} pupil" | "{count} pupils";
    participants(count): "{count} участник" | "{count} участника" | "{count} участников"
        / "{count} participant" | "{count} participants";
    schools(count): "{count} школа" | "{count} школы" | "{count} школ" / "{count} school" | "{count} schools";
    works(count): "{count} работа" | "{count} работы" | "{count} работ" / "{count} work" | "{count} works";
    rows(count): "{count} строка" | "{count} строки" | "{count} строк" / "{count} row" | "{count} rows";
    subject_grade(subject, grade): "{subject}, {grade}\u{a0}класс" / "{subject}, grade\u{a0}{grade}";

    state_no_data: "работы не было" / "no test";
    state_insufficient: "данных недостаточно" / "too few pupils";
    state_calm: "спокойно" / "calm";
    state_attention: "внимание" / "attention";
    state_signs: "признаки" / "signs";

    cluster_rural_small: "Сельские, до 100 учеников" / "Rural, up to 100 pupils";
    cluster_rural: "Сельские, более 100 учеников" / "Rural, more than 100 pupils";
    cluster_urban: "Город" / "Urban";
    cluster_advanced: "Гимназии и лицеи" / "Gymnasiums and lyceums";

    procedure_vpr: "Всероссийские проверочные работы" / "National tests (VPR)";
    procedure_oge: "ОГЭ" / "State exam, grade 9";
    procedure_ege: "ЕГЭ" / "State exam, grade 11";
    procedure_regional: "Краевые диагностические работы" / "Regional diagnostic works";
    procedure_municipal: "Муниципальные диагностические работы" / "Municipal diagnostic works";
    procedure_olympiad: "Олимпиада" / "Olympiad";
    procedure_study: "Исследования и опросы" / "Studies and surveys";
    procedure_short_study: "Исследование" / "Study";
    procedure_short_vpr: "ВПР" / "VPR";
    procedure_short_regional: "КДР" / "Regional";
    procedure_short_municipal: "МДР" / "Municipal";

    role_manager: "руководитель" / "manager";
    role_coordinator: "координатор" / "coordinator";
    role_methodist: "методист" / "methodist";
    role_analyst: "аналитик" / "analyst";
    role_school_head: "директор" / "school head";
    role_school_coordinator: "школьный координатор" / "school coordinator";
    role_school_team: "управленческая команда" / "school team";
    role_registered_observer: "наблюдатель в реестре" / "observer on the register";
    role_observer: "общественный наблюдатель" / "public observer";
    role_expert: "эксперт" / "expert";
    role_regional_reader: "регион: просмотр" / "region: read only";
    role_administrator: "администратор" / "administrator";

    event_planned: "ещё не началось" / "not begun";
    event_running: "идёт" / "running";
    event_alert: "тревога" / "alert";
    event_done: "листы сданы" / "sheets handed in";

    kind_primary: "Начальная школа" / "Primary school";
    kind_basic: "Основная школа" / "Basic school";
    kind_secondary: "Средняя школа" / "Secondary school";
    kind_gymnasium: "Гимназия" / "Gymnasium";
    kind_lyceum: "Лицей" / "Lyceum";
    kind_preschool: "Детский сад" / "Preschool";
    kind_extra: "Дополнительное образование" / "Extra education";
}

/// Name of a cell's state.
pub fn state(language: Language, state: CellState) -> &'static str {
    match state {
        CellState::NoData => state_no_data(language),
        CellState::Insufficient => state_insufficient(language),
        CellState::Calm => state_calm(language),
        CellState::Attention => state_attention(language),
        CellState::Signs => state_signs(language),
    }
}

/// Name of a group of comparable schools.
pub fn cluster(language: Language, cluster: Cluster) -> &'static str {
    match cluster {
        Cluster::RuralSmall => cluster_rural_small(language),
        Cluster::Rural => cluster_rural(language),
        Cluster::Urban => cluster_urban(language),
        Cluster::Advanced => cluster_advanced(language),
    }
}

/// Full name of a kind of procedure.
pub fn procedure(language: Language, kind: ProcedureKind) -> &'static str {
    match kind {
        ProcedureKind::Vpr => procedure_vpr(language),
        ProcedureKind::Oge => procedure_oge(language),
        ProcedureKind::Ege => procedure_ege(language),
        ProcedureKind::RegionalDiagnostic => procedure_regional(language),
        ProcedureKind::MunicipalDiagnostic => procedure_municipal(language),
        ProcedureKind::Olympiad => procedure_olympiad(language),
        ProcedureKind::Study => procedure_study(language),
    }
}

/// Name of a kind of procedure for a chip.
pub fn procedure_short(language: Language, kind: ProcedureKind) -> &'static str {
    match kind {
        ProcedureKind::Vpr => procedure_short_vpr(language),
        ProcedureKind::RegionalDiagnostic => procedure_short_regional(language),
        ProcedureKind::MunicipalDiagnostic => procedure_short_municipal(language),
        ProcedureKind::Study => procedure_short_study(language),
        ProcedureKind::Oge | ProcedureKind::Ege | ProcedureKind::Olympiad => {
            procedure(language, kind)
        }
    }
}

/// Name of a role.
pub fn role(language: Language, role: Role) -> &'static str {
    match role {
        Role::Manager => role_manager(language),
        Role::Coordinator => role_coordinator(language),
        Role::Methodist => role_methodist(language),
        Role::Analyst => role_analyst(language),
        Role::SchoolHead => role_school_head(language),
        Role::SchoolCoordinator => role_school_coordinator(language),
        Role::SchoolTeam => role_school_team(language),
        Role::Observer => role_observer(language),
        Role::RegisteredObserver => role_registered_observer(language),
        Role::Expert => role_expert(language),
        Role::RegionalReader => role_regional_reader(language),
        Role::Administrator => role_administrator(language),
    }
}

/// Where an event stands.
pub fn event_state(language: Language, state: EventState) -> &'static str {
    match state {
        EventState::Planned => event_planned(language),
        EventState::Running => event_running(language),
        EventState::Alert => event_alert(language),
        EventState::Done => event_done(language),
    }
}

/// Type of an organisation.
pub fn organisation_kind(language: Language, kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::PrimarySchool => kind_primary(language),
        OrganisationKind::BasicSchool => kind_basic(language),
        OrganisationKind::SecondarySchool => kind_secondary(language),
        OrganisationKind::Gymnasium => kind_gymnasium(language),
        OrganisationKind::Lyceum => kind_lyceum(language),
        OrganisationKind::Preschool => kind_preschool(language),
        OrganisationKind::ExtraEducation => kind_extra(language),
    }
}
