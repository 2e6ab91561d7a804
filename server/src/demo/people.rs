//! The invented people of the demo: every role, and twelve observers.

use api::access::session::Role;

/// Where a person's role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// In the whole municipality.
    Municipality,
    /// At a school, by its index.
    School(usize),
}

/// A person of the demo.
#[derive(Clone, Copy, Debug)]
pub struct DemoPerson {
    /// Name as shown.
    pub name: &'static str,
    /// Login.
    pub login: &'static str,
    /// Role.
    pub role: Role,
    /// Where it holds.
    pub holds: Holds,
    /// What this person can show, in Russian and English.
    pub about: [&'static str; 2],
}

/// Password of everybody in the demo. It protects nothing: the data are invented, and the page offers entry by a tap.
pub const PASSWORD: &str = "orientir-demo";

macro_rules! people {
    ($($name:literal, $login:literal, $role:ident, $holds:expr, $ru:literal, $en:literal;)+) => {
        &[$(DemoPerson {
            name: $name,
            login: $login,
            role: Role::$role,
            holds: $holds,
            about: [$ru, $en],
        }),+]
    };
}

/// People with roles, in the order in which the sign-in page offers them.
pub const PEOPLE: &[DemoPerson] = people![
    "Сергей Орлов", "orlov", Manager, Holds::Municipality,
        "Смотрит карту объективности, открывает ячейки, загружает результаты.",
        "Watches the map of objectivity, opens cells, imports results.";
    "Ирина Ковалёва", "kovaleva", Coordinator, Holds::Municipality,
        "Планирует процедуры, приглашает наблюдателей, следит за днём проведения.",
        "Plans procedures, invites observers, follows the day of a procedure.";
    "Марина Фомина", "fomina", SchoolTeam, Holds::School(13),
        "Заполняет самооценку своей школы вместе с коллегами.",
        "Fills in the self-assessment of her school together with colleagues.";
    "Татьяна Лаптева", "lapteva", SchoolHead, Holds::School(4),
        "Видит ячейки своей школы и что можно проверить.",
        "Sees the cells of her own school and what can be checked.";
    "Ольга Мельникова", "melnikova", SchoolCoordinator, Holds::School(24),
        "Готовит проведение работ в своей школе.",
        "Prepares the works at her school.";
    "Павел Зимин", "zimin", Analyst, Holds::Municipality,
        "Загружает выгрузки, пересчитывает, сравнивает расчёты.",
        "Imports exports, recomputes, compares runs.";
    "Наталья Белова", "belova", Methodist, Holds::Municipality,
        "Смотрит профили заданий, чтобы помочь учителям.",
        "Looks at item profiles to help teachers.";
    "Виктор Гущин", "gushchin", Expert, Holds::Municipality,
        "Независимый эксперт по самооценке школ.",
        "Independent expert on schools' self-assessment.";
    "Анна Рогова", "rogova", RegionalReader, Holds::Municipality,
        "Видит карту района, но не ячейки школ.",
        "Sees the map of the district, but not the cells of schools.";
    "Алексей Титов", "titov", Administrator, Holds::Municipality,
        "Ведёт людей и роли, читает журнал изменений; результатов не видит.",
        "Keeps people and roles, reads the audit log; sees no results.";
    "Юлия Ковшова", "kovshova", SchoolTeam, Holds::School(13),
        "Коллега Марины Фоминой: заполняют самооценку вдвоём.",
        "A colleague of Marina Fomina: they fill in the self-assessment together.";
];

/// Observers: name and login. The first ones can be entered by a tap.
pub const OBSERVERS: &[(&str, &str)] = &[
    ("Пётр Савельев", "savelev"),
    ("Галина Дроздова", "drozdova"),
    ("Николай Шубин", "shubin"),
    ("Людмила Ершова", "ershova"),
    ("Андрей Калинин", "kalinin"),
    ("Светлана Мохова", "mokhova"),
    ("Игорь Рябов", "ryabov"),
    ("Елена Тарасова", "tarasova"),
    ("Владимир Пахомов", "pakhomov"),
    ("Нина Жукова", "zhukova"),
    ("Роман Селезнёв", "seleznev"),
    ("Вера Куликова", "kulikova"),
];

/// What an observer can show.
pub const OBSERVER_ABOUT: [&str; 2] = [
    "Заполняет лист наблюдателя на работе, которая идёт сегодня.",
    "Fills in an observer's sheet at a work that is held today.",
];

/// How many observers are offered by a tap.
pub const OBSERVERS_SHOWN: usize = 3;

/// Heads of the schools that have no other person: their names in the order of the schools.
pub const HEADS: &[&str] = &[
    "Лидия Авдеева",
    "Борис Панин",
    "Зоя Климова",
    "Юрий Лыков",
    "Тамара Седова",
    "Глеб Ерёмин",
    "Раиса Носова",
    "Вадим Осипов",
    "Алла Гришина",
    "Семён Уваров",
    "Инна Белоусова",
    "Олег Карпов",
    "Римма Трофимова",
    "Денис Астахов",
    "Полина Зуева",
    "Егор Шилов",
    "Жанна Котова",
    "Фёдор Лапин",
    "Майя Голубева",
    "Артём Суслов",
    "Эльвира Попова",
    "Кирилл Дёмин",
    "Лариса Мухина",
    "Тимофей Громов",
    "Надежда Родина",
    "Станислав Ильин",
    "Валерия Щукина",
    "Григорий Третьяков",
    "Юлия Власова",
    "Михаил Дьяков",
];
