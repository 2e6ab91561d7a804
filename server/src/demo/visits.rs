//! The observers' side of the demo: the register, training, ties, staffing, papers, one case under way.
//! Everything is invented.

use anyhow::Context;
use api::access::session::{Grant, Role, Scope};
use api::id::{ApplicationId, AttemptId, EntryId, EventId, OrderId, OrganisationId, PersonId};
use api::management::case::Resolution;
use api::observation::observer::{Accreditation, Application, ApplicationState};
use api::observation::staffing::{FamilyTie, SchoolClass, Tie};
use api::procedures::readiness::{MarkingAgreement, Order, PassportPart, PassportSection};
use api::text::{Language, Text};
use uuid::Uuid;

use super::people::OBSERVERS;
use super::schools::SCHOOLS;
use crate::rules::observation::staffing::Load;
use crate::store::{Author, NewPerson, ObserverProfile, Store, Write};

/// Teachers of the demo: name, school, subject and class taught.
const TEACHERS: &[(&str, usize, &str, u8, &str)] = &[
    ("Мария Снегирёва", 24, "russian", 6, "А"),
    ("Дарья Ветрова", 24, "math", 6, "А"),
    ("Яна Полозова", 24, "biology", 5, "Б"),
    ("Константин Рощин", 27, "math", 5, "Б"),
    ("Ульяна Громова", 27, "russian", 8, "А"),
    ("Зинаида Листова", 27, "history", 7, "Б"),
    ("Оксана Пашкова", 22, "russian", 7, "А"),
    ("Леонид Ручьёв", 22, "math", 9, "А"),
];

/// Class in which a child learns: index of the school, grade, letter.
type ChildClass = (usize, u8, &'static str);

/// Observers on the register without an event of their own: name, login, settlement, where a child learns.
const RESERVES: &[(&str, &str, &str, Option<ChildClass>)] = &[
    ("Антонина Вешнякова", "veshnyakova", "г. Приреченск", None),
    (
        "Геннадий Лужин",
        "luzhin",
        "г. Приреченск",
        Some((27, 5, "Б")),
    ),
    (
        "Евдокия Маслова",
        "maslova",
        "с. Луговое",
        Some((22, 3, "А")),
    ),
    ("Прохор Кедров", "kedrov", "с. Берёзовка", None),
];

/// What was made before and is filled in here.
pub struct Ground<'a> {
    /// Database.
    pub store: &'a Store,
    /// Who coordinates.
    pub coordinator: Author,
    /// Now, ms.
    pub now_ms: i64,
    /// Schools in the order of the demo.
    pub schools: &'a [OrganisationId],
    /// Observers in the order of the demo.
    pub observers: &'a [PersonId],
    /// Hash of the demo's password.
    pub hash: &'a str,
    /// The newest procedure of test works.
    pub procedure: api::id::ProcedureId,
    /// Events with their observers: event, school, observer.
    pub events: &'a [(EventId, OrganisationId, PersonId)],
    /// First day of validity, last day, today.
    pub dates: [String; 3],
}

/// Fills the register and the papers.
///
/// # Errors
/// Those of the store.
pub async fn fill(ground: &Ground<'_>, mut id: impl FnMut() -> Uuid) -> anyhow::Result<()> {
    let mut write = ground
        .store
        .write(ground.coordinator, ground.now_ms)
        .await?;
    for (index, person) in ground.observers.iter().enumerate() {
        let settlement = SCHOOLS[(index * 5 + 23) % SCHOOLS.len()].settlement;
        register(&mut write, ground, *person, index, settlement, id()).await?;
    }
    for (index, (name, login, settlement, child)) in RESERVES.iter().enumerate() {
        let person = PersonId(id());
        write
            .put_person(&NewPerson {
                id: person,
                name: (*name).to_owned(),
                phone: Some(format!("+7 900 000-07-{:02}", index + 1)),
                language: Language::Ru,
                about: (index == 0).then(|| {
                    Text::new(
                        "В реестре наблюдателей: подписывает заявления, проходит обучение.",
                        "On the register of observers: signs declarations, takes the training.",
                    )
                }),
            })
            .await?;
        write
            .set_login(person, login, ground.hash.to_owned())
            .await?;
        write
            .grant_role(
                person,
                &Grant {
                    role: Role::RegisteredObserver,
                    scope: Scope::Municipality,
                },
            )
            .await?;
        let number = OBSERVERS.len() + index;
        register(&mut write, ground, person, number, settlement, id()).await?;
        if let Some((school, grade, letter)) = child {
            let tie = FamilyTie {
                id: api::id::TieId(id()),
                tie: Tie::Child,
                organisation: ground.schools[*school],
                class: Some(SchoolClass {
                    grade: *grade,
                    letter: (*letter).to_owned(),
                }),
            };
            write.add_tie(person, &tie).await?;
        }
    }
    for (index, (name, school, subject, grade, letter)) in TEACHERS.iter().enumerate() {
        let person = PersonId(id());
        write
            .put_person(&NewPerson {
                id: person,
                name: (*name).to_owned(),
                phone: Some(format!("+7 900 000-08-{:02}", index + 1)),
                language: Language::Ru,
                about: None,
            })
            .await?;
        let load = Load {
            organisation: ground.schools[*school],
            subject: (*subject).to_owned(),
            class: (*grade, (*letter).to_owned()),
        };
        write.put_load(id(), person, &load).await?;
    }
    papers(&mut write, ground, &mut id).await?;
    applications(&mut write, &mut id).await?;
    write
        .audit(
            "demo.create",
            "observers".to_owned(),
            serde_json::json!({ "observers": ground.observers.len() + RESERVES.len() }),
        )
        .await?;
    write.commit().await?;
    Ok(())
}

async fn register(
    write: &mut Write,
    ground: &Ground<'_>,
    person: PersonId,
    index: usize,
    settlement: &str,
    id: Uuid,
) -> anyhow::Result<()> {
    let [from, until, today] = &ground.dates;
    let year = today.get(..4).context("a date begins with its year")?;
    write
        .put_observer(
            person,
            &ObserverProfile {
                settlement: settlement.to_owned(),
                languages: if index.is_multiple_of(3) {
                    "английский"
                } else {
                    ""
                }
                .to_owned(),
                accreditation: Some(Accreditation {
                    number: format!("ОН-{year}-{:03}", index + 1),
                    from: from.clone(),
                    until: until.clone(),
                }),
            },
        )
        .await?;
    write
        .certify(AttemptId(id), person, from, until, [11, 12])
        .await?;
    Ok(())
}

/// Passport, orders, agreements and declarations of the events that are staffed already.
async fn papers(
    write: &mut Write,
    ground: &Ground<'_>,
    id: &mut impl FnMut() -> Uuid,
) -> anyhow::Result<()> {
    let sections = [
        (
            PassportSection::Concept,
            "Материалы федеральные, приходят в день работы; школа их не меняет.",
        ),
        (
            PassportSection::Uniformity,
            "Один порядок для всех школ; материалы печатает ответственный, хранит в сейфе.",
        ),
        (
            PassportSection::Specialists,
            "Организаторы и проверяющие прошли инструктаж, списки в приказах школ.",
        ),
        (
            PassportSection::Impartiality,
            "Учитель предмета не организует и не проверяет свой класс; наблюдатели подписывают заявления.",
        ),
    ];
    for (section, content) in sections {
        let part = PassportPart {
            section,
            content: content.to_owned(),
        };
        write.put_passport(ground.procedure, &part).await?;
    }
    let date = &ground.dates[0];
    let mut order = async |organisation: Option<OrganisationId>, number: String| {
        let new = Order {
            id: OrderId(id()),
            procedure: ground.procedure,
            organisation,
            number,
            date: date.clone(),
            title: "О проведении всероссийских проверочных работ (вымышлено)".to_owned(),
        };
        write.put_order(&new).await
    };
    order(None, "112".to_owned()).await?;
    let mut named = Vec::new();
    for (_, school, _) in ground.events {
        if !named.contains(school) {
            order(Some(*school), format!("{}-о", 30 + named.len())).await?;
            named.push(*school);
        }
    }
    // The last two events are still being prepared.
    let staffed = ground.events.len().saturating_sub(2);
    for (event, _, observer) in &ground.events[..staffed] {
        write.declare(*event, *observer, None).await?;
        let agreement = MarkingAgreement {
            date: date.clone(),
            participants: "Проверяющие школы и муниципальный методист".to_owned(),
            decisions: "Разобраны критерии и спорные ответы; проверка без имён.".to_owned(),
        };
        write.put_agreement(*event, &agreement).await?;
    }
    for (event, _, observer) in &ground.events[staffed..] {
        write.declare(*event, *observer, None).await?;
    }
    Ok(())
}

async fn applications(write: &mut Write, id: &mut impl FnMut() -> Uuid) -> anyhow::Result<()> {
    for (name, settlement, about, interests) in [
        (
            "Клавдия Ильинична Воронцова",
            "с. Полевое",
            "Библиотекарь, двадцать лет работаю с детьми.",
            "нет",
        ),
        (
            "Матвей Олегович Стрижов",
            "г. Приреченск",
            "Инженер, родитель. Хочу, чтобы оценки были честными.",
            "Сын учится в СОШ № 7.",
        ),
    ] {
        write
            .apply(&Application {
                id: ApplicationId(id()),
                name: name.to_owned(),
                phone: "+7 900 000-09-00".to_owned(),
                settlement: settlement.to_owned(),
                languages: String::new(),
                about: about.to_owned(),
                interests: interests.to_owned(),
                consent_ms: write.now_ms(),
                state: ApplicationState::New,
                reason: None,
            })
            .await?;
    }
    Ok(())
}

/// Lets the school explain the first case and the coordinator answer, so that a timeline can be seen; the
/// other cases wait.
///
/// # Errors
/// Those of the store.
pub async fn first_case(
    ground: &Ground<'_>,
    head: PersonId,
    mut id: impl FnMut() -> Uuid,
) -> anyhow::Result<()> {
    const HOUR_MS: i64 = 3_600_000;
    let municipality = ground.coordinator.municipality;
    let cases = ground.store.cases(municipality, ground.now_ms).await?;
    let Some(oldest) = cases.last().map(|case| case.case.id) else {
        return Ok(());
    };
    let school = Author {
        municipality,
        person: Some(head),
    };
    let mut write = ground
        .store
        .write(school, ground.now_ms - 30 * HOUR_MS)
        .await?;
    write
        .answer_case(
            oldest,
            EntryId(id()),
            "Организатора заменили в последний момент из-за болезни, замена не была оформлена приказом. Приказ оформлен, порядок замены внесён в памятку.",
        )
        .await?;
    write.commit().await?;
    let mut write = ground
        .store
        .write(ground.coordinator, ground.now_ms - 6 * HOUR_MS)
        .await?;
    write
        .react_to_case(
            oldest,
            EntryId(id()),
            "Спасибо за пояснение. Методист приедет и поможет подготовить резерв организаторов; на следующую работу назначен второй наблюдатель.",
            Some(Resolution::Help),
        )
        .await?;
    write.commit().await?;
    Ok(())
}
