//! What a self-assessment is shown by: the map's layer and the school's page, whatever else goes on.

use api::access::session::{Role, Scope};
use api::id::{CampaignId, OrganisationId};
use api::results::layer::{Layer, LayerCell};
use api::schools::school_profile::SchoolOverview;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::store::{Author, NewCampaign, NewForm};
use uuid::Uuid;

use super::campaign::{approve, assign_expert, fill, handed_over, open, put_campaign};
use crate::forms::submission::{operation, put};
use crate::world::{World, fact};

async fn layer(world: &World, cookie: &str) -> Layer {
    let path = format!(
        "{}?layer=self_assessment&year=2026&procedure=vpr",
        api::paths::HEAT_MAP_LAYER
    );
    let answer = world.get(&path, cookie).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

fn names(layer: &Layer) -> Vec<&str> {
    let names = layer.columns.iter();
    names.map(|column| column.name.ru.as_str()).collect()
}

fn cells(layer: &Layer, school: OrganisationId) -> Vec<Option<LayerCell>> {
    let rows = &layer.rows;
    let row = rows.iter().find(|row| row.organisation == school);
    row.expect("the row").cells.clone()
}

async fn overview(world: &World, cookie: &str) -> SchoolOverview {
    let path = api::paths::school_overview(world.home.own_school);
    world.get(&path, cookie).await.parse()
}

fact!(
    async fn a_sheet_is_shown_once_its_head_has_approved_it(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let (head, _, id) = handed_over(&world, &[("SO-1.1", "2"), ("SO-1.2", "1")]).await;
        assert!(names(&layer(&world, &manager).await).is_empty());
        assert_eq!(overview(&world, &manager).await.self_assessment, None);
        approve(&world, &head, id).await;
        let shown = layer(&world, &manager).await;
        assert_eq!(shown.columns.len(), 6);
        let own = cells(&shown, world.home.own_school);
        assert_eq!(own[0].as_ref().map(|cell| cell.n), Some(2));
        let school = overview(&world, &manager).await.self_assessment;
        assert_eq!(
            school.map(|one| one.campaign),
            Some(world.home.campaign),
            "the school's page shows the same"
        );
    }
);

fact!(
    async fn an_experts_sheet_is_never_the_schools_own(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let (head, _, id) = handed_over(&world, &[("SO-1.1", "3"), ("SO-1.2", "1")]).await;
        approve(&world, &head, id).await;
        let before = (
            layer(&world, &manager).await,
            overview(&world, &manager).await,
        );
        let (person, expert) = world
            .person(&world.home.clone(), Role::Expert, Scope::Municipality)
            .await;
        let experts = assign_expert(&world, person).await;
        let own = open(&world, &expert, experts).await.id;
        world.wait(60_000);
        fill(&world, &expert, own, &[("SO-1.1", "0"), ("SO-1.2", "0")]).await;
        assert_eq!(layer(&world, &manager).await, before.0);
        let now = overview(&world, &manager).await;
        assert_eq!(now.self_assessment, before.1.self_assessment);
    }
);

fact!(
    async fn announcing_a_campaign_changes_nothing_of_another(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let (head, _, id) = handed_over(&world, &[("SO-1.1", "2"), ("SO-1.2", "1")]).await;
        approve(&world, &head, id).await;
        let before = layer(&world, &manager).await;
        assert_eq!(before.columns.len(), 6);
        let coordinator = world.home_person(Role::Coordinator).await;
        for school in [world.home.other_school, world.home.own_school] {
            let campaign = CampaignId(Uuid::now_v7());
            let body = json!({ "id": campaign, "campaign": put_campaign(&[school]) });
            let announced = world.post("/api/v1/campaigns", &coordinator, body).await;
            assert_eq!(announced.status, StatusCode::OK, "{}", announced.text);
            assert_eq!(layer(&world, &manager).await, before);
        }
        assert!(overview(&world, &manager).await.self_assessment.is_some());
    }
);

/// A form of two domains, the second only for schools that have seniors.
fn seniors() -> Value {
    let section = |name: &str, title: &str, item: &str| {
        json!({ "group": {
            "name": name, "label": { "default": title }, "section": { "weight": 1.0 },
            "nodes": [{ "question": {
                "name": item, "kind": "select-one", "label": { "default": item },
                "choices": { "list": "lv" }, "weight": 1.0,
            } }],
        } })
    };
    let mut second = section("S2", "Старшие", "k2");
    second["group"]["relevant"] = json!("${h} = 'yes'");
    json!({
        "schema": 1, "id": "seniors", "root": "data", "version": "1.0.0",
        "title": { "default": "Старшие классы" },
        "languages": [{ "name": "default" }], "default_language": "default", "settings": {},
        "nodes": [
            { "question": {
                "name": "h", "kind": "select-one", "label": { "default": "Есть 10–11 классы?" },
                "choices": { "list": "yn" },
            } },
            section("S1", "Общее", "k1"),
            second,
        ],
        "lists": [
            { "name": "yn", "choices": [
                { "name": "yes", "label": { "default": "да" } },
                { "name": "no", "label": { "default": "нет" } },
            ] },
            { "name": "lv", "choices": [
                { "name": "0", "label": { "default": "нет" }, "score": 0.0 },
                { "name": "1", "label": { "default": "есть" }, "score": 1.0 },
            ] },
        ],
        "instrument": { "kind": "self_assessment", "audience": ["school_team"] },
        "scoring": { "section": "weighted_share", "block": "none", "overall": "mean_of_sections" },
    })
}

/// Team and head of a school fill, hand over and approve.
async fn assess(
    world: &World,
    campaign: CampaignId,
    school: OrganisationId,
    answers: &[(&str, &str)],
) {
    let scope = Scope::Organisation {
        organisation: school,
    };
    let (_, head) = world
        .person(&world.home.clone(), Role::SchoolHead, scope)
        .await;
    let (_, team) = world
        .person(&world.home.clone(), Role::SchoolTeam, scope)
        .await;
    let subject = json!({ "kind": "campaign", "campaign": campaign, "organisation": school });
    let body = json!({ "id": Uuid::now_v7(), "subject": subject });
    let opened = world.post("/api/v1/submissions", &team, body).await;
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
    let id = opened.parse::<api::forms::submission::Submission>().id;
    let device = Uuid::now_v7();
    let operations: Vec<Value> = (1..)
        .zip(answers)
        .map(|(number, (path, value))| operation(id, device, number, path, value))
        .collect();
    let kept = put(world, &team, id, &operations).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
    let body = json!({ "revision": 1_000, "incomplete_reason": "остальное не относится" });
    let answer = world.post(&api::paths::submit(id), &team, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let signed = approve(world, &head, id).await;
    assert_eq!(signed.status, StatusCode::OK, "{}", signed.text);
}

fact!(
    async fn a_domain_of_one_school_stays_when_another_has_none(world: World) {
        let home = world.home.clone();
        let document = seniors();
        let campaign = CampaignId(Uuid::now_v7());
        let mut write = world
            .store
            .write(Author::system(home.municipality), world.now_ms())
            .await
            .expect("write");
        write
            .publish_form(&NewForm {
                id: "seniors".into(),
                version: "1.0.0".into(),
                title: api::text::Text::new("Старшие классы", "Seniors"),
                purpose: "self_assessment".into(),
                procedure_kinds: Vec::new(),
                questions: 3,
                document: document.to_string(),
            })
            .await
            .expect("form");
        write
            .put_campaign(&NewCampaign {
                id: campaign,
                title: api::text::Text::new("Старшие", "Seniors"),
                form: ["seniors".into(), "1.0.0".into()],
                opens: "2026-04-02".into(),
                closes: "2026-05-31".into(),
                schools: vec![home.own_school, home.other_school],
            })
            .await
            .expect("campaign");
        write.commit().await.expect("commit");
        let manager = world.home_person(Role::Manager).await;
        // «Своя» stands after «Другая» on the map.
        let has = [("h", "yes"), ("S1/k1", "1"), ("S2/k2", "1")];
        assess(&world, campaign, home.own_school, &has).await;
        let before = layer(&world, &manager).await;
        assert_eq!(names(&before), ["Общее", "Старшие"]);
        let share = |layer: &Layer| {
            cells(layer, home.own_school)[1]
                .clone()
                .and_then(|one| one.share)
        };
        assert_eq!(share(&before), Some(1.0));
        let has_not = [("h", "no"), ("S1/k1", "0")];
        assess(&world, campaign, home.other_school, &has_not).await;
        let after = layer(&world, &manager).await;
        assert_eq!(names(&after), ["Общее", "Старшие"]);
        assert_eq!(share(&after), Some(1.0));
        let other = cells(&after, home.other_school);
        assert_eq!(other[0].clone().and_then(|one| one.share), Some(0.0));
        assert_eq!(other[1].clone().and_then(|one| one.share), None);
    }
);
