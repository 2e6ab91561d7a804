//! Imports: four steps, all or nothing.

use api::access::session::{Role, Scope};
use api::id::{ImportId, OrganisationId};
use api::results::import::{Import, ImportState, Severity};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;
use server::store::{Author, StoredResult};
use uuid::Uuid;

use crate::world::{Answer, World, fact, school};

/// Adds a school with a code of the federal system.
pub async fn add_school(world: &World, code: &str, name: &str) -> OrganisationId {
    let mut new = school(OrganisationId(Uuid::now_v7()), name);
    new.code = code.to_owned();
    let mut write = world
        .store
        .write(Author::system(world.home.municipality), world.now_ms())
        .await
        .expect("write");
    write.put_organisation(&new).await.expect("school");
    write.commit().await.expect("commit");
    new.id
}

/// A workbook in the layout of the federal export; each row is school, pupil, item points, raw score, mark, register.
pub fn workbook(rows: &[[&str; 8]], name_column: bool) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Индивидуальные результаты").expect("name");
    sheet
        .write(0, 0, "ВПР 2026 Математика 5 класс")
        .expect("cell");
    sheet.write(1, 0, "Дата: 21.04.2026").expect("cell");
    sheet
        .write(
            2,
            0,
            format!("Муниципалитет | Кол-во участников: {}", rows.len()),
        )
        .expect("cell");
    for (column, letter) in [(4, "Б"), (5, "Б"), (6, "П")] {
        sheet.write(3, column, letter).expect("cell");
    }
    let header = [
        "ОО",
        "Код участника",
        "Класс",
        "Вариант",
        "1 (1б)",
        "9.1 (2б)",
        "1К1 (4б)",
        "Первичный балл",
        "Отметка",
        "Отметка по журналу",
    ];
    for (column, cell) in (0_u16..).zip(header) {
        sheet.write(4, column, cell).expect("cell");
    }
    if name_column {
        sheet.write(4, 10, "ФИО").expect("cell");
    }
    for (line, row) in (5_u32..).zip(rows) {
        let [school, pupil, one, two, three, raw, mark, register] = row;
        let cells = [
            school, pupil, "5А", "1", one, two, three, raw, mark, register,
        ];
        for (column, cell) in (0_u16..).zip(cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(line, column, number).expect("cell"),
                Err(_) => sheet.write(line, column, cell).expect("cell"),
            };
        }
        if name_column {
            sheet.write(line, 10, "Иванов Иван").expect("cell");
        }
    }
    book.save_to_buffer().expect("workbook")
}

const ROWS: &[[&str; 8]] = &[
    ["edu990001", "50001", "1", "2", "4", "7", "5", "4"],
    ["edu990001", "50002", "1", "Х", "1", "2", "3", "нет отметки"],
    ["edu990001", "50003", "-", "—", "", "", "", "3"],
    ["edu990002", "50001", "0", "1", "X", "1", "2", "3"],
];

pub async fn bring(
    world: &World,
    cookie: &str,
    id: ImportId,
    name: &str,
    bytes: Vec<u8>,
) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(api::paths::IMPORTS)
        .header(header::HOST, "orientir.example")
        .header(header::COOKIE, cookie)
        .header(api::results::import::IMPORT_ID_HEADER, id.to_string())
        .header(api::results::import::FILE_NAME_HEADER, name)
        .body(Body::from(bytes))
        .expect("a request");
    world.send(request).await
}

pub async fn confirm(world: &World, cookie: &str, id: ImportId, add_schools: bool) -> Answer {
    let body = json!({ "add_schools": add_schools });
    world
        .post(&api::paths::import_confirm(id), cookie, body)
        .await
}

async fn undo(world: &World, cookie: &str, id: ImportId) -> Answer {
    world
        .call(Method::DELETE, &api::paths::import(id), cookie, None)
        .await
}

async fn stored(world: &World) -> u64 {
    let counts = world.store.result_counts(world.home.municipality).await;
    counts
        .expect("counts")
        .iter()
        .map(|(_, _, works)| works)
        .sum()
}

async fn home_schools(world: &World) {
    add_school(world, "edu990001", "Боровская ООШ").await;
    add_school(world, "edu990002", "Озёрская ООШ").await;
}

fact!(
    async fn a_workbook_goes_through_all_steps_and_back(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let id = ImportId(Uuid::now_v7());
        let answer = bring(&world, &manager, id, "%D0%A41.xlsx", workbook(ROWS, false)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let import: Import = answer.parse();
        assert_eq!(import.file_name, "Ф1.xlsx");
        assert_eq!((import.state, import.row_count), (ImportState::Checked, 3));
        assert_eq!(
            import.structure.as_ref().map(|structure| structure.absent),
            Some(1)
        );
        assert_eq!(import.problem_count, 0, "{:?}", import.problems);
        let structure = import.structure.expect("structure");
        assert_eq!(structure.header_row, 5);
        assert_eq!(structure.works.len(), 1);
        assert_eq!(structure.works[0].items[2].difficulty.as_deref(), Some("П"));
        assert!(structure.schools.iter().all(|school| school.known));
        assert_eq!(import.preview.expect("preview").rows.len(), 3);
        assert_eq!(stored(&world).await, 0);

        let answer = confirm(&world, &manager, id, false).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.parse::<Import>().state, ImportState::Confirmed);
        assert_eq!(stored(&world).await, 3);
        // A repeated confirmation changes nothing.
        let again = confirm(&world, &manager, id, false).await;
        assert_eq!(again.status, StatusCode::OK);
        assert_eq!(stored(&world).await, 3);
        let runs: Vec<api::results::run::Run> = world.get(api::paths::RUNS, &manager).await.parse();
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].reason, "import");

        let paper = &world
            .store
            .papers(world.home.municipality)
            .await
            .expect("papers")[0];
        let results = world
            .store
            .results(world.home.municipality, paper.id)
            .await
            .expect("results");
        let second = results.iter().find(|row| row.row == 7).expect("row 7");
        assert_eq!(second.items, vec![1, 0, 1]);
        assert_eq!(
            (second.raw_score, second.mark, second.register_mark),
            (Some(2), Some(3), None)
        );
        // The third took no part.
        assert!(results.iter().all(|row| row.row != 8));

        let answer = undo(&world, &manager, id).await;
        assert_eq!(answer.parse::<Import>().state, ImportState::Undone);
        assert_eq!(stored(&world).await, 0);
        assert_eq!(undo(&world, &manager, id).await.status, StatusCode::OK);
        let audit = world.home_person(Role::Manager).await;
        let log: Vec<api::access::audit::AuditEntry> =
            world.get(api::paths::AUDIT, &audit).await.parse();
        for action in ["import.create", "import.confirm", "import.undo"] {
            assert!(log.iter().any(|entry| entry.action == action), "{action}");
        }
    }
);

fact!(
    async fn the_same_file_is_recognised(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let first = ImportId(Uuid::now_v7());
        let file = workbook(ROWS, false);
        bring(&world, &manager, first, "a.xlsx", file.clone()).await;
        // The same id with the same file is the same import, with another file a conflict.
        let again = bring(&world, &manager, first, "a.xlsx", file.clone()).await;
        assert_eq!(again.parse::<Import>().id, first);
        let other = bring(&world, &manager, first, "b.csv", b"year,subject".to_vec()).await;
        assert_eq!(
            (other.status, other.code().as_str()),
            (StatusCode::CONFLICT, "request.id_taken")
        );

        confirm(&world, &manager, first, false).await;
        let second = ImportId(Uuid::now_v7());
        let import: Import = bring(&world, &manager, second, "copy.xlsx", file.clone())
            .await
            .parse();
        assert_eq!(import.same_as, Some(first));
        assert_eq!(import.problems[0].code, "import.same_file");
        let answer = confirm(&world, &manager, second, false).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "import.same_file")
        );
        assert_eq!(stored(&world).await, 3);

        // Once undone, the file may come again.
        undo(&world, &manager, first).await;
        let third = ImportId(Uuid::now_v7());
        bring(&world, &manager, third, "copy.xlsx", file).await;
        let answer = confirm(&world, &manager, third, false).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(stored(&world).await, 3);
    }
);

async fn confirm_over(world: &World, cookie: &str, id: ImportId, earlier: &str) -> Answer {
    let body = json!({ "earlier": earlier });
    world
        .post(&api::paths::import_confirm(id), cookie, body)
        .await
}

fact!(
    async fn a_corrected_file_takes_the_place_of_the_earlier_one_until_it_is_undone(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let [first, second, third] = [(); 3].map(|()| ImportId(Uuid::now_v7()));
        bring(&world, &manager, first, "a.xlsx", workbook(ROWS, false)).await;
        confirm(&world, &manager, first, false).await;

        // The corrected export has the rows of one school only: the other school keeps its own.
        let import: Import = bring(
            &world,
            &manager,
            second,
            "b.xlsx",
            workbook(&ROWS[..2], false),
        )
        .await
        .parse();
        assert_eq!(
            import.problems[0].code,
            api::results::import::ALREADY_IMPORTED
        );
        let answer = confirm(&world, &manager, second, false).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "import.choose_earlier")
        );
        assert_eq!(stored(&world).await, 3);
        let answer = confirm_over(&world, &manager, second, "replace").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(stored(&world).await, 2 + 1);

        bring(
            &world,
            &manager,
            third,
            "c.xlsx",
            workbook(&ROWS[..1], false),
        )
        .await;
        confirm_over(&world, &manager, third, "replace").await;
        assert_eq!(stored(&world).await, 1 + 1);
        // What the second had replaced stays replaced, now by the third.
        undo(&world, &manager, second).await;
        assert_eq!(stored(&world).await, 1 + 1);
        undo(&world, &manager, third).await;
        assert_eq!(stored(&world).await, 3);
    }
);

fact!(
    async fn a_file_of_other_classes_is_added_when_that_is_said(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let [first, second] = [(); 2].map(|()| ImportId(Uuid::now_v7()));
        bring(
            &world,
            &manager,
            first,
            "a.xlsx",
            workbook(&ROWS[..2], false),
        )
        .await;
        confirm(&world, &manager, first, false).await;
        bring(
            &world,
            &manager,
            second,
            "b.xlsx",
            workbook(&ROWS[2..], false),
        )
        .await;
        let answer = confirm_over(&world, &manager, second, "keep").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(stored(&world).await, 3);
    }
);

fact!(
    async fn a_later_attempt_counts_and_the_earlier_one_comes_back(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        let table = |pupils: std::ops::Range<u32>, score: u32| {
            let mut text = "year;subject;grade;school;class;pupil;raw_score;mark\n".to_owned();
            for pupil in pupils {
                text.push_str(&format!("2019;math;9;edu990001;9А;{pupil:03};{score};4\n"));
            }
            text.into_bytes()
        };
        let [first, second] = [(); 2].map(|()| ImportId(Uuid::now_v7()));
        bring(&world, &manager, first, "a.csv", table(1..26, 4)).await;
        confirm(&world, &manager, first, false).await;
        assert_eq!(stored(&world).await, 25);
        let import: Import = bring(&world, &manager, second, "b.csv", table(3..6, 5))
            .await
            .parse();
        let told = &import.structure.expect("structure").stored[0];
        assert_eq!((told.rows, told.in_both), (25, 3));
        let answer = confirm_over(&world, &manager, second, "keep").await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "import.counted_twice")
        );
        let answer = confirm_over(&world, &manager, second, "latest").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(stored(&world).await, 25);
        undo(&world, &manager, second).await;
        assert_eq!(stored(&world).await, 25);
    }
);

fact!(
    async fn an_import_that_nobody_confirms_is_forgotten(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let id = ImportId(Uuid::now_v7());
        bring(&world, &manager, id, "a.xlsx", workbook(ROWS, false)).await;
        let municipality = world.home.municipality;
        let kept = world.store.import_payload(municipality, id).await;
        assert!(kept.expect("payload").is_some());
        let now = world.now_ms();
        let forgotten = world.store.prune_imports(now + 1, now + 1).await;
        assert_eq!(forgotten.expect("pruned"), 1);
        let kept = world.store.import_payload(municipality, id).await;
        assert!(kept.expect("payload").is_none());
        let import: Import = world.get(&api::paths::import(id), &manager).await.parse();
        assert_eq!(import.state, ImportState::Undone);
        assert!(import.preview.is_none());
    }
);

fact!(
    async fn names_of_pupils_are_refused_and_kept_nowhere(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let id = ImportId(Uuid::now_v7());
        let answer = bring(&world, &manager, id, "names.xlsx", workbook(ROWS, true)).await;
        assert!(!answer.text.contains("Иванов"), "{}", answer.text);
        let import: Import = answer.parse();
        assert!(
            import
                .problems
                .iter()
                .any(|problem| problem.code == "import.name_column"
                    && problem.severity == Severity::Error
                    && problem.column.as_deref() == Some("K"))
        );
        assert!(import.preview.is_none());
        let kept = world
            .store
            .import_payload(world.home.municipality, id)
            .await
            .expect("payload");
        assert!(kept.is_none());
        let answer = confirm(&world, &manager, id, false).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "import.has_errors")
        );
        assert_eq!(stored(&world).await, 0);
    }
);

fact!(
    async fn an_unknown_school_stops_unless_the_register_may_grow(world: World) {
        add_school(&world, "edu990001", "Боровская ООШ").await;
        let manager = world.home_person(Role::Manager).await;
        let coordinator = world.home_person(Role::Coordinator).await;
        let id = ImportId(Uuid::now_v7());
        let import: Import = bring(&world, &manager, id, "a.xlsx", workbook(ROWS, false))
            .await
            .parse();
        assert_eq!(import.error_count, 1);
        assert_eq!(import.problems[0].code, "import.unknown_school");
        assert_eq!(
            confirm(&world, &manager, id, false).await.status,
            StatusCode::CONFLICT
        );
        // The manager may not change the register.
        assert_eq!(
            confirm(&world, &manager, id, true).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(stored(&world).await, 0);
        let answer = confirm(&world, &coordinator, id, true).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(stored(&world).await, 3);
    }
);

fact!(
    async fn bad_files_get_a_sentence_each(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let mut macros = workbook(ROWS, false);
        // The name of a macro part in the zip directory is enough.
        let text = b"xl/theme/theme1.xml";
        let places: Vec<usize> = (0..macros.len() - text.len())
            .filter(|&place| &macros[place..place + text.len()] == text)
            .collect();
        for place in places {
            macros[place..place + text.len()].copy_from_slice(b"xl/x/vbaProject.bin");
        }
        let mut truncated = workbook(ROWS, false);
        truncated.truncate(truncated.len() / 2);
        for (bytes, code) in [
            (Vec::new(), "import.empty"),
            (b"%PDF-1.7 results".to_vec(), "import.wrong_type"),
            (
                vec![0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0],
                "import.old_workbook",
            ),
            (truncated, "import.broken_workbook"),
            (macros, "import.macros"),
            (
                b"year,grade,school,raw_score\n2026,5,s1,4\n".to_vec(),
                "import.missing_column",
            ),
        ] {
            let import: Import = bring(&world, &manager, ImportId(Uuid::now_v7()), "file", bytes)
                .await
                .parse();
            assert!(
                import.problems.iter().any(|problem| problem.code == code),
                "{code}: {:?}",
                import.problems
            );
            assert!(import.error_count > 0);
            assert!(import.problems.iter().all(|problem| {
                !problem.text.ru.is_empty()
                    && !problem.text.en.is_empty()
                    && !problem.hint.ru.is_empty()
            }));
        }
    }
);

fact!(
    async fn a_file_beyond_the_limit_is_refused_before_it_is_read(world: World) {
        let manager = world.home_person(Role::Manager).await;
        let request = Request::builder()
            .method(Method::POST)
            .uri(api::paths::IMPORTS)
            .header(header::HOST, "orientir.example")
            .header(header::COOKIE, &manager)
            .header(header::CONTENT_LENGTH, 200 * 1024 * 1024)
            .header(
                api::results::import::IMPORT_ID_HEADER,
                Uuid::now_v7().to_string(),
            )
            .body(Body::from("x"))
            .expect("a request");
        let answer = world.send(request).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::PAYLOAD_TOO_LARGE, "import.too_large")
        );
    }
);

fact!(
    async fn a_confirmation_that_breaks_off_leaves_nothing(world: World) {
        home_schools(&world).await;
        let manager = world.home_person(Role::Manager).await;
        let id = ImportId(Uuid::now_v7());
        bring(&world, &manager, id, "a.xlsx", workbook(ROWS, false)).await;
        {
            let author = Author::system(world.home.municipality);
            let mut write = world
                .store
                .write(author, world.now_ms())
                .await
                .expect("write");
            let kind = api::procedures::procedure::ProcedureKind::Vpr;
            let paper = server::store::StoredPaper {
                id: Uuid::now_v7(),
                procedure: write.procedure_for(kind, 2026).await.expect("procedure"),
                kind,
                year: 2026,
                subject: "math".into(),
                grade: 5,
                items: Vec::new(),
                max_score: 7,
                cuts: None,
                cuts_source: None,
            };
            write.add_paper(&paper).await.expect("paper");
            let row = StoredResult {
                row: 6,
                organisation: world.home.own_school,
                class: "5А".into(),
                pupil: "50001".into(),
                booklet: None,
                items: Vec::new(),
                raw_score: Some(7),
                mark: Some(5),
                register_mark: None,
                prior_score: None,
            };
            write
                .add_results(id, paper.id, &[row])
                .await
                .expect("results");
            write
                .set_import_state(id, ImportState::Confirmed, 1)
                .await
                .expect("state");
            // Dropped without a commit, as when the process dies.
        }
        assert_eq!(stored(&world).await, 0);
        let import: Import = world.get(&api::paths::import(id), &manager).await.parse();
        assert_eq!(import.state, ImportState::Checked);
        assert_eq!(
            confirm(&world, &manager, id, false).await.status,
            StatusCode::OK
        );
        assert_eq!(stored(&world).await, 3);
    }
);

fact!(
    async fn schools_see_no_imports(world: World) {
        let head = world.home_person(Role::SchoolHead).await;
        assert_eq!(
            world.get(api::paths::IMPORTS, &head).await.status,
            StatusCode::FORBIDDEN
        );
        let analyst = Scope::Organisation {
            organisation: world.home.own_school,
        };
        let (_, cookie) = world
            .person(&world.home.clone(), Role::Analyst, analyst)
            .await;
        assert_eq!(
            world.get(api::paths::IMPORTS, &cookie).await.status,
            StatusCode::FORBIDDEN
        );
    }
);

/// The server dies in the middle of an import: whatever the moment, all rows are there afterwards, or none.
#[tokio::test]
async fn a_killed_process_leaves_the_whole_import_or_nothing() {
    use std::io::Write as _;
    let directory = std::env::temp_dir().join(format!("orientir-kill-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&directory).expect("directory");
    let file = directory.join("results.csv");
    let rows = 6_000_u64;
    let mut table = std::io::BufWriter::new(std::fs::File::create(&file).expect("file"));
    writeln!(table, "year,subject,grade,school,class,pupil,raw_score").expect("header");
    for row in 0..rows {
        writeln!(table, "2026,math,5,s{},5А,{row},{}", row % 40, row % 21).expect("row");
    }
    table
        .into_inner()
        .expect("flushed")
        .sync_all()
        .expect("synced");
    for delay_ms in [150, 400, 900, 1_600] {
        let database = directory.join(format!("{delay_ms}.db"));
        let address = format!("sqlite:{}", database.display());
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_orientir"))
            .args(["bench-import", "--database", &address])
            .arg(&file)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the server starts");
        tokio::time::sleep(std::time::Duration::from_millis(delay_ms)).await;
        child.kill().expect("killed");
        child.wait().expect("gone");
        let store = server::store::Store::open(&address)
            .await
            .expect("the database opens");
        for municipality in store.municipalities().await.expect("municipalities") {
            let stored: u64 = store
                .result_counts(municipality.id)
                .await
                .expect("counts")
                .iter()
                .map(|(_, _, works)| works)
                .sum();
            let confirmed = store
                .imports(municipality.id)
                .await
                .expect("imports")
                .iter()
                .any(|import| import.state == ImportState::Confirmed);
            assert_eq!(stored, if confirmed { rows } else { 0 });
        }
    }
    let _ = std::fs::remove_dir_all(&directory);
}
