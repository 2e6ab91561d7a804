//! A municipality to put load on, stored through the same functions as real writes.

use anyhow::Context;
use api::access::session::{Grant, Role, Scope};
use api::forms::submission::SubmissionSubject;
use api::id::{
    AssignmentId, CampaignId, EventId, MunicipalityId, OrganisationId, PersonId, ProcedureId,
    SubmissionId,
};
use api::procedures::event::{AssignmentRole, NewEvent};
use api::procedures::procedure::{NewProcedure, ProcedureKind, ProcedureLevel, ProcedurePlan};
use api::registry::organisation::{Cluster, Organisation, OrganisationKind};
use api::text::{Language, Text};
use forms::Form;
use server::auth::Token;
use server::store::{Author, Lifetime, Municipality, NewCampaign, NewPerson, Store, Write};
use uuid::Uuid;

/// The year of its procedures.
pub const YEAR: i32 = 2026;
/// Time of its schools, minutes east of UTC.
pub const ZONE_MINUTES: i32 = 420;
const DAY: &str = "2026-04-15";

/// The municipality.
pub struct World {
    /// Its database.
    pub store: Store,
    /// Id.
    pub municipality: MunicipalityId,
    /// When it was founded.
    pub now_ms: i64,
    /// Schools.
    pub schools: Vec<OrganisationId>,
    procedure: ProcedureId,
    forms: Vec<server::store::NewForm>,
}

/// Somebody who fills a form.
#[derive(Clone, Debug)]
pub struct Filling {
    /// What they fill.
    pub subject: SubmissionSubject,
    /// Their session.
    pub cookie: String,
    /// The submission they will open.
    pub submission: SubmissionId,
}

impl World {
    /// Founds a municipality with schools in an empty database.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn found(database: &str, schools: usize) -> anyhow::Result<World> {
        let store = Store::open(database).await?;
        anyhow::ensure!(
            store.municipalities().await?.is_empty(),
            "the database is not empty"
        );
        let now_ms = i64::try_from(
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)?
                .as_millis(),
        )?;
        let municipality = MunicipalityId(Uuid::now_v7());
        let founded = Municipality {
            id: municipality,
            name: Text::new("Под нагрузкой", "Under load"),
            demo: true,
            zone_minutes: ZONE_MINUTES,
        };
        store.found(&founded, now_ms).await?;
        let mut world = World {
            store,
            municipality,
            now_ms,
            schools: (0..schools)
                .map(|_| OrganisationId(Uuid::now_v7()))
                .collect(),
            procedure: ProcedureId(Uuid::now_v7()),
            forms: Vec::new(),
        };
        world.forms = server::rules::forms::instrument::shipped()?;
        let mut write = world.write().await?;
        for form in &world.forms {
            write.publish_form(form).await?;
        }
        for (index, school) in world.schools.iter().enumerate() {
            write
                .put_organisation(&organisation(*school, index))
                .await?;
        }
        let procedure = NewProcedure {
            id: world.procedure,
            kind: ProcedureKind::Vpr,
            level: ProcedureLevel::Federal,
            title: Text::new("Проверочные работы", "Test works"),
            year: YEAR,
            window: ["2026-04-10".to_owned(), "2026-05-20".to_owned()],
            plan: ProcedurePlan::default(),
        };
        write.put_procedure(&procedure).await?;
        write.commit().await?;
        Ok(world)
    }

    /// A change by the system.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn write(&self) -> anyhow::Result<Write> {
        let author = Author::system(self.municipality);
        Ok(self.store.write(author, self.now_ms).await?)
    }

    /// A form that is shipped, as it was published.
    ///
    /// # Errors
    /// When there is none of that id.
    pub fn form(&self, id: &str) -> anyhow::Result<Form> {
        let known = self.forms.iter().find(|form| form.id == id);
        let known = known.with_context(|| format!("no form {id}"))?;
        Ok(serde_json::from_str(&known.document)?)
    }

    /// A signed-in person with a role: the cookie.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn person(
        &self,
        write: &mut Write,
        role: Role,
        scope: Scope,
    ) -> anyhow::Result<(PersonId, String)> {
        let id = PersonId(Uuid::now_v7());
        let person = NewPerson {
            id,
            name: format!("{role:?}"),
            phone: None,
            language: Language::Ru,
            about: None,
        };
        write.put_person(&person).await?;
        write.grant_role(id, &Grant { role, scope }).await?;
        let token = Token::generate(self.municipality)?;
        write
            .open_session(&token, id, Lifetime::invitation(24 * 3_600_000), "")
            .await?;
        Ok((id, format!("orientir={}", token.to_text())))
    }

    /// Managers of the whole municipality, each with a session of their own.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn managers(&self, count: usize) -> anyhow::Result<Vec<String>> {
        let mut write = self.write().await?;
        let mut cookies = Vec::with_capacity(count);
        for _ in 0..count {
            let (_, cookie) = self
                .person(&mut write, Role::Manager, Scope::Municipality)
                .await?;
            cookies.push(cookie);
        }
        write.commit().await?;
        Ok(cookies)
    }

    /// Observers, each with an event and a sheet of their own, spread over schools, subjects and grades.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn observers(&self, count: usize) -> anyhow::Result<Vec<Filling>> {
        let mut write = self.write().await?;
        let mut observers = Vec::with_capacity(count);
        for index in 0..count {
            let school = self.schools[index % self.schools.len()];
            let (subject, grade) = WORKS[(index / self.schools.len()) % WORKS.len()];
            let event = EventId(Uuid::now_v7());
            write
                .put_event(&NewEvent {
                    id: event,
                    procedure: self.procedure,
                    organisation: school,
                    date: DAY.to_owned(),
                    start: "10:00".to_owned(),
                    duration_minutes: 45,
                    subject: subject.to_owned(),
                    grade,
                    class: "А".to_owned(),
                    room: (index % 40 + 1).to_string(),
                })
                .await?;
            let (person, cookie) = self
                .person(&mut write, Role::Observer, Scope::Event { event })
                .await?;
            let assignment = AssignmentId(Uuid::now_v7());
            write
                .assign(assignment, event, person, AssignmentRole::Observer)
                .await?;
            observers.push(Filling {
                subject: SubmissionSubject::Assignment { assignment },
                cookie,
                submission: SubmissionId(Uuid::now_v7()),
            });
        }
        write.commit().await?;
        Ok(observers)
    }

    /// Colleagues of one school who fill one self-assessment.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn colleagues(&self, count: usize) -> anyhow::Result<Vec<Filling>> {
        let organisation = self.schools[0];
        let form = self.form(SELF_ASSESSMENT)?;
        let campaign = CampaignId(Uuid::now_v7());
        let mut write = self.write().await?;
        write
            .put_campaign(&NewCampaign {
                id: campaign,
                title: Text::new("Самооценка", "Self-assessment"),
                form: [form.id, form.version],
                opens: "2026-04-01".to_owned(),
                closes: "2027-05-31".to_owned(),
                schools: vec![organisation],
            })
            .await?;
        let submission = SubmissionId(Uuid::now_v7());
        let mut colleagues = Vec::with_capacity(count);
        for _ in 0..count {
            let scope = Scope::Organisation { organisation };
            let (_, cookie) = self.person(&mut write, Role::SchoolTeam, scope).await?;
            colleagues.push(Filling {
                subject: SubmissionSubject::Campaign {
                    campaign,
                    organisation,
                },
                cookie,
                submission,
            });
        }
        write.commit().await?;
        Ok(colleagues)
    }
}

/// The sheet of an observer.
pub const SHEET: &str = "obs_vpr_day";
/// The self-assessment of a school.
pub const SELF_ASSESSMENT: &str = "school_objectivity_self";

/// Works: the columns of a map.
pub const WORKS: [(&str, u8); 12] = [
    ("russian", 4),
    ("russian", 5),
    ("russian", 6),
    ("russian", 7),
    ("russian", 8),
    ("math", 4),
    ("math", 5),
    ("math", 6),
    ("math", 7),
    ("math", 8),
    ("history", 6),
    ("biology", 6),
];

fn organisation(id: OrganisationId, index: usize) -> Organisation {
    let number = index + 1;
    Organisation {
        id,
        code: format!("load{number:05}"),
        name: format!("Средняя общеобразовательная школа № {number}"),
        short_name: format!("СОШ № {number}"),
        kind: OrganisationKind::SecondarySchool,
        cluster: if index.is_multiple_of(3) {
            Cluster::Rural
        } else {
            Cluster::Urban
        },
        grades: (1..=11).collect(),
        small_school: false,
        rural: index.is_multiple_of(3),
        pupils: 300,
        capacity: None,
        settlement: "Посёлок".to_owned(),
        place: None,
        parent: None,
        history: Vec::new(),
    }
}
