//! Fills an empty database with the demo municipality, through the same functions as real writes.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;
use api::access::invitation::NewInvitation;
use api::access::session::{Grant, Role, Scope};
use api::assessment::agreement::{AgreementKind, AgreementSide, NewAgreementEntry};
use api::assessment::campaign::{CampaignStepKind, ExpertMode, PutCampaign};
use api::forms::submission::{OpenSubmission, Operation, SubmissionSubject, Submit};
use api::id::{
    AssignmentId, CampaignId, EventId, ImportId, InvitationId, MunicipalityId, OrganisationId,
    PersonId, ProcedureId, RunId, SubmissionId,
};
use api::procedures::event::{AssignmentRole, NewEvent};
use api::procedures::procedure::{NewProcedure, ProcedureKind, ProcedureLevel, ProcedurePlan};
use api::registry::organisation::{Organisation, OrganisationChange};
use api::results::import::{Import, ImportState};
use api::text::{Language, Text};
use forms::Form;
use forms::entry::{EntryContext, FormEntry};
use objectivity::data::{Enrolled, SchoolContext, Source};
use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use sha2::{Digest, Sha256};
use sync::{DeviceId, OperationId};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use super::answers::{Manner, answers};
use super::papers::{DemoPaper, papers};
use super::people::{HEADS, Holds, OBSERVER_ABOUT, OBSERVERS, OBSERVERS_SHOWN, PASSWORD, PEOPLE};
use super::results::{DemoResults, context_factors, results};
use super::schools::{BRANCH, DemoSchool, MOTHER_SCHOOL, SCHOOLS};
use super::visits;
use crate::Clock;
use crate::auth::{Passwords, Token};
use crate::rules::forms::answers::state_hash;
use crate::rules::forms::fold::{Folder, set_aside};
use crate::store::{
    Author, Municipality, NewForm, NewImport, NewPerson, NewStep, Store, StoredPaper, StoredResult,
    Write,
};

/// Seed of the demo when no other is given.
pub const SEED: u64 = 20_260_420;
/// Krasnoyarsk time, like the longitude of the invented river.
const ZONE_MINUTES: i32 = 7 * 60;
const DAY_MS: i64 = 24 * 3_600_000;

/// What was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// Name of the municipality.
    pub municipality: Text,
    /// Pupil-works stored.
    pub works: usize,
    /// People who can be entered: name, role, login.
    pub people: Vec<(String, Role, String)>,
    /// Password of all of them.
    pub password: &'static str,
    /// An invitation of an observer to a work of today: name and path of the link. Its secret is random.
    pub invitation: Option<(String, String)>,
}

/// Fills the database, unless it holds a municipality already; then `None`.
///
/// The same seed and day give the same rows, except for the hashes of passwords.
///
/// # Errors
/// Those of the store; what was stored before stays, since each part is a change of its own.
pub async fn fill(
    store: &Store,
    clock: &Clock,
    passwords: &Passwords,
    seed: u64,
) -> anyhow::Result<Option<Made>> {
    if !store.municipalities().await?.is_empty() {
        return Ok(None);
    }
    let now_ms = clock.now_ms();
    let mut demo = Demo::new(store, now_ms, seed)?;
    let name = Text::new(
        "Приреченский муниципальный округ (вымышленный)",
        "Prirechensky municipal district (invented)",
    );
    let municipality = Municipality {
        id: demo.municipality,
        name: name.clone(),
        demo: true,
        zone_minutes: ZONE_MINUTES,
    };
    crate::founding::found(store, &municipality, now_ms)
        .await?
        .commit()
        .await?;

    let papers = papers();
    let newest = demo.today.year();
    let made = {
        let papers = papers.clone();
        tokio::task::spawn_blocking(move || results(&papers, newest, seed)).await?
    };
    let hash = passwords.hash(PASSWORD.to_owned()).await?;
    let forms = crate::rules::forms::instrument::shipped()?;

    tracing::info!(works = made.works.len(), "demo: results made");
    let mut write = demo.write(None).await?;
    demo.schools(&mut write, &made).await?;
    demo.people(&mut write, &hash).await?;
    demo.procedures(&mut write).await?;
    demo.works(&mut write, &papers, &made).await?;
    demo.events(&mut write).await?;
    let details = serde_json::json!({ "seed": seed, "works": made.works.len() });
    write
        .audit(
            "demo.create",
            format!("municipality {}", demo.municipality),
            details,
        )
        .await?;
    write.commit().await?;

    tracing::info!("demo: stored");
    demo.visits(&hash).await?;
    let invitation = demo.invitations().await?;
    demo.sheets(&forms).await?;
    demo.first_case(&hash).await?;
    demo.campaign(&forms).await?;

    let run = RunId(demo.id());
    let with_role = |role: Role| {
        let found = PEOPLE.iter().position(|person| person.role == role);
        found
            .and_then(|index| demo.people.get(index).copied())
            .context("the demo has nobody with this role")
    };
    let place = super::records::Place {
        store,
        municipality: demo.municipality,
        now_ms,
        today: demo.today,
        seed,
        schools: &demo.schools,
        heads: &demo.heads,
        manager: with_role(Role::Manager)?,
        expert: with_role(Role::Expert)?,
    };
    super::records::fill(&place, &forms).await?;

    tracing::info!("demo: forms filled");
    let mut write = demo.write(None).await?;
    write.request_run(run, "demo").await?;
    write.commit().await?;
    crate::jobs::run::compute(store, clock, demo.municipality, run).await?;
    super::reviews::fill(&place, with_role(Role::Analyst)?).await?;

    tracing::info!("demo: run computed");
    let people = PEOPLE
        .iter()
        .map(|person| (person.name, person.role, person.login))
        .chain(
            OBSERVERS
                .iter()
                .map(|(name, login)| (*name, Role::Observer, *login)),
        )
        .map(|(name, role, login)| (name.to_owned(), role, login.to_owned()))
        .collect();
    Ok(Some(Made {
        municipality: name,
        works: made.works.len(),
        people,
        password: PASSWORD,
        invitation,
    }))
}

/// A planned event of the demo with its observer.
struct PlannedEvent {
    event: EventId,
    organisation: OrganisationId,
    assignment: AssignmentId,
    observer: PersonId,
    /// Days from today.
    day: i64,
    manner: Manner,
}

/// The demo under construction.
struct Demo<'store> {
    store: &'store Store,
    municipality: MunicipalityId,
    now_ms: i64,
    today: Date,
    seed: u64,
    ids: ChaCha8Rng,
    made_ids: u64,
    schools: Vec<OrganisationId>,
    people: Vec<PersonId>,
    heads: Vec<PersonId>,
    observers: Vec<PersonId>,
    procedures: BTreeMap<(ProcedureKind, i32), ProcedureId>,
    planned: Vec<PlannedEvent>,
    folder: Folder,
}

impl<'store> Demo<'store> {
    fn new(store: &'store Store, now_ms: i64, seed: u64) -> anyhow::Result<Self> {
        let local_ms = now_ms + i64::from(ZONE_MINUTES) * 60_000;
        let today = OffsetDateTime::from_unix_timestamp(local_ms / 1_000)
            .context("the clock tells an impossible time")?
            .date();
        let mut demo = Demo {
            store,
            municipality: MunicipalityId(Uuid::nil()),
            now_ms,
            today,
            seed,
            ids: ChaCha8Rng::seed_from_u64(seed ^ 0x1d5),
            made_ids: 0,
            schools: Vec::new(),
            people: Vec::new(),
            heads: Vec::new(),
            observers: Vec::new(),
            procedures: BTreeMap::new(),
            planned: Vec::new(),
            folder: Folder::default(),
        };
        demo.municipality = MunicipalityId(demo.id());
        demo.schools = SCHOOLS.iter().map(|_| OrganisationId(demo.id())).collect();
        Ok(demo)
    }

    /// The next id: version 7, so that rows lie in the order in which they are made.
    fn id(&mut self) -> Uuid {
        let mut random = [0; 10];
        self.ids.fill_bytes(&mut random);
        self.made_ids += 1;
        let day_ms = u64::try_from(self.now_ms - self.now_ms.rem_euclid(DAY_MS)).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(day_ms + self.made_ids, &random).into_uuid()
    }

    async fn write(&self, person: Option<PersonId>) -> anyhow::Result<Write> {
        let author = Author {
            municipality: self.municipality,
            person,
        };
        Ok(self.store.write(author, self.now_ms).await?)
    }

    fn date(&self, days: i64) -> String {
        let date = self.today.saturating_add(Duration::days(days));
        format!(
            "{:04}-{:02}-{:02}",
            date.year(),
            u8::from(date.month()),
            date.day()
        )
    }

    async fn schools(&mut self, write: &mut Write, made: &DemoResults) -> anyhow::Result<()> {
        // A parent must be there before its branch.
        let mut order: Vec<usize> = (0..SCHOOLS.len()).collect();
        order.sort_by_key(|&index| index == BRANCH);
        for index in order {
            let school = self.school(index, &SCHOOLS[index]);
            write.put_organisation(&school).await?;
        }
        for (year_index, enrolled) in made.enrolled.iter().enumerate() {
            let year = self.today.year() - 2 + year_index as i32;
            for (index, grades) in enrolled.iter().enumerate() {
                let mut counts: Vec<Enrolled> = (1_u8..)
                    .zip(grades)
                    .filter(|(_, pupils)| **pupils > 0)
                    .map(|(grade, pupils)| Enrolled {
                        subject: None,
                        grade: Some(grade),
                        pupils: *pupils,
                    })
                    .collect();
                counts.push(Enrolled {
                    subject: None,
                    grade: None,
                    pupils: grades.iter().sum(),
                });
                let context = SchoolContext {
                    year,
                    school: DemoSchool::code(index),
                    enrolled: counts,
                    context_index: None,
                    factors: context_factors(index, self.seed).map(Some),
                    advanced_profile: false,
                };
                write.put_context(self.schools[index], &context).await?;
            }
        }
        Ok(())
    }

    fn school(&self, index: usize, school: &DemoSchool) -> Organisation {
        let history = if index == BRANCH {
            vec![
                OrganisationChange {
                    date: "1987-09-01".to_owned(),
                    kind: "opened".to_owned(),
                    other: None,
                    order_reference: None,
                },
                OrganisationChange {
                    date: "2019-08-30".to_owned(),
                    kind: "became_branch".to_owned(),
                    other: Some(self.schools[MOTHER_SCHOOL]),
                    order_reference: Some(
                        "Постановление № 417 от 30.08.2019 (вымышлено)".to_owned(),
                    ),
                },
            ]
        } else {
            Vec::new()
        };
        Organisation {
            id: self.schools[index],
            code: DemoSchool::code(index),
            name: school.name.to_owned(),
            short_name: school.short_name.to_owned(),
            kind: school.kind,
            cluster: school.cluster,
            grades: school.grades().collect(),
            small_school: school.is_small(),
            rural: school.is_rural(),
            pupils: school.pupils,
            capacity: Some(school.capacity),
            settlement: school.settlement.to_owned(),
            place: Some(school.place),
            parent: (index == BRANCH).then(|| self.schools[MOTHER_SCHOOL]),
            history,
        }
    }

    async fn people(&mut self, write: &mut Write, hash: &str) -> anyhow::Result<()> {
        for person in PEOPLE {
            let scope = match person.holds {
                Holds::Municipality => Scope::Municipality,
                Holds::School(index) => Scope::Organisation {
                    organisation: self.schools[index],
                },
            };
            let about = Some(Text::new(person.about[0], person.about[1]));
            let id = self
                .person(write, person.name, person.login, hash, about)
                .await?;
            let grant = Grant {
                role: person.role,
                scope,
            };
            write.grant_role(id, &grant).await?;
            self.people.push(id);
        }
        for (index, (name, login)) in OBSERVERS.iter().enumerate() {
            let about =
                (index < OBSERVERS_SHOWN).then(|| Text::new(OBSERVER_ABOUT[0], OBSERVER_ABOUT[1]));
            let id = self.person(write, name, login, hash, about).await?;
            self.observers.push(id);
        }
        for (index, name) in HEADS.iter().enumerate() {
            let login = format!("head{:02}", index + 1);
            let id = self.person(write, name, &login, hash, None).await?;
            let grant = Grant {
                role: Role::SchoolHead,
                scope: Scope::Organisation {
                    organisation: self.schools[index],
                },
            };
            write.grant_role(id, &grant).await?;
            self.heads.push(id);
        }
        Ok(())
    }

    async fn person(
        &mut self,
        write: &mut Write,
        name: &str,
        login: &str,
        hash: &str,
        about: Option<Text>,
    ) -> anyhow::Result<PersonId> {
        let id = PersonId(self.id());
        let number = self.made_ids;
        write
            .put_person(&NewPerson {
                id,
                name: name.to_owned(),
                phone: Some(format!(
                    "+7 900 000-{:02}-{:02}",
                    number / 100 % 100,
                    number % 100
                )),
                language: Language::Ru,
                about,
            })
            .await?;
        write.set_login(id, login, hash.to_owned()).await?;
        Ok(id)
    }

    async fn procedures(&mut self, write: &mut Write) -> anyhow::Result<()> {
        let newest = self.today.year();
        for year in newest - 2..=newest {
            // The window of the newest test works holds today, so that something goes on in the demo.
            let window = if year == newest {
                [self.date(-24), self.date(6)]
            } else {
                [format!("{year}-04-15"), format!("{year}-05-16")]
            };
            let vpr = Text::new(
                format!("Всероссийские проверочные работы {year}"),
                format!("All-Russian test works {year}"),
            );
            self.procedure(write, ProcedureKind::Vpr, year, vpr, window)
                .await?;
            let oge = Text::new(
                format!("Основной государственный экзамен {year}"),
                format!("State exam after grade 9, {year}"),
            );
            let window = [format!("{year}-05-20"), format!("{year}-07-02")];
            self.procedure(write, ProcedureKind::Oge, year, oge, window)
                .await?;
        }
        Ok(())
    }

    async fn procedure(
        &mut self,
        write: &mut Write,
        kind: ProcedureKind,
        year: i32,
        title: Text,
        window: [String; 2],
    ) -> anyhow::Result<()> {
        let id = ProcedureId(self.id());
        let procedure = NewProcedure {
            id,
            kind,
            level: ProcedureLevel::Federal,
            title,
            year,
            window,
            plan: ProcedurePlan::default(),
        };
        write.put_procedure(&procedure).await?;
        self.procedures.insert((kind, year), id);
        Ok(())
    }

    /// Papers and results of three years; one import a year.
    async fn works(
        &mut self,
        write: &mut Write,
        papers: &[DemoPaper],
        made: &DemoResults,
    ) -> anyhow::Result<()> {
        let newest = self.today.year();
        for year in newest - 2..=newest {
            let import = ImportId(self.id());
            let rows = made.works.iter().filter(|work| work.year == year).count();
            self.import(write, import, year, rows as u32).await?;
            let mut row = 1;
            for (index, paper) in papers.iter().enumerate() {
                let stored = StoredPaper {
                    id: self.id(),
                    procedure: self.procedures[&(paper.kind, year)],
                    kind: paper.kind,
                    year,
                    subject: paper.subject.to_owned(),
                    grade: paper.grade,
                    items: paper.items.clone(),
                    max_score: paper.max_score,
                    cuts: Some(paper.cuts),
                    cuts_source: Some(Source::Federal),
                };
                write.add_paper(&stored).await?;
                let rows: Vec<StoredResult> = made
                    .works
                    .iter()
                    .filter(|work| work.year == year && work.paper == index)
                    .map(|work| {
                        row += 1;
                        StoredResult {
                            row,
                            organisation: self.schools[work.school],
                            class: work.class.clone(),
                            pupil: work.pupil.clone(),
                            booklet: Some(work.booklet.to_string()),
                            items: work.items.clone(),
                            raw_score: Some(work.raw_score),
                            mark: Some(work.mark),
                            register_mark: Some(work.register_mark),
                            prior_score: work.prior_score,
                        }
                    })
                    .collect();
                write.add_results(import, stored.id, &rows).await?;
            }
            write
                .set_import_state(import, ImportState::Confirmed, rows as u32)
                .await?;
        }
        Ok(())
    }

    async fn import(
        &self,
        write: &mut Write,
        id: ImportId,
        year: i32,
        rows: u32,
    ) -> anyhow::Result<()> {
        let file_name = format!("вымышленные-результаты-{year}.csv");
        write
            .add_import(&NewImport {
                content_hash: Sha256::digest(file_name.as_bytes()).to_vec(),
                payload: None,
                import: Import {
                    id,
                    file_name,
                    bytes: 0,
                    state: ImportState::Checked,
                    person_name: String::new(),
                    at_ms: self.now_ms,
                    structure: None,
                    preview: None,
                    problems: Vec::new(),
                    problem_count: 0,
                    error_count: 0,
                    row_count: rows,
                    same_as: None,
                },
            })
            .await?;
        Ok(())
    }

    /// Events with observers: some past ones whose sheets are in, and a round of works today.
    async fn events(&mut self, write: &mut Write) -> anyhow::Result<()> {
        const CALM: Manner = Manner {
            good: 0.97,
            critical: false,
            done: 1.0,
        };
        const POOR: Manner = Manner {
            good: 0.55,
            critical: true,
            done: 1.0,
        };
        // In order but for one thing, which waits for the school's explanation.
        const ALARM: Manner = Manner {
            good: 0.97,
            critical: true,
            done: 1.0,
        };
        /// School, subject, grade, letter, start, days from today, manner of the past sheets.
        type Plan = (
            usize,
            &'static str,
            u8,
            &'static str,
            &'static str,
            i64,
            Manner,
        );
        const PLAN: &[Plan] = &[
            (25, "math", 6, "А", "09:00", -9, POOR),
            (29, "math", 5, "А", "09:00", -8, CALM),
            (13, "russian", 7, "А", "10:00", -8, CALM),
            (24, "math", 4, "Б", "09:00", -7, CALM),
            (0, "russian", 5, "А", "09:00", -6, CALM),
            (4, "math", 8, "А", "11:00", -1, ALARM),
            (24, "russian", 6, "А", "08:30", 0, CALM),
            (4, "math", 5, "А", "09:00", 0, CALM),
            (13, "math", 8, "Б", "09:00", 0, CALM),
            (23, "biology", 5, "А", "09:00", 0, CALM),
            (29, "russian", 8, "Б", "09:20", 0, CALM),
            (1, "math", 7, "А", "09:30", 0, CALM),
            (12, "russian", 4, "А", "10:00", 0, CALM),
            (16, "math", 6, "А", "10:00", 0, CALM),
            (25, "math", 7, "В", "10:20", 0, CALM),
            (26, "russian", 5, "А", "10:40", 0, CALM),
            (20, "math", 4, "А", "11:00", 0, CALM),
            (8, "russian", 8, "А", "11:00", 0, CALM),
            (27, "math", 5, "Б", "09:00", 2, CALM),
            (22, "russian", 7, "А", "09:00", 3, CALM),
        ];
        let procedure = self.procedures[&(ProcedureKind::Vpr, self.today.year())];
        for (index, (school, subject, grade, class, start, day, manner)) in
            PLAN.iter().copied().enumerate()
        {
            let event = EventId(self.id());
            write
                .put_event(&NewEvent {
                    id: event,
                    procedure,
                    organisation: self.schools[school],
                    date: self.date(day),
                    start: start.to_owned(),
                    duration_minutes: if grade >= 7 { 90 } else { 45 },
                    subject: subject.to_owned(),
                    grade,
                    class: class.to_owned(),
                    room: (10 + index).to_string(),
                })
                .await?;
            // Today's round begins with the first observer again.
            let number = if day == 0 { index - 6 } else { index };
            let observer = self.observers[number % self.observers.len()];
            let assignment = AssignmentId(self.id());
            let assignment = write
                .assign(assignment, event, observer, AssignmentRole::Observer)
                .await?;
            let grant = Grant {
                role: Role::Observer,
                scope: Scope::Event { event },
            };
            write.grant_role(observer, &grant).await?;
            self.planned.push(PlannedEvent {
                event,
                organisation: self.schools[school],
                assignment,
                observer,
                day,
                manner,
            });
        }
        Ok(())
    }

    /// What the observers' side is filled into.
    fn ground<'a>(
        &'a self,
        hash: &'a str,
        events: &'a [(EventId, OrganisationId, PersonId)],
    ) -> visits::Ground<'a> {
        let coordinator = PEOPLE
            .iter()
            .position(|person| person.role == Role::Coordinator)
            .and_then(|index| self.people.get(index).copied());
        visits::Ground {
            store: self.store,
            coordinator: Author {
                municipality: self.municipality,
                person: coordinator,
            },
            now_ms: self.now_ms,
            schools: &self.schools,
            observers: &self.observers,
            hash,
            procedure: self.procedures[&(ProcedureKind::Vpr, self.today.year())],
            events,
            dates: [self.date(-40), self.date(320), self.date(0)],
        }
    }

    /// The register of observers, ties, papers and applications.
    async fn visits(&mut self, hash: &str) -> anyhow::Result<()> {
        let events: Vec<_> = self
            .planned
            .iter()
            .map(|plan| (plan.event, plan.organisation, plan.observer))
            .collect();
        let ids: Vec<Uuid> = (0..200).map(|_| self.id()).collect();
        let mut ids = ids.into_iter();
        visits::fill(&self.ground(hash, &events), || {
            ids.next().unwrap_or_else(Uuid::now_v7)
        })
        .await
    }

    /// One case with an explanation and its outcome.
    async fn first_case(&mut self, hash: &str) -> anyhow::Result<()> {
        let head = self
            .heads
            .get(25)
            .copied()
            .context("every school has a head")?;
        let ids = [self.id(), self.id()];
        let mut ids = ids.into_iter();
        visits::first_case(&self.ground(hash, &[]), head, || {
            ids.next().unwrap_or_else(Uuid::now_v7)
        })
        .await
    }

    /// Invites the observers of today's and coming works; returns the first link.
    async fn invitations(&mut self) -> anyhow::Result<Option<(String, String)>> {
        const VALID_DAYS: i64 = 30;
        let coordinator = PEOPLE
            .iter()
            .position(|person| person.role == Role::Coordinator)
            .and_then(|index| self.people.get(index).copied());
        let invited: Vec<(EventId, PersonId)> = self
            .planned
            .iter()
            .filter(|plan| plan.day >= 0)
            .map(|plan| (plan.event, plan.observer))
            .collect();
        let mut write = self.write(coordinator).await?;
        let mut first = None;
        for (event, person) in invited {
            let token = Token::generate(self.municipality)?;
            let new = NewInvitation {
                id: InvitationId(self.id()),
                person,
                event,
            };
            let expires_ms = self.now_ms + VALID_DAYS * DAY_MS;
            let invitation = write.invite(&new, &token, expires_ms).await?;
            first.get_or_insert_with(|| {
                let link = format!("{}#{}", api::paths::WORK_INVITATION, token.to_text());
                (invitation.person_name, link)
            });
        }
        write.commit().await?;
        Ok(first)
    }

    /// Submitted sheets of past events; today's are left to whoever tries the demo.
    async fn sheets(&mut self, forms: &[NewForm]) -> anyhow::Result<()> {
        let form = form(forms, "obs_vpr_day")?;
        let planned = std::mem::take(&mut self.planned);
        for plan in planned.iter().filter(|plan| plan.day < 0) {
            let subject = SubmissionSubject::Assignment {
                assignment: plan.assignment,
            };
            let at_ms = self.now_ms + plan.day * DAY_MS;
            self.fill_form(&form, subject, plan.observer, at_ms, plan.manner)
                .await
                .with_context(|| format!("sheet of event {}", plan.event))?;
        }
        Ok(())
    }

    /// Two campaigns of self-assessment: last year's is finished; in this year's some schools are done,
    /// some have begun, most have not, and an expert has assessed a few.
    async fn campaign(&mut self, forms: &[NewForm]) -> anyhow::Result<()> {
        let form = form(forms, "school_objectivity_self")?;
        let year = self.today.year();
        let before = [
            (0, 0.7, 1.0),
            (4, 0.6, 1.0),
            (7, 0.5, 1.0),
            (12, 0.7, 1.0),
            (13, 0.6, 1.0),
            (23, 0.8, 1.0),
            (24, 0.75, 1.0),
            (29, 0.8, 1.0),
        ];
        let last = self
            .plan(&form, year - 1, [-379, -348], ExpertMode::None)
            .await?;
        for (index, good, done) in before {
            let at_ms = self.now_ms - DAY_MS * 350;
            self.assess(&form, last.0, index, good, done, at_ms).await?;
            self.approve(last.0, index, at_ms + DAY_MS).await?;
        }
        let (id, experts) = self.plan(&form, year, [-14, 17], ExpertMode::Blind).await?;
        let schools = [
            (0, 0.8, 1.0),
            (7, 0.6, 1.0),
            (12, 0.75, 1.0),
            (23, 0.85, 1.0),
            (24, 0.7, 1.0),
            (29, 0.95, 1.0),
            (4, 0.9, 0.45),
            (13, 0.7, 0.6),
            (18, 0.6, 0.2),
            (26, 0.8, 0.3),
        ];
        for (index, good, done) in schools {
            let at_ms = self.now_ms - DAY_MS * (1 + index as i64 % 7);
            self.assess(&form, id, index, good, done, at_ms).await?;
        }
        for index in [0, 7, 12, 23, 29] {
            self.approve(id, index, self.now_ms - DAY_MS / 2).await?;
        }
        self.experts(&form, id, experts).await
    }

    /// A campaign of all schools, and its experts' campaign.
    async fn plan(
        &mut self,
        form: &ReadForm,
        year: i32,
        window: [i64; 2],
        expert: ExpertMode,
    ) -> anyhow::Result<(CampaignId, CampaignId)> {
        let (id, experts) = (CampaignId(self.id()), CampaignId(self.id()));
        let put = PutCampaign {
            title: Text::new(
                format!("Самооценка объективности, {year}"),
                format!("Self-assessment of objectivity, {year}"),
            ),
            form: [form.id.clone(), form.version.clone()],
            opens: self.date(window[0]),
            closes: self.date(window[1]),
            expert,
            reminders: vec![self.date(window[1] - 10), self.date(window[1] - 2)],
            schools: self.schools.clone(),
        };
        let mut write = self.write(None).await?;
        write.plan_campaign(id, &put, experts).await?;
        write.commit().await?;
        Ok((id, experts))
    }

    async fn assess(
        &mut self,
        form: &ReadForm,
        campaign: CampaignId,
        index: usize,
        good: f64,
        done: f64,
        at_ms: i64,
    ) -> anyhow::Result<()> {
        let subject = SubmissionSubject::Campaign {
            campaign,
            organisation: self.schools[index],
        };
        let manner = Manner {
            good,
            critical: false,
            done,
        };
        self.fill_form(form, subject, self.heads[index], at_ms, manner)
            .await
            .with_context(|| format!("self-assessment of {}", SCHOOLS[index].short_name))
    }

    /// The head signs what the team handed over.
    async fn approve(
        &mut self,
        campaign: CampaignId,
        index: usize,
        at_ms: i64,
    ) -> anyhow::Result<()> {
        let organisation = self.schools[index];
        let Some(own) = self
            .store
            .school_submission(self.municipality, campaign, organisation)
            .await?
        else {
            return Ok(());
        };
        let author = Author {
            municipality: self.municipality,
            person: Some(self.heads[index]),
        };
        let mut write = self.store.write(author, at_ms).await?;
        let input = write.fold_input(own.id).await?;
        let hash = state_hash(&self.folder.replay(&input)?.0);
        let revision = write.submission(own.id).await?.revision;
        for (kind, state) in [
            (CampaignStepKind::HandedOver, None),
            (CampaignStepKind::Approved, Some((revision, hash))),
        ] {
            let id = self.id();
            write
                .add_step(&NewStep {
                    id,
                    campaign,
                    organisation,
                    submission: Some(own.id),
                    kind,
                    name: None,
                    reason: None,
                    until: None,
                    state,
                    is_late: false,
                })
                .await?;
        }
        write
            .audit(
                "approval.create",
                format!("submission {}", own.id),
                serde_json::json!({ "revision": revision }),
            )
            .await?;
        write.commit().await?;
        Ok(())
    }

    /// The expert has assessed three schools and has three to go; about one item there is a talk.
    async fn experts(
        &mut self,
        form: &ReadForm,
        campaign: CampaignId,
        experts: CampaignId,
    ) -> anyhow::Result<()> {
        let expert = PEOPLE
            .iter()
            .position(|person| person.role == Role::Expert)
            .and_then(|index| self.people.get(index).copied())
            .context("the demo has an expert")?;
        let mut write = self.write(None).await?;
        for index in [0, 4, 7, 12, 13, 23] {
            write
                .set_expert(campaign, self.schools[index], Some(expert))
                .await?;
        }
        write.commit().await?;
        for (index, good) in [(0, 0.65), (12, 0.55), (23, 0.8)] {
            let subject = SubmissionSubject::Campaign {
                campaign: experts,
                organisation: self.schools[index],
            };
            let manner = Manner {
                good,
                critical: false,
                done: 1.0,
            };
            self.fill_form(form, subject, expert, self.now_ms - DAY_MS / 3, manner)
                .await
                .with_context(|| format!("expert at {}", SCHOOLS[index].short_name))?;
        }
        let author = Author {
            municipality: self.municipality,
            person: Some(expert),
        };
        let mut write = self.store.write(author, self.now_ms - DAY_MS / 4).await?;
        let entry = NewAgreementEntry {
            id: self.id(),
            item: "SO-1.1".to_owned(),
            kind: AgreementKind::Remark,
            value: None,
            status: None,
            body: "Посмотрел положение на сайте: порядок действий есть. Покажите, пожалуйста, когда его пересматривали (вымышленный пример).".to_owned(),
        };
        write
            .add_agreement_entry(campaign, self.schools[0], AgreementSide::Expert, &entry)
            .await?;
        write.commit().await?;
        Ok(())
    }

    /// An observer's signature: an invented flourish.
    async fn sign(
        &self,
        write: &mut Write,
        id: SubmissionId,
        person: PersonId,
    ) -> anyhow::Result<()> {
        const FLOURISH: [[u16; 2]; 9] = [
            [80, 130],
            [110, 60],
            [140, 130],
            [170, 70],
            [200, 128],
            [250, 96],
            [300, 124],
            [380, 92],
            [500, 104],
        ];
        let Some(index) = self.observers.iter().position(|own| *own == person) else {
            return Ok(());
        };
        let (name, _) = OBSERVERS[index];
        write.sign_act(id, name, &[FLOURISH.to_vec()]).await?;
        Ok(())
    }

    /// Opens a submission, answers it by operations as a tablet would, and submits it when it is done.
    async fn fill_form(
        &mut self,
        form: &ReadForm,
        subject: SubmissionSubject,
        person: PersonId,
        at_ms: i64,
        manner: Manner,
    ) -> anyhow::Result<()> {
        let author = Author {
            municipality: self.municipality,
            person: Some(person),
        };
        let new = OpenSubmission {
            id: SubmissionId(self.id()),
            subject,
        };
        let device = DeviceId(self.id());
        let mut write = self.store.write(author, at_ms).await?;
        let opening = write
            .opening(&new.subject)
            .await?
            .context("the subject of a submission")?;
        let (id, _) = write.open_submission(&new, opening).await?;
        let input = write.fold_input(id).await?;
        let changes = answers(
            &form.blank,
            input.prefill.clone(),
            input.opened_ms,
            input.zone_minutes,
            manner,
            &mut self.ids,
        );
        let mut operations = Vec::with_capacity(changes.len());
        for (index, change) in changes.iter().enumerate() {
            operations.push(Operation {
                id: OperationId(self.id()),
                device,
                sequence: index as u64 + 1,
                submission: sync::SubmissionId(id.0),
                base_revision: 0,
                at_ms: at_ms + 20_000 * index as i64,
                zone_minutes: ZONE_MINUTES as i16,
                form_version: form.version.clone(),
                change: serde_json::to_value(change)?,
            });
        }
        write
            .append(id, &operations, |operation| {
                set_aside(operation, &form.version)
            })
            .await?;
        let folded = self.folder.fold(&write.fold_input(id).await?)?;
        let submit = (manner.done >= 1.0).then(|| Submit {
            revision: operations.len() as u64,
            incomplete_reason: (!folded.open.is_empty())
                .then(|| "Часть вопросов к этой работе не относится".to_owned()),
        });
        write.note_fold(id, &folded, submit.as_ref()).await?;
        if submit.is_some() {
            write.open_cases(id, &folded.critical).await?;
            self.sign(&mut write, id, person).await?;
        }
        write
            .audit(
                if submit.is_some() {
                    "submission.submit"
                } else {
                    "submission.create"
                },
                format!("submission {id}"),
                serde_json::json!({ "revision": operations.len(), "open": folded.open.len() }),
            )
            .await?;
        write.commit().await?;
        Ok(())
    }
}

/// A shipped form, ready to be filled.
struct ReadForm {
    id: String,
    version: String,
    /// The form with nothing filled in, from which each filling starts.
    blank: FormEntry,
}

fn form(forms: &[NewForm], id: &str) -> anyhow::Result<ReadForm> {
    let shipped = forms
        .iter()
        .find(|form| form.id == id)
        .with_context(|| format!("the form {id} is not shipped"))?;
    let read: Form = serde_json::from_str(&shipped.document)?;
    Ok(ReadForm {
        id: shipped.id.clone(),
        version: shipped.version.clone(),
        blank: FormEntry::open(Arc::new(read), EntryContext::default()).0,
    })
}
