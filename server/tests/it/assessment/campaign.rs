//! Campaigns of teams: announcing, approval and lock, comments, experts, agreement, documents.

use api::access::session::{Role, Scope};
use api::assessment::agreement::{Agreement, AgreementStage, CampaignAgreement};
use api::assessment::approval::Standing;
use api::assessment::campaign::{
    Campaign, CampaignProgress, CampaignStepKind, ExpertMode, PutCampaign,
};
use api::assessment::campaign_result::CampaignResults;
use api::assessment::expert::{ExpertAssessment, ExpertCandidate};
use api::forms::comment::{CommentList, Mention};
use api::forms::submission::{OperationsReceipt, Submission, SubmissionState};
use api::id::{CampaignId, OrganisationId, PersonId, SubmissionId};
use api::text::Text;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::Author;
use uuid::Uuid;

use crate::forms::submission::{operation, path_of, put};
use crate::world::{Answer, World, fact};

const FORM: &str = "school_objectivity_self";

/// A campaign that has not begun at noon of the world.
pub fn put_campaign(schools: &[OrganisationId]) -> Value {
    json!({
        "title": { "ru": "Самооценка осенью", "en": "Self-assessment in autumn" },
        "form": [FORM, "1.0.0"],
        "opens": "2026-09-01", "closes": "2026-10-15", "expert": "blind",
        "reminders": ["2026-10-01", "2026-10-12"], "schools": schools,
    })
}

/// Plans experts for the world's campaign at home and gives the own school to one: the experts' campaign.
pub async fn assign_expert(world: &World, person: PersonId) -> CampaignId {
    plan(world, ExpertMode::Blind, person).await
}

async fn plan(world: &World, expert: ExpertMode, person: PersonId) -> CampaignId {
    let home = &world.home;
    let author = Author::system(home.municipality);
    let mut write = world
        .store
        .write(author, world.now_ms())
        .await
        .expect("write");
    let put = PutCampaign {
        title: Text::new("Самооценка 2026", "Self-assessment 2026"),
        form: [FORM.to_owned(), "1.0.0".to_owned()],
        opens: "2026-04-01".into(),
        closes: "2026-05-31".into(),
        expert,
        reminders: Vec::new(),
        schools: vec![home.own_school, home.other_school],
    };
    let experts = CampaignId(Uuid::now_v7());
    write
        .plan_campaign(home.campaign, &put, experts)
        .await
        .expect("plan");
    write
        .set_expert(home.campaign, home.own_school, Some(person))
        .await
        .expect("expert");
    write.commit().await.expect("commit");
    world
        .store
        .campaigns(
            home.municipality,
            &server::auth::Reach::Municipality,
            Some(home.campaign),
        )
        .await
        .expect("campaigns")[0]
        .plan
        .expert_campaign
        .expect("experts are planned")
}

pub async fn open(world: &World, cookie: &str, campaign: CampaignId) -> Submission {
    let subject = json!({
        "kind": "campaign", "campaign": campaign, "organisation": world.home.own_school,
    });
    let body = json!({ "id": Uuid::now_v7(), "subject": subject });
    let answer = world.post("/api/v1/submissions", cookie, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

/// Answers items by their names and hands over.
pub async fn fill(world: &World, cookie: &str, id: SubmissionId, answers: &[(&str, &str)]) {
    let device = Uuid::now_v7();
    let operations: Vec<Value> = (1..)
        .zip(answers)
        .map(|(number, (item, value))| operation(id, device, number, &path_of(FORM, item), value))
        .collect();
    let answer = put(world, cookie, id, &operations).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let body = json!({ "revision": 1_000, "incomplete_reason": "остальное не относится" });
    let answer = world.post(&api::paths::submit(id), cookie, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

async fn standing(world: &World, cookie: &str, id: SubmissionId) -> Standing {
    let answer = world.get(&api::paths::standing(id), cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

pub async fn approve(world: &World, head: &str, id: SubmissionId) -> Answer {
    let now = standing(world, head, id).await;
    let body = json!({
        "id": Uuid::now_v7(), "revision": now.revision, "state_hash": now.state_hash, "reading": "opened",
        "name": "Лаптева Татьяна Юрьевна",
    });
    world.post(&api::paths::approval(id), head, body).await
}

/// Head and team of the own school, with the team's answers handed over.
pub async fn handed_over(
    world: &World,
    answers: &[(&str, &str)],
) -> (String, String, SubmissionId) {
    let head = world.home_person(Role::SchoolHead).await;
    let team = world.home_person(Role::SchoolTeam).await;
    let id = open(world, &team, world.home.campaign).await.id;
    fill(world, &team, id, answers).await;
    (head, team, id)
}

fact!(
    async fn a_campaign_is_announced_once_and_changed_until_it_begins(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = Uuid::now_v7();
        let body = json!({ "id": id, "campaign": put_campaign(&[world.home.own_school]) });
        let first = world
            .post("/api/v1/campaigns", &coordinator, body.clone())
            .await;
        assert_eq!(first.status, StatusCode::OK, "{}", first.text);
        let again = world.post("/api/v1/campaigns", &coordinator, body).await;
        assert_eq!(first.json(), again.json());
        let campaign: Campaign = first.parse();
        assert_eq!(campaign.plan.expert, ExpertMode::Blind);
        assert_eq!(campaign.plan.reminders, ["2026-10-01", "2026-10-12"]);
        let path = api::paths::campaign(campaign.id);
        let mut changed = put_campaign(&[world.home.own_school, world.home.other_school]);
        changed["closes"] = json!("2026-10-20");
        let answer = world.put(&path, &coordinator, changed.clone()).await;
        let after: Campaign = answer.parse();
        assert_eq!(
            (after.closes.as_str(), after.schools.len()),
            ("2026-10-20", 2)
        );
        assert_eq!(after.plan.expert_campaign, campaign.plan.expert_campaign);
        world.wait(150 * 24 * 3_600_000);
        let late = world.home_person(Role::Coordinator).await;
        let refused = world.put(&path, &late, changed).await;
        assert_eq!(refused.code(), "campaign.begun");
        let list: Vec<Campaign> = world.get("/api/v1/campaigns", &late).await.parse();
        assert_eq!(
            list.len(),
            2,
            "the experts' campaign is no campaign of schools"
        );
    }
);

fact!(
    async fn nobody_begins_before_the_first_day(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = CampaignId(Uuid::now_v7());
        let body = json!({ "id": id, "campaign": put_campaign(&[world.home.own_school]) });
        let announced = world.post("/api/v1/campaigns", &coordinator, body).await;
        assert_eq!(announced.status, StatusCode::OK, "{}", announced.text);
        let new = json!({
            "id": Uuid::now_v7(),
            "subject": { "kind": "campaign", "campaign": id, "organisation": world.home.own_school },
        });
        let team = world.home_person(Role::SchoolTeam).await;
        let early = world.post("/api/v1/submissions", &team, new.clone()).await;
        assert_eq!(
            (early.status, early.code()),
            (StatusCode::CONFLICT, "campaign.not_begun".into())
        );
        assert!(early.text.contains("01.09.2026"), "{}", early.text);
        world.wait(150 * 24 * 3_600_000);
        let team = world.home_person(Role::SchoolTeam).await;
        let opened = world.post("/api/v1/submissions", &team, new).await;
        assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    }
);

fact!(
    async fn a_reminder_outside_the_window_is_named(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let mut campaign = put_campaign(&[world.home.own_school]);
        campaign["reminders"] = json!(["2026-11-01"]);
        let body = json!({ "id": Uuid::now_v7(), "campaign": campaign });
        let answer = world.post("/api/v1/campaigns", &coordinator, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            answer.json()["fields"][0]["code"],
            "campaign.reminder_outside"
        );
    }
);

fact!(
    async fn the_head_signs_what_was_seen_and_later_answers_are_set_aside(world: World) {
        let (head, team, id) = handed_over(&world, &[("SO-1.1", "2"), ("SO-1.2", "1")]).await;
        let before = standing(&world, &head, id).await;
        assert_eq!(before.progress, CampaignProgress::Submitted);
        let stale = json!({
            "id": Uuid::now_v7(), "revision": before.revision, "state_hash": "0".repeat(64), "reading": "opened",
            "name": "Лаптева",
        });
        let refused = world.post(&api::paths::approval(id), &head, stale).await;
        assert_eq!(refused.code(), "submission.changed");
        let answer = approve(&world, &head, id).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let signed: Standing = answer.parse();
        assert_eq!(signed.progress, CampaignProgress::Approved);
        let step = signed.steps.last().expect("a step");
        assert_eq!(step.kind, CampaignStepKind::Approved);
        assert_eq!(step.name, "Лаптева Татьяна Юрьевна");
        assert_eq!(step.state_hash.as_ref(), Some(&before.state_hash));

        let late = operation(id, Uuid::now_v7(), 1, &path_of(FORM, "SO-1.1"), "3");
        let receipt: OperationsReceipt = put(&world, &team, id, &[late]).await.parse();
        assert_eq!(receipt.receipt.through, 1, "it is kept");
        assert_eq!(receipt.receipt.set_aside[0].code, "locked");
        let after = standing(&world, &team, id).await;
        assert_eq!(
            after.state_hash, before.state_hash,
            "what was signed stands"
        );
        assert_eq!(after.set_aside[0].value.as_deref(), Some("3"));
        let whole: Submission = world.get(&api::paths::submission(id), &team).await.parse();
        assert_eq!(whole.operations.len(), 3);
        assert_eq!(whole.set_aside.len(), 1);
    }
);

fact!(
    async fn unlocking_needs_a_reason_that_everybody_of_the_school_sees(world: World) {
        let (head, team, id) = handed_over(&world, &[("SO-1.1", "2")]).await;
        approve(&world, &head, id).await;
        let path = api::paths::unlock(id);
        let blank = json!({ "id": Uuid::now_v7(), "reason": "  " });
        let refused = world.post(&path, &head, blank).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = json!({ "id": Uuid::now_v7(), "reason": "Ошиблись в пункте 1.1" });
        let forbidden = world.post(&path, &team, body.clone()).await;
        assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
        let once = world.post(&path, &head, body.clone()).await;
        let twice = world.post(&path, &head, body).await;
        assert_eq!(once.json(), twice.json());
        let now = standing(&world, &team, id).await;
        assert_eq!(now.progress, CampaignProgress::Returned);
        let last = now.steps.last().expect("a step");
        assert_eq!(last.reason.as_deref(), Some("Ошиблись в пункте 1.1"));
        let whole: Submission = world.get(&api::paths::submission(id), &team).await.parse();
        assert_eq!(whole.state, SubmissionState::Draft);
        assert!(
            whole.score.is_some(),
            "the score that was signed stays in the history"
        );
        fill(&world, &team, id, &[("SO-1.1", "1")]).await;
        assert_eq!(approve(&world, &head, id).await.status, StatusCode::OK);
        let kinds: Vec<CampaignStepKind> = standing(&world, &head, id)
            .await
            .steps
            .iter()
            .map(|step| step.kind)
            .collect();
        assert_eq!(
            kinds,
            [
                CampaignStepKind::HandedOver,
                CampaignStepKind::Approved,
                CampaignStepKind::Unlocked,
                CampaignStepKind::HandedOver,
                CampaignStepKind::Approved
            ]
        );
    }
);

fact!(
    async fn after_the_last_date_a_signature_needs_a_reason_or_more_time(world: World) {
        let (_, _, id) = handed_over(&world, &[("SO-1.1", "2")]).await;
        world.wait(60 * 24 * 3_600_000);
        let head = world.home_person(Role::SchoolHead).await;
        let refused = approve(&world, &head, id).await;
        assert_eq!(
            refused.json()["fields"][0]["field"],
            "late_reason",
            "{}",
            refused.text
        );
        let coordinator = world.home_person(Role::Coordinator).await;
        let path = api::paths::campaign_extension(world.home.campaign, world.home.own_school);
        let body = json!({ "id": Uuid::now_v7(), "until": "2026-06-30", "reason": "Ремонт связи" });
        let extended = world.post(&path, &coordinator, body).await;
        assert_eq!(extended.status, StatusCode::OK, "{}", extended.text);
        assert_eq!(approve(&world, &head, id).await.status, StatusCode::OK);
        let campaign: Campaign = world
            .get(&api::paths::campaign(world.home.campaign), &coordinator)
            .await
            .parse();
        let own = &campaign
            .schools
            .iter()
            .find(|s| s.organisation == world.home.own_school);
        assert_eq!(
            own.expect("the school").until.as_deref(),
            Some("2026-06-30")
        );
    }
);

fact!(
    async fn the_coordinator_sees_states_and_returns_with_a_reason(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let team = world.home_person(Role::SchoolTeam).await;
        let id = open(&world, &team, world.home.campaign).await.id;
        let path = api::paths::campaign_return(world.home.campaign, world.home.own_school);
        let body = json!({ "id": Uuid::now_v7(), "reason": "Нет подтверждений" });
        let early = world.post(&path, &coordinator, body.clone()).await;
        assert_eq!(early.code(), "campaign.not_handed_over");
        let draft = world.get(&api::paths::submission(id), &coordinator).await;
        assert_eq!(
            draft.status,
            StatusCode::NOT_FOUND,
            "a draft is the school's own"
        );
        fill(&world, &team, id, &[("SO-1.1", "2")]).await;
        let results = api::paths::campaign_results(world.home.campaign);
        let found: CampaignResults = world.get(&results, &coordinator).await.parse();
        assert!(found.schools.iter().all(|school| school.cells.is_empty()));
        let back = world.post(&path, &coordinator, body).await;
        let campaign: Campaign = back.parse();
        let own = campaign
            .schools
            .iter()
            .find(|school| school.organisation == world.home.own_school)
            .expect("the school");
        assert_eq!(own.progress, CampaignProgress::Returned);
        fill(&world, &team, id, &[("SO-1.1", "1")]).await;
        let head = world.home_person(Role::SchoolHead).await;
        approve(&world, &head, id).await;
        let found: CampaignResults = world.get(&results, &coordinator).await.parse();
        let names: Vec<&str> = found.schools.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["Другая", "Своя"], "by name");
        assert_eq!(found.schools[1].cells.len(), 6);
        let workbook = world
            .get(
                &api::paths::campaign_workbook(world.home.campaign),
                &coordinator,
            )
            .await;
        assert!(workbook.text.starts_with("PK"), "a workbook is an archive");
    }
);

fact!(
    async fn a_mention_waits_for_the_colleague_until_answered(world: World) {
        let scope = crate::world::scope_of(Role::SchoolTeam, &world.home);
        let place = world.home.clone();
        let (_, asks) = world.person(&place, Role::SchoolTeam, scope).await;
        let (asked, answers) = world.person(&place, Role::SchoolTeam, scope).await;
        let other = Scope::Organisation {
            organisation: place.other_school,
        };
        let (stranger, outside) = world.person(&place, Role::SchoolTeam, other).await;
        let id = open(&world, &asks, place.campaign).await.id;
        let path = api::paths::comments(id);
        let comment = |mention: PersonId| {
            json!({
                "id": Uuid::now_v7(), "question": "D1/SO-1.1", "kind": "comment",
                "body": "Где протокол?", "mentions": [mention], "at_ms": 1,
            })
        };
        let refused = world.post(&path, &asks, comment(stranger)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = comment(asked);
        let once = world.post(&path, &asks, new.clone()).await;
        let twice = world.post(&path, &asks, new.clone()).await;
        assert_eq!(once.json(), twice.json());
        let mentions: Vec<Mention> = world.get("/api/v1/mentions", &answers).await.parse();
        assert_eq!(mentions.len(), 1);
        assert_eq!(mentions[0].body, "Где протокол?");
        assert_eq!(world.get("/api/v1/mentions", &asks).await.json(), json!([]));
        let foreign = world.get(&path, &outside).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let reply = json!({
            "id": Uuid::now_v7(), "question": "D1/SO-1.1", "kind": "comment", "body": "У завуча.",
            "thread": new["id"], "mentions": [], "at_ms": 2,
        });
        world.post(&path, &answers, reply).await;
        assert_eq!(
            world.get("/api/v1/mentions", &answers).await.json(),
            json!([])
        );
        let list: CommentList = world.get(&path, &asks).await.parse();
        assert_eq!(list.comments.len(), 2);
        assert_eq!(list.comments[1].thread, list.comments[0].id);
    }
);

fact!(
    async fn a_blind_expert_sees_the_school_only_after_the_own_word(world: World) {
        let (head, team, school) = handed_over(&world, &[("SO-1.1", "3"), ("SO-1.2", "1")]).await;
        approve(&world, &head, school).await;
        let (person, expert) = world
            .person(&world.home.clone(), Role::Expert, Scope::Municipality)
            .await;
        let experts = plan(&world, ExpertMode::Blind, person).await;
        let hidden = world.get(&api::paths::submission(school), &expert).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        let own = open(&world, &expert, experts).await;
        assert_eq!(own.previous, None, "nothing of the school shows through");
        let background = world.get(&api::paths::background(own.id), &expert).await;
        assert_eq!(background.json()["previous"], Value::Null);
        let unseen = world.get(&api::paths::submission(own.id), &head).await;
        assert_eq!(unseen.status, StatusCode::NOT_FOUND, "blind both ways");
        let path = api::paths::agreement(world.home.campaign, world.home.own_school);
        let waiting: Agreement = world.get(&path, &expert).await.parse();
        assert_eq!(waiting.stage, AgreementStage::WaitsForExpert);
        assert_eq!(waiting.items, []);
        fill(&world, &expert, own.id, &[("SO-1.1", "1"), ("SO-1.2", "2")]).await;
        let shown = world.get(&api::paths::submission(school), &expert).await;
        assert_eq!(shown.status, StatusCode::OK);
        let list: Vec<ExpertAssessment> = world
            .get("/api/v1/expert-assessments", &expert)
            .await
            .parse();
        assert_eq!(list[0].school_submission, Some(school));

        // What both chose is compared; that level 3 has no evidence is told apart.
        let found: Agreement = world.get(&path, &team).await.parse();
        assert_eq!(found.stage, AgreementStage::Dialogue);
        let disputed: Vec<&str> = found
            .items
            .iter()
            .filter(|item| item.disagrees)
            .map(|item| item.item.as_str())
            .collect();
        assert_eq!(disputed, ["SO-1.1", "SO-1.2"]);
        let first = &found.items[0];
        assert_eq!((first.school, first.school_counted), (Some(3.0), Some(1.0)));
        let change = operation(own.id, Uuid::now_v7(), 1, &path_of(FORM, "SO-1.2"), "1");
        let receipt: OperationsReceipt = put(&world, &expert, own.id, &[change]).await.parse();
        assert_eq!(receipt.receipt.set_aside[0].code, "locked");
    }
);

fact!(
    async fn an_open_expert_sees_approved_answers_and_no_draft(world: World) {
        let (head, _, school) = handed_over(&world, &[("SO-1.1", "3")]).await;
        let (person, expert) = world
            .person(&world.home.clone(), Role::Expert, Scope::Municipality)
            .await;
        plan(&world, ExpertMode::Open, person).await;
        let path = api::paths::submission(school);
        assert_eq!(
            world.get(&path, &expert).await.status,
            StatusCode::NOT_FOUND
        );
        approve(&world, &head, school).await;
        assert_eq!(world.get(&path, &expert).await.status, StatusCode::OK);
    }
);

fact!(
    async fn a_linked_expert_cannot_be_assigned(world: World) {
        let coordinator = world.home_person(Role::Coordinator).await;
        let place = world.home.clone();
        let (first, _) = world
            .person(&place, Role::Expert, Scope::Municipality)
            .await;
        plan(&world, ExpertMode::Blind, first).await;
        let (linked, cookie) = world
            .person(&place, Role::Expert, Scope::Municipality)
            .await;
        let interest = json!({
            "id": Uuid::now_v7(), "organisation": place.own_school, "kind": "relative_of_staff",
        });
        let declared = world.post("/api/v1/interests", &cookie, interest).await;
        assert_eq!(declared.status, StatusCode::OK, "{}", declared.text);
        let path = api::paths::campaign_expert(place.campaign, place.own_school);
        let refused = world
            .put(&path, &coordinator, json!({ "person": linked }))
            .await;
        assert_eq!(refused.code(), "expert.conflict");
        let other = api::paths::campaign_expert(place.campaign, place.other_school);
        let given = world
            .put(&other, &coordinator, json!({ "person": linked }))
            .await;
        let people: Vec<ExpertCandidate> = given.parse();
        let own = people
            .iter()
            .find(|one| one.person == linked)
            .expect("listed");
        assert_eq!(own.schools, [place.other_school]);
        assert_eq!(own.conflicts[0].rule, "CR-11");
    }
);

fact!(
    async fn a_level_is_agreed_by_both_sides_and_both_originals_stay(world: World) {
        let (head, team, school) = handed_over(&world, &[("SO-1.1", "0"), ("SO-1.2", "1")]).await;
        approve(&world, &head, school).await;
        let (person, expert) = world
            .person(&world.home.clone(), Role::Expert, Scope::Municipality)
            .await;
        let experts = plan(&world, ExpertMode::Blind, person).await;
        let own = open(&world, &expert, experts).await.id;
        fill(&world, &expert, own, &[("SO-1.1", "2"), ("SO-1.2", "1")]).await;
        let path = api::paths::agreement(world.home.campaign, world.home.own_school);
        let entry = |kind: &str, value: Value| {
            json!({
                "id": Uuid::now_v7(), "item": "SO-1.1", "kind": kind, "value": value,
                "body": "Смотрели положение",
            })
        };
        let lonely = world
            .post(&path, &team, entry("acceptance", json!(1)))
            .await;
        assert_eq!(lonely.code(), "agreement.nothing_proposed");
        let proposal = entry("proposal", json!(1));
        let once = world.post(&path, &team, proposal.clone()).await;
        let twice = world.post(&path, &team, proposal).await;
        assert_eq!(once.json(), twice.json());
        let own_acceptance = world
            .post(&path, &team, entry("acceptance", json!(1)))
            .await;
        assert_eq!(own_acceptance.code(), "agreement.nothing_proposed");
        let accepted = world
            .post(&path, &expert, entry("acceptance", json!(1)))
            .await;
        let found: Agreement = accepted.parse();
        let item = &found.items[0];
        assert_eq!(
            (item.school, item.expert, item.agreed),
            (Some(0.0), Some(2.0), Some(1.0))
        );
        assert_eq!(found.stage, AgreementStage::Agreed);
        let manager = world.home_person(Role::Manager).await;
        let all: CampaignAgreement = world
            .get(&api::paths::agreements(world.home.campaign), &manager)
            .await
            .parse();
        assert_eq!((all.kappa.pairs, all.kappa.equal), (2, 1));
        assert_eq!(
            (all.schools[0].disagreements, all.schools[0].settled),
            (1, 1)
        );
        let protocol = api::paths::protocol(world.home.campaign, world.home.own_school);
        let file = world.get(&protocol, &expert).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.text.starts_with("PK"), "a document is an archive");
        let report = world.get(&api::paths::report(school), &head).await;
        assert!(report.text.starts_with("PK"), "{}", report.text);
    }
);

fact!(
    async fn last_time_and_the_data_stand_beside_a_question(world: World) {
        let (head, team, earlier) = handed_over(&world, &[("SO-1.1", "1")]).await;
        approve(&world, &head, earlier).await;
        world.wait(1_000);
        let next = CampaignId(Uuid::now_v7());
        let mut put = put_campaign(&[world.home.own_school]);
        put["opens"] = json!("2026-04-01");
        let coordinator = world.home_person(Role::Coordinator).await;
        let body = json!({ "id": next, "campaign": put });
        let answer = world.post("/api/v1/campaigns", &coordinator, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let now = open(&world, &team, next).await.id;
        let beside = world.get(&api::paths::background(now), &team).await.json();
        assert_eq!(beside["previous"]["items"][0]["item"], "SO-1.1");
        assert_eq!(
            beside["previous"]["items"][0]["sentence"]["ru"],
            "есть общие слова без порядка действий"
        );
        assert_eq!(beside["observation"], Value::Null, "honestly no data");
        assert_eq!(beside["results"], Value::Null);
    }
);

fact!(
    async fn presence_is_told_to_colleagues_and_to_nobody_else(world: World) {
        let team = world.home_person(Role::SchoolTeam).await;
        let other = Scope::Organisation {
            organisation: world.home.other_school,
        };
        let (_, outside) = world
            .person(&world.home.clone(), Role::SchoolTeam, other)
            .await;
        let id = open(&world, &team, world.home.campaign).await.id;
        let mut told = world.state.hub.presence();
        let path = api::paths::presence(id);
        let body = json!({ "question": "D1/SO-1.1" });
        let foreign = world.post(&path, &outside, body.clone()).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        for _ in 0..3 {
            let answer = world.post(&path, &team, body.clone()).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT);
        }
        let heard = told.try_recv().expect("told once");
        assert_eq!(heard.presence.question.as_deref(), Some("D1/SO-1.1"));
        assert!(told.try_recv().is_err(), "the rest of a moment is dropped");
    }
);

fact!(
    async fn schools_that_have_not_handed_over_are_reminded_once(world: World) {
        let (_, team, _) = handed_over(&world, &[("SO-1.1", "1")]).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let path = api::paths::campaign_reminders(world.home.campaign);
        let schools = [world.home.own_school, world.home.other_school];
        let body = |schools: &[OrganisationId]| {
            let step =
                |school: &OrganisationId| json!({ "id": Uuid::now_v7(), "organisation": school });
            json!({ "steps": schools.iter().map(step).collect::<Vec<_>>() })
        };
        let refused = world.post(&path, &team, body(&schools)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let kind_of = |campaign: &Campaign, school: OrganisationId| {
            let mut schools = campaign.schools.iter();
            let found = schools.find(|one| one.organisation == school);
            found.and_then(|one| Some(one.last_step.as_ref()?.kind))
        };
        let answer = world.post(&path, &coordinator, body(&schools)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let campaign: Campaign = answer.parse();
        assert_eq!(
            kind_of(&campaign, world.home.other_school),
            Some(CampaignStepKind::Reminded)
        );
        assert_eq!(
            kind_of(&campaign, world.home.own_school),
            Some(CampaignStepKind::HandedOver),
            "whoever has handed over is left alone"
        );
        let school = |campaign: &Campaign| {
            let mut schools = campaign.schools.iter();
            let found = schools.find(|one| one.organisation == world.home.other_school);
            found.expect("the school").clone()
        };
        assert_eq!(school(&campaign).progress, CampaignProgress::NotStarted);
        let first = school(&campaign).last_step.expect("a step").id;
        world.wait(1_800_000);
        let again: Campaign = world
            .post(&path, &coordinator, body(&schools))
            .await
            .parse();
        assert_eq!(school(&again).last_step.expect("a step").id, first);
        world.wait(24 * 3_600_000);
        // A session has ended by then.
        let coordinator = world.home_person(Role::Coordinator).await;
        let later: Campaign = world
            .post(&path, &coordinator, body(&schools))
            .await
            .parse();
        assert_ne!(school(&later).last_step.expect("a step").id, first);
    }
);
