//! A roadmap of the office: read as it was written, put right, approved, and reported by office and schools.

use api::access::session::{Role, Scope};
use api::management::programme::{
    Line, LineHistory, LineState, PeriodState, Programme, ProgrammeState, ProgrammeSummary,
    ProgrammeTask,
};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Answer, World, fact};

/// Today is 15.04.2026.
const TABLE: &str = "Дорожная карта «Честная оценка» на 2026–2027 годы;;;;\n\
    № п/п;Мероприятие;Срок исполнения;Исполнители;Ожидаемый результат\n\
    2.1. Объективность процедур;;;;\n\
    2.1.1;Обучить наблюдателей;март ежегодно;Методический центр;Программа\n\
    2.1.2;Опубликовать положения на сайтах;апрель – май ежегодно;все школы;Публикация\n\
    2.1.3;Проанализировать признаки;по отдельному графику;Управление образования;Аналитическая справка\n\
    2.1.4;Перепроверить работы;по запросу;Предметные комиссии;Протокол\n\
    2.1.5;Поговорить с родителями;как получится;;\n";

async fn bring(world: &World, cookie: &str, id: Uuid, content: &str) -> Answer {
    let request = Request::post(api::paths::PROGRAMMES)
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .header("x-programme-id", id.to_string())
        .header("x-file-name", "roadmap.csv")
        .body(Body::from(content.as_bytes().to_vec()))
        .expect("a request");
    world.send(request).await
}

fn of(id: Uuid, what: &str) -> String {
    format!("{}/{id}{what}", api::paths::PROGRAMMES)
}

async fn approve(world: &World, cookie: &str, id: Uuid, day: &str) -> Answer {
    let order = json!({ "number": "41", "day": day });
    world.post(&of(id, "/approval"), cookie, order).await
}

async fn read(world: &World, cookie: &str, id: Uuid) -> Programme {
    world.get(&of(id, ""), cookie).await.parse()
}

fn line(programme: &Programme, number: &str) -> Line {
    let found = programme.lines.iter().find(|line| line.number == number);
    found.expect("a line of this number").clone()
}

fn report([from, to]: [&str; 2], school: Option<Uuid>, outcome: &str) -> Value {
    let content = if outcome == "done" {
        ""
    } else {
        "Карантин"
    };
    json!({
        "id": Uuid::now_v7(), "organisation": school, "from": from, "to": to,
        "outcome": outcome, "content": content, "document": null,
    })
}

async fn send(
    world: &World,
    cookie: &str,
    id: Uuid,
    line: &Line,
    what: &str,
    body: Value,
) -> Answer {
    let path = of(id, &format!("/lines/{}/{what}", line.id));
    world.post(&path, cookie, body).await
}

/// An approved programme: its id, and the cookie of the manager.
async fn approved(world: &World) -> (Uuid, String) {
    let manager = world.home_person(Role::Manager).await;
    let id = Uuid::now_v7();
    let brought = bring(world, &manager, id, TABLE).await;
    assert_eq!(brought.status, StatusCode::OK, "{}", brought.text);
    let answer = approve(world, &manager, id, "2026-04-15").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    (id, manager)
}

fn draft(line: &Line, term: &str, reason: &str) -> Value {
    let names: Vec<&str> = line.executors.iter().map(|one| one.name.as_str()).collect();
    json!({
        "revision": line.revision, "heading": line.heading, "number": line.number,
        "measure": line.measure, "term": term, "executors": names.join("; "),
        "results": line.results, "reason": reason,
    })
}

fact!(
    async fn a_file_becomes_a_draft_that_only_the_office_sees(world: World) {
        let methodist = world.home_person(Role::Methodist).await;
        let head = world.home_person(Role::SchoolHead).await;
        let id = Uuid::now_v7();
        let brought: Programme = bring(&world, &methodist, id, TABLE).await.parse();
        assert_eq!(brought.state, ProgrammeState::Draft);
        assert_eq!(
            (brought.first_day.as_str(), brought.last_day.as_str()),
            ("2026-01-01", "2027-12-31")
        );
        assert_eq!(
            brought.title,
            "Дорожная карта «Честная оценка» на 2026–2027 годы"
        );
        assert_eq!(brought.lines.len(), 5);
        assert_eq!(brought.headings[0].system.as_deref(), Some("2.1"));
        let unclear = line(&brought, "2.1.5");
        assert_eq!(
            (unclear.kind.as_str(), unclear.questions.len()),
            ("unknown", 2)
        );
        assert_eq!(line(&brought, "2.1.1").periods.len(), 2, "each March");
        // The same file again is not a second programme; the same request changes nothing.
        let again = bring(&world, &methodist, Uuid::now_v7(), TABLE).await;
        assert_eq!(again.code(), "programme.same_file");
        let repeated: Programme = bring(&world, &methodist, id, TABLE).await.parse();
        assert_eq!(repeated, brought);
        // A school neither sees the draft nor approves it, and the methodist does not approve either.
        assert_eq!(
            world.get(&of(id, ""), &head).await.status,
            StatusCode::NOT_FOUND
        );
        let list: Vec<ProgrammeSummary> = world.get(api::paths::PROGRAMMES, &head).await.parse();
        assert!(list.is_empty());
        assert_eq!(
            approve(&world, &methodist, id, "2026-04-10").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            bring(&world, &head, Uuid::now_v7(), TABLE).await.status,
            StatusCode::FORBIDDEN
        );
    }
);

fact!(
    async fn what_was_not_understood_is_put_right_in_words(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let id = Uuid::now_v7();
        let brought: Programme = bring(&world, &manager, id, TABLE).await.parse();
        let unclear = line(&brought, "2.1.5");
        let path = of(id, &format!("/lines/{}", unclear.id));
        let mut wanted = draft(&unclear, "1 раз в четверть", "");
        wanted["executors"] = json!("руководители ОУ; методический центр");
        let mended: Programme = world.put(&path, &manager, wanted.clone()).await.parse();
        let mended_line = line(&mended, "2.1.5");
        assert_eq!(mended_line.kind, "school_quarter");
        assert!(
            mended_line.questions.is_empty(),
            "{:?}",
            mended_line.questions
        );
        assert_eq!(mended_line.written_term, "как получится");
        // Sent again, it changes nothing; written over an old copy, it is refused.
        let same: Programme = world.put(&path, &manager, wanted).await.parse();
        assert_eq!(line(&same, "2.1.5").revision, mended_line.revision);
        let late = world
            .put(&path, &manager, draft(&unclear, "май ежегодно", ""))
            .await;
        assert_eq!(late.code(), "programme.changed");
    }
);

fact!(
    async fn what_ended_before_the_approval_is_not_late(world: World) {
        let (id, manager) = approved(&world).await;
        let programme = read(&world, &manager, id).await;
        let taught = line(&programme, "2.1.1");
        assert_eq!(taught.periods[0].state, PeriodState::Before);
        assert_eq!(taught.state, LineState::Ahead);
        assert_eq!(line(&programme, "2.1.3").state, LineState::NeedsDate);
        assert_eq!(line(&programme, "2.1.4").state, LineState::OnRequest);
        // A year later nobody has said a word: what began after the approval is late.
        world.wait(400 * 24 * 3_600_000);
        let manager = world.home_person(Role::Manager).await;
        let programme = read(&world, &manager, id).await;
        assert_eq!(line(&programme, "2.1.1").state, LineState::Overdue);
        let list: Vec<ProgrammeSummary> = world.get(api::paths::PROGRAMMES, &manager).await.parse();
        assert_eq!((list[0].count.all, list[0].count.overdue), (5, 2));
    }
);

fact!(
    async fn each_school_reports_into_one_line(world: World) {
        let (id, _) = approved(&world).await;
        let [own, other] = [world.home.own_school.0, world.home.other_school.0];
        let head = world.home_person(Role::SchoolHead).await;
        let programme = read(&world, &head, id).await;
        let shared = line(&programme, "2.1.2");
        assert_eq!(shared.periods[0].schools, [0, 2]);
        assert_eq!(programme.may.schools.len(), 1);
        let tasks: Vec<ProgrammeTask> = world.get(api::paths::PROGRAMME_TASKS, &head).await.parse();
        assert!(tasks.is_empty(), "31 May is beyond this month");
        world.wait(20 * 24 * 3_600_000);
        let head = world.home_person(Role::SchoolHead).await;
        let manager_now = world.home_person(Role::Manager).await;
        let tasks: Vec<ProgrammeTask> = world.get(api::paths::PROGRAMME_TASKS, &head).await.parse();
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].due.as_deref(), Some("2026-05-31"));

        let days = ["2026-04-01", "2026-05-31"];
        let foreign = send(
            &world,
            &head,
            id,
            &shared,
            "reports",
            report(days, Some(other), "done"),
        )
        .await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        let office = send(
            &world,
            &head,
            id,
            &shared,
            "reports",
            report(days, None, "done"),
        )
        .await;
        assert_eq!(office.status, StatusCode::FORBIDDEN);
        let body = report(days, Some(own), "done");
        let once = send(&world, &head, id, &shared, "reports", body.clone()).await;
        assert_eq!(once.status, StatusCode::OK, "{}", once.text);
        let twice: Programme = send(&world, &head, id, &shared, "reports", body)
            .await
            .parse();
        assert_eq!(line(&twice, "2.1.2").periods[0].schools, [1, 2]);
        assert_eq!(line(&twice, "2.1.2").periods[0].own.len(), 1);
        let tasks: Vec<ProgrammeTask> = world.get(api::paths::PROGRAMME_TASKS, &head).await.parse();
        assert!(tasks.is_empty(), "what is reported is no task");
        // The last school makes the line done; a report taken back opens it again.
        let body = report(days, Some(other), "not_held");
        let all: Programme = send(&world, &manager_now, id, &shared, "reports", body)
            .await
            .parse();
        assert_eq!(line(&all, "2.1.2").periods[0].state, PeriodState::Done);
        let body = report(days, Some(own), "withdrawn");
        let back: Programme = send(&world, &head, id, &shared, "reports", body)
            .await
            .parse();
        assert_eq!(line(&back, "2.1.2").periods[0].schools, [1, 2]);
        // A school reads its own reports and no other's.
        let path = of(id, &format!("/lines/{}", shared.id));
        let history: LineHistory = world.get(&path, &head).await.parse();
        assert_eq!(history.reports.len(), 2);
        let whole: LineHistory = world.get(&path, &manager_now).await.parse();
        assert_eq!(whole.reports.len(), 3);
    }
);

fact!(
    async fn a_line_without_days_gets_one_and_loses_it_again(world: World) {
        let (id, manager) = approved(&world).await;
        let programme = read(&world, &manager, id).await;
        let analysis = line(&programme, "2.1.3");
        let date = Uuid::now_v7();
        let day = |from: &str, to: &str| json!({ "id": date, "from": from, "to": to });
        let wrong = send(
            &world,
            &manager,
            id,
            &analysis,
            "dates",
            day("2026-06-10", "2026-06-01"),
        )
        .await;
        assert_eq!(wrong.json()["fields"][0]["code"], "programme.days");
        let outside = send(
            &world,
            &manager,
            id,
            &analysis,
            "dates",
            day("2031-06-10", "2031-06-10"),
        )
        .await;
        assert_eq!(outside.json()["fields"][0]["code"], "programme.outside");
        let fixed = line(&programme, "2.1.1");
        let refused = send(
            &world,
            &manager,
            id,
            &fixed,
            "dates",
            day("2026-06-10", "2026-06-10"),
        )
        .await;
        assert_eq!(refused.code(), "programme.has_days");
        let given: Programme = send(
            &world,
            &manager,
            id,
            &analysis,
            "dates",
            day("2026-06-10", "2026-06-10"),
        )
        .await
        .parse();
        assert_eq!(line(&given, "2.1.3").state, LineState::Ahead);
        let early = report(["2026-06-10"; 2], None, "done");
        let refused = send(&world, &manager, id, &analysis, "reports", early).await;
        assert_eq!(refused.code(), "programme.ahead");
        let path = of(id, &format!("/lines/{}/dates/{date}", analysis.id));
        let back: Programme = world
            .call(Method::DELETE, &path, &manager, None)
            .await
            .parse();
        assert_eq!(line(&back, "2.1.3").state, LineState::NeedsDate);
        // On request, each report is an event of its own day.
        let asked = line(&back, "2.1.4");
        let event = report(["2026-04-14"; 2], None, "done");
        let counted: Programme = send(&world, &manager, id, &asked, "reports", event)
            .await
            .parse();
        assert_eq!(line(&counted, "2.1.4").periods.len(), 1);
        assert!(
            line(&counted, "2.1.4").periods[0].lacks_paper,
            "minutes are expected"
        );
    }
);

fact!(
    async fn an_approved_line_changes_on_a_ground_and_the_past_stays(world: World) {
        let (id, _) = approved(&world).await;
        world.wait(20 * 24 * 3_600_000);
        let manager_now = world.home_person(Role::Manager).await;
        let programme = read(&world, &manager_now, id).await;
        let shared = line(&programme, "2.1.2");
        let path = of(id, &format!("/lines/{}", shared.id));
        let bare = world
            .put(&path, &manager_now, draft(&shared, "декабрь ежегодно", ""))
            .await;
        assert_eq!(bare.json()["fields"][0]["code"], "programme.reason");
        let days = ["2026-04-01", "2026-05-31"];
        send(
            &world,
            &manager_now,
            id,
            &shared,
            "reports",
            report(days, None, "done"),
        )
        .await;
        let moved: Programme = world
            .put(
                &path,
                &manager_now,
                draft(&shared, "декабрь ежегодно", "Протокол № 3"),
            )
            .await
            .parse();
        let moved = line(&moved, "2.1.2");
        let last_days: Vec<&str> = moved
            .periods
            .iter()
            .map(|period| period.to.as_str())
            .collect();
        assert_eq!(last_days, ["2026-05-31", "2026-12-31", "2027-12-31"]);
        assert_eq!(
            moved.periods[0].state,
            PeriodState::Done,
            "what was reported stays"
        );
        let history: LineHistory = world.get(&path, &manager_now).await.parse();
        assert_eq!(history.changes[0].reason, "Протокол № 3");
        assert_eq!(history.changes[0].fields[0].after, "декабрь ежегодно");
        // Taken out, it is gone from the roadmap and cannot be taken out by an old copy.
        let removal = |revision: u64| json!({ "revision": revision, "reason": "Приказ № 5" });
        let old = world
            .post(
                &format!("{path}/removal"),
                &manager_now,
                removal(shared.revision),
            )
            .await;
        assert_eq!(old.code(), "programme.changed");
        let gone: Programme = world
            .post(
                &format!("{path}/removal"),
                &manager_now,
                removal(moved.revision),
            )
            .await
            .parse();
        assert_eq!(gone.lines.len(), 4);
        let again = world
            .post(
                &format!("{path}/removal"),
                &manager_now,
                removal(moved.revision),
            )
            .await;
        assert_eq!(again.status, StatusCode::OK, "a repetition changes nothing");
        let revived = world
            .put(
                &path,
                &manager_now,
                draft(&shared, "май ежегодно", "Ещё раз"),
            )
            .await;
        assert_eq!(revived.code(), "programme.line_gone");
    }
);

fact!(
    async fn an_approval_is_one_and_a_draft_can_go(world: World) {
        let (id, manager) = approved(&world).await;
        let same = approve(&world, &manager, id, "2026-04-15").await;
        assert_eq!(same.status, StatusCode::OK);
        let other = approve(&world, &manager, id, "2026-04-14").await;
        assert_eq!(other.code(), "programme.approved");
        let removed = world
            .call(Method::DELETE, &of(id, ""), &manager, None)
            .await;
        assert_eq!(removed.code(), "programme.approved");
        let second = Uuid::now_v7();
        let table = TABLE.replace("Честная", "Вторая");
        bring(&world, &manager, second, &table).await;
        let ahead = approve(&world, &manager, second, "2026-05-15").await;
        assert_eq!(ahead.json()["fields"][0]["code"], "programme.order_ahead");
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
            let gone = world
                .call(Method::DELETE, &of(second, ""), &manager, None)
                .await;
            assert_eq!(gone.status, status);
        }
        // The file may be brought again, and another municipality never sees any of it.
        let again = bring(&world, &manager, Uuid::now_v7(), &table).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text);
        let abroad = world.abroad.clone();
        let (_, stranger) = world
            .person(&abroad, Role::Manager, Scope::Municipality)
            .await;
        assert_eq!(
            world.get(&of(id, ""), &stranger).await.status,
            StatusCode::NOT_FOUND
        );
    }
);

fact!(
    async fn the_workbook_is_read_back_as_the_same_lines(world: World) {
        let (id, manager) = approved(&world).await;
        let programme = read(&world, &manager, id).await;
        let request = Request::get(of(id, "/roadmap.xlsx"))
            .header(header::HOST, "orientir.example")
            .header(header::COOKIE, &manager)
            .body(Body::empty())
            .expect("a request");
        let bytes = world.bytes(request).await;
        let reading = roadmap::read(&bytes, None).expect("our own workbook is readable");
        let headings: Vec<&str> = reading
            .headings
            .iter()
            .map(|one| one.title.as_str())
            .collect();
        assert_eq!(headings, ["Объективность процедур"]);
        let back: Vec<(String, String, String, String)> = reading
            .lines
            .iter()
            .map(|line| {
                let names: Vec<&str> = line.executors.iter().map(|one| one.name.as_str()).collect();
                (
                    line.number.clone(),
                    line.measure.clone(),
                    line.schedule.kind().to_owned(),
                    names.join("; "),
                )
            })
            .collect();
        let sent: Vec<(String, String, String, String)> = programme
            .lines
            .iter()
            .map(|line| {
                let names: Vec<&str> = line.executors.iter().map(|one| one.name.as_str()).collect();
                (
                    line.number.clone(),
                    line.measure.clone(),
                    line.kind.clone(),
                    names.join("; "),
                )
            })
            .collect();
        assert_eq!(back, sent);
    }
);

fact!(
    async fn a_block_closes_with_a_conclusion(world: World) {
        let (id, manager) = approved(&world).await;
        let programme = read(&world, &manager, id).await;
        let review = |heading: Value| {
            json!({
                "id": Uuid::now_v7(), "heading": heading, "before": "41 %", "after": "52 %",
                "conclusion": "partly", "content": "Продолжить",
            })
        };
        let wanted = review(json!(programme.headings[0].id));
        for _ in 0..2 {
            let answer = world
                .post(&of(id, "/reviews"), &manager, wanted.clone())
                .await;
            assert_eq!(answer.parse::<Programme>().reviews.len(), 1, "kept once");
        }
        let nowhere = world
            .post(&of(id, "/reviews"), &manager, review(json!(Uuid::now_v7())))
            .await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        let coordinator = world.home_person(Role::Coordinator).await;
        let refused = world.post(&of(id, "/reviews"), &coordinator, wanted).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);
