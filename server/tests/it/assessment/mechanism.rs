//! The assessment of the mechanisms: self, expert, agreement, and what each may see.

use api::access::session::Role;
use api::assessment::evidence::EvidenceList;
use api::assessment::mechanism::{AssessmentState, CellFile, Matrix};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

async fn open(world: &World, cookie: &str, year: i32) -> Matrix {
    let new = json!({ "id": Uuid::now_v7(), "year": year });
    let answer = world.post(api::paths::MECHANISMS, cookie, new).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.parse()
}

fn cell_path(matrix: &Matrix, cell: &str, side: &str) -> String {
    format!("{}/{side}", api::paths::mechanism_cell(matrix.id, cell))
}

fn level(level: Option<u8>, comment: Option<&str>) -> Value {
    json!({ "id": Uuid::now_v7(), "level": level, "comment": comment })
}

async fn judge(
    world: &World,
    cookie: &str,
    matrix: &Matrix,
    cell: &str,
    side: &str,
    body: Value,
) -> Answer {
    world
        .put(&cell_path(matrix, cell, side), cookie, body)
        .await
}

async fn fill(world: &World, cookie: &str, matrix: &Matrix, value: u8) {
    for cell in matrix.rows.iter().flat_map(|row| &row.cells) {
        let answer = judge(
            world,
            cookie,
            matrix,
            &cell.id,
            "self",
            level(Some(value), None),
        )
        .await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
}

async fn read(world: &World, cookie: &str, matrix: &Matrix) -> Matrix {
    world
        .get(&api::paths::mechanism_matrix(matrix.id), cookie)
        .await
        .parse()
}

fact!(
    async fn a_year_has_one_matrix_of_nine_systems_and_eight_steps(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let matrix = open(&world, &manager, 2026).await;
        assert_eq!(matrix.rows.len(), 9);
        assert_eq!(matrix.answered, [0, 72]);
        assert_eq!(matrix.steps.len(), 8);
        assert!(matrix.rows.iter().all(|row| row.cells.len() == 8));
        assert_eq!(matrix.rows[0].code, "1.1");
        assert_eq!(matrix.steps[0].title.ru, "Цели");
        assert_eq!(matrix.steps[0].levels.len(), 4);
        assert_eq!(matrix.frames[0].rows.len(), 8);
        assert_eq!(matrix.overall.own, None);
        let again = open(&world, &manager, 2026).await;
        assert_eq!(again.id, matrix.id);
    }
);

fact!(
    async fn scores_follow_the_criteria_and_a_step_after_zero_counts_two_at_most(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let matrix = open(&world, &manager, 2026).await;
        let cells: Vec<String> = matrix.rows[0]
            .cells
            .iter()
            .map(|cell| cell.id.clone())
            .collect();
        for (index, cell) in cells.iter().enumerate() {
            let value = if index == 2 { 0 } else { 3 };
            judge(
                &world,
                &manager,
                &matrix,
                cell,
                "self",
                level(Some(value), None),
            )
            .await;
        }
        let matrix = read(&world, &manager, &matrix).await;
        let row = &matrix.rows[0];
        assert!(row.cells[3].capped && !row.cells[4].capped);
        // 3 + 3 + 0 + 2 + 3 + 3 + 3 + 3 of 24.
        assert!((row.scores.own.expect("scored") - 20.0 / 24.0).abs() < 1e-9);
        assert!(row.cells[0].unconfirmed);
        let answer = judge(
            &world,
            &manager,
            &matrix,
            &cells[0],
            "self",
            level(Some(4), None),
        )
        .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
);

fact!(
    async fn an_expert_sees_nothing_before_and_judges_after_it_is_handed_over(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let expert = world.home_person(Role::Expert).await;
        let matrix = open(&world, &manager, 2026).await;
        let cell = matrix.rows[0].cells[0].id.clone();
        judge(
            &world,
            &manager,
            &matrix,
            &cell,
            "self",
            level(Some(2), None),
        )
        .await;
        let seen = read(&world, &expert, &matrix).await;
        assert_eq!(seen.rows[0].cells[0].own, None);
        let early = judge(
            &world,
            &expert,
            &matrix,
            &cell,
            "expert",
            level(Some(1), None),
        )
        .await;
        assert_eq!(early.code(), "mechanism.draft");
        let submit = format!("{}/submit", api::paths::mechanism_matrix(matrix.id));
        let incomplete = world.post(&submit, &manager, json!({})).await;
        assert_eq!(incomplete.code(), "mechanism.incomplete");

        fill(&world, &manager, &matrix, 2).await;
        let submitted: Matrix = world.post(&submit, &manager, json!({})).await.parse();
        assert_eq!(submitted.state, AssessmentState::Submitted);
        let late = judge(
            &world,
            &manager,
            &matrix,
            &cell,
            "self",
            level(Some(3), None),
        )
        .await;
        assert_eq!(late.code(), "mechanism.submitted");
        let judged = judge(
            &world,
            &expert,
            &matrix,
            &cell,
            "expert",
            level(Some(1), None),
        )
        .await;
        let file: CellFile = judged.parse();
        assert!(file.cell.disagrees);
        assert_eq!((file.cell.own, file.cell.settled), (Some(2), Some(1)));
    }
);

fact!(
    async fn differences_are_settled_before_the_end_and_both_sides_stay(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let expert = world.home_person(Role::Expert).await;
        let matrix = open(&world, &manager, 2026).await;
        fill(&world, &manager, &matrix, 3).await;
        let root = api::paths::mechanism_matrix(matrix.id);
        world
            .post(&format!("{root}/submit"), &manager, json!({}))
            .await;
        let (first, second) = (
            matrix.rows[0].cells[0].id.clone(),
            matrix.rows[0].cells[1].id.clone(),
        );
        for cell in [&first, &second] {
            judge(
                &world,
                &expert,
                &matrix,
                cell,
                "expert",
                level(Some(1), Some("нет приказа")),
            )
            .await;
        }
        let refused = world
            .post(&format!("{root}/conclude"), &manager, json!({}))
            .await;
        assert_eq!(refused.code(), "mechanism.disagreements");
        judge(
            &world,
            &manager,
            &matrix,
            &first,
            "agreed",
            level(Some(2), None),
        )
        .await;
        judge(
            &world,
            &manager,
            &matrix,
            &second,
            "agreed",
            level(None, Some("приказ есть")),
        )
        .await;
        let done: Matrix = world
            .post(&format!("{root}/conclude"), &manager, json!({}))
            .await
            .parse();
        assert_eq!(done.state, AssessmentState::Concluded);
        let cells = &done.rows[0].cells;
        assert_eq!(
            (cells[0].own, cells[0].expert, cells[0].settled),
            (Some(3), Some(1), Some(2))
        );
        assert_eq!((cells[1].settled, cells[1].objected), (Some(1), true));
        let late = judge(
            &world,
            &expert,
            &matrix,
            &first,
            "expert",
            level(Some(0), None),
        )
        .await;
        assert_eq!(late.code(), "mechanism.concluded");
        let file: CellFile = world
            .get(&api::paths::mechanism_cell(matrix.id, &first), &manager)
            .await
            .parse();
        assert_eq!(file.entries.len(), 3);
    }
);

fact!(
    async fn the_year_before_stands_beside_and_its_evidence_can_be_taken_over(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let before = open(&world, &manager, 2025).await;
        let cell = before.rows[0].cells[0].id.clone();
        judge(
            &world,
            &manager,
            &before,
            &cell,
            "self",
            level(Some(1), None),
        )
        .await;
        let piece = json!({
            "id": Uuid::now_v7(), "item": cell, "title": "Программа", "reused_from": null,
            "source": { "kind": "link", "url": "https://district.example/programme" },
        });
        let bound = world
            .post(&api::paths::mechanism_evidence(before.id), &manager, piece)
            .await;
        assert_eq!(bound.status, StatusCode::OK, "{}", bound.text);
        let now = open(&world, &manager, 2026).await;
        assert_eq!(now.previous_year, Some(2025));
        assert_eq!(now.rows[0].cells[0].previous, Some(1));
        let file: CellFile = world
            .get(&api::paths::mechanism_cell(now.id, &cell), &manager)
            .await
            .parse();
        let earlier = &file.evidence.earlier[0];
        let taken = json!({
            "id": Uuid::now_v7(), "item": cell, "title": earlier.title,
            "source": earlier.source, "reused_from": earlier.id,
        });
        let list: EvidenceList = world
            .post(&api::paths::mechanism_evidence(now.id), &manager, taken)
            .await
            .parse();
        assert!(list.evidence[0].reused && list.earlier.is_empty());
    }
);

fact!(
    async fn the_workbook_holds_every_cell(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let matrix = open(&world, &manager, 2026).await;
        fill(&world, &manager, &matrix, 2).await;
        let matrix = read(&world, &manager, &matrix).await;
        let bytes = server::rules::assessment::mechanisms::workbook::write(
            &matrix,
            api::text::Language::Ru,
        )
        .expect("a workbook");
        let sheets = forms::workbook::read(&bytes).expect("readable").sheets;
        assert_eq!(sheets[0].rows.len(), 10);
        assert_eq!(sheets[1].rows.len(), 73);
        assert_eq!(sheets[1].rows[1][0], "MM-1.1-goals");
        let path = format!(
            "{}/export?language=en",
            api::paths::mechanism_matrix(matrix.id)
        );
        let sent = world.get(&path, &manager).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(
            sent.headers["content-disposition"]
                .to_str()
                .expect("text")
                .contains("Mechanisms")
        );
    }
);
