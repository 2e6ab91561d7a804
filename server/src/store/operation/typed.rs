//! Every table by the product's own types, with what it holds in words.

use futures::TryStreamExt;
use futures::future::BoxFuture;
use sea_orm::sqlx::{self, AssertSqlSafe};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult, QueryResult, QueryTrait};

use super::Connection;
use super::connection::failed;
use crate::store::StoreError;
use crate::store::entity as e;

/// A table of the product.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What it holds, in Russian.
    pub ru: &'static str,
    /// What it holds, in English.
    pub en: &'static str,
    read: Read,
}

type Read = for<'a> fn(&'a mut Connection) -> BoxFuture<'a, Result<u64, Unread>>;

/// A row that the product's types do not understand.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The row of this number, from 1, in the order in which the database gives them.
    #[error("row {row}: {why}")]
    Row {
        /// Number.
        row: u64,
        /// What the types said.
        why: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Table {
    /// Reads every row by the product's types; how many there are.
    ///
    /// # Errors
    /// See [`Unread`].
    pub async fn read(&self, connection: &mut Connection) -> Result<u64, Unread> {
        (self.read)(connection).await
    }
}

fn read<E: EntityTrait>(connection: &mut Connection) -> BoxFuture<'_, Result<u64, Unread>>
where
    E::Model: FromQueryResult,
{
    Box::pin(async move {
        let mut rows = 0;
        let mut take = |row: QueryResult| {
            rows += 1;
            E::Model::from_query_result(&row, "")
                .map(drop)
                .map_err(|error| Unread::Row {
                    row: rows,
                    why: error.to_string(),
                })
        };
        let select = |backend: DbBackend| AssertSqlSafe(E::find().build(backend).sql);
        match connection {
            Connection::Sqlite(sqlite) => {
                let mut stream = sqlx::query(select(DbBackend::Sqlite)).fetch(sqlite);
                while let Some(row) = stream.try_next().await.map_err(failed)? {
                    take(row.into())?;
                }
            }
            Connection::Postgres(postgres) => {
                let mut stream = sqlx::query(select(DbBackend::Postgres)).fetch(postgres);
                while let Some(row) = stream.try_next().await.map_err(failed)? {
                    take(row.into())?;
                }
            }
        }
        Ok(rows)
    })
}

macro_rules! tables {
    ($($name:literal $($module:ident)::+ : $ru:literal / $en:literal;)+) => {
        /// All tables of the product, by name. A new table is one line here.
        pub const TABLES: &[Table] = &[$(Table {
            name: $name,
            ru: $ru,
            en: $en,
            read: read::<e::$($module)::+::Entity>,
        },)+];
    };
}

tables! {
    "act_explanation" observation::act::act_explanation: "Объяснения школ к актам" / "Explanations of schools to acts";
    "act_signature" observation::act::act_signature: "Подписи под актами" / "Signatures of acts";
    "agreement_entry" assessment::agreement_entry: "Разговор школы и эксперта о расхождениях" / "Talk of a school and its expert about differences";
    "assignment" procedures::assignment: "Кто какое участие принимает в мероприятии" / "Who takes which part in an event";
    "attachment" forms::attachment: "Снимки и файлы листов" / "Photos and files of sheets";
    "attachment_chunk" forms::attachment_chunk: "Содержимое снимков и файлов по частям" / "Content of photos and files, in chunks";
    "audit" audit: "Журнал действий, сцепленный хешами" / "Audit log, chained by hash";
    "backup_record" operation::upkeep::backup_record: "Проверенные резервные копии" / "Verified backups";
    "campaign" assessment::campaign: "Кампании самообследования" / "Campaigns of self-assessment";
    "campaign_plan" assessment::campaign_plan: "Планы кампаний" / "Plans of campaigns";
    "campaign_school" assessment::campaign_school: "Школы кампаний" / "Schools of campaigns";
    "campaign_step" assessment::campaign_step: "Шаги школы в кампании: сдача, утверждение, возврат" / "Steps of a school in a campaign: submitted, approved, given back";
    "case_entry" observation::act::case_entry: "Записи карточек разбора" / "Entries of cases";
    "change_report" schools::change_report: "Отчёты об изменениях школы" / "Reports of a school's changes";
    "context_finding" schools::context_finding: "Выводы территории о действии факторов" / "Findings of the territory on factors";
    "context_passport" schools::context_passport: "Паспорта контекста школ" / "Context passports of schools";
    "document" papers::document: "Реестр документов" / "Register of documents";
    "employment" observation::staffing::employment: "Места работы участников" / "Where participants work";
    "entry_link" access::entry_link: "Ссылки для входа" / "Links to begin an account";
    "event" procedures::event: "Мероприятия: где, когда, какой предмет" / "Events: where, when, which subject";
    "event_batch" procedures::event_batch: "Мероприятия, внесённые вместе" / "Events planned at once";
    "event_change" procedures::event_change: "Переносы и отмены мероприятий с причинами" / "Events moved or called off, with reasons";
    "event_plan" procedures::event_plan: "Как мероприятия попали в план и между какими днями школа выбирает" / "How events came into the plan, and the days between which schools choose";
    "event_readiness" procedures::readiness::event_readiness: "Отметки о готовности мероприятий" / "Events marked as ready";
    "event_video" procedures::readiness::event_video: "Где лежат видеозаписи" / "Where recordings lie";
    "evidence" assessment::evidence: "Подтверждающие материалы" / "Evidence";
    "expert_assignment" assessment::expert_assignment: "Назначения экспертов школам" / "Experts of schools";
    "expert_interest" assessment::expert_interest: "Заявленная заинтересованность экспертов" / "Declared interests of experts";
    "external_list" results::external_list: "Внешние перечни школ" / "External lists of schools";
    "family_tie" observation::staffing::family_tie: "Заявленные родственные связи; сведения ограниченного доступа" / "Declared family ties; confidential";
    "file_upload" papers::file_upload: "Загруженные файлы" / "Files brought";
    "form" forms::form: "Опубликованные версии форм" / "Published versions of forms";
    "form_draft" forms::form_draft: "Черновики форм" / "Drafts of forms";
    "head" head: "Концы двух журналов муниципалитета" / "Ends of a municipality's two logs";
    "health" health: "Отметка проверки здоровья" / "Beats of the health check";
    "indicator_value" results::indicator_value: "Введённые значения показателей" / "Values of indicators entered";
    "installation" operation::upkeep::installation: "Сама установка" / "The installation itself";
    "interest_declaration" observation::staffing::interest_declaration: "Заявления об отсутствии заинтересованности" / "Declarations of no interest";
    "invitation" access::invitation: "Приглашения наблюдателей" / "Invitations of observers";
    "job" job: "Фоновые задания" / "Background jobs";
    "live_change" live_change: "Лента живых изменений за сутки" / "Live changes of a day";
    "login" access::login: "Имена для входа" / "Sign-ins";
    "low_result_identification" results::low_result_identification: "Списки школ с низкими результатами" / "Lists of schools with low results";
    "marking_agreement" procedures::readiness::marking_agreement: "Согласованные подходы к проверке" / "Agreed approaches to marking";
    "mechanism_answer" assessment::mechanism_answer: "Оценка механизмов управления" / "Assessment of mechanisms";
    "mechanism_assessment" assessment::mechanism_assessment: "Оценки механизмов по годам" / "Assessments of mechanisms by year";
    "municipality" registry::municipality: "Муниципалитеты" / "Municipalities";
    "objectivity_cell" results::objectivity_cell: "Ячейки карты объективности" / "Cells of the map of objectivity";
    "objectivity_run" results::objectivity_run: "Расчёты объективности" / "Runs of the objectivity engine";
    "observation_policy" observation::act::observation_policy: "Сроки наблюдения" / "Terms of observation";
    "observer_application" observation::observer::observer_application: "Заявления в наблюдатели" / "Applications of observers";
    "observer_profile" observation::observer::observer_profile: "Реестр наблюдателей" / "Register of observers";
    "operation" forms::operation: "Ответы и правки, как их прислало устройство" / "Answers and changes as devices sent them";
    "organisation" registry::organisation: "Организации" / "Organisations";
    "organisation_change" registry::organisation_change: "История организаций" / "History of organisations";
    "paper" results::paper: "Работы: задания и баллы" / "Papers: items and scores";
    "person" access::person: "Люди" / "People";
    "procedure" procedures::procedure: "Оценочные процедуры" / "Assessment procedures";
    "procedure_order" procedures::readiness::procedure_order: "Приказы о процедурах" / "Orders on procedures";
    "procedure_passport" procedures::readiness::procedure_passport: "Паспорта процедур" / "Passports of procedures";
    "programme" management::programme::passport: "Программы" / "Programmes";
    "programme_change" management::programme::change: "Изменения строк дорожных карт с основаниями" / "Changes of lines of roadmaps, with their grounds";
    "programme_date" management::programme::date: "Дни, назначенные строкам дорожных карт" / "Days given to lines of roadmaps";
    "programme_heading" management::programme::heading: "Разделы дорожных карт" / "Headings of roadmaps";
    "programme_line" management::programme::line: "Строки дорожных карт" / "Lines of roadmaps";
    "programme_report" management::programme::report: "Отчёты об исполнении строк дорожных карт" / "Reports on lines of roadmaps";
    "programme_review" management::programme::review: "Выводы об эффективности разделов программ" / "Conclusions on the effect of blocks of programmes";
    "question_comment" forms::question_comment: "Замечания коллег к вопросам" / "Comments of colleagues on questions";
    "result" results::result: "Результаты работ по кодам учеников" / "Results of works, by codes of pupils";
    "result_import" results::result_import: "Загрузки результатов" / "Imports of results";
    "review" management::review::opened: "Разборы признаков" / "Reviews of signs";
    "review_entry" management::review::entry: "Ход разборов" / "Course of reviews";
    "review_mark" management::review::mark: "Повторные баллы перепроверок" / "Second marks of rechecks";
    "role_grant" access::role_grant: "Роли людей" / "Roles of people";
    "school_record" schools::school_record: "Записи школы о себе" / "What a school records about itself";
    "session" access::session: "Сеансы" / "Sessions";
    "setup_code" access::setup_code: "Одноразовые коды основания" / "One-time codes of founding";
    "sign_in_attempt" access::sign_in_attempt: "Неудачные попытки входа" / "Failures of sign-in";
    "staffing_override" observation::staffing::staffing_override: "Обоснованные исключения из правил назначения" / "Reasoned exceptions from rules of staffing";
    "staffing_request" observation::staffing::staffing_request: "Предложенное участие" / "Parts offered";
    "submission" forms::submission: "Заполненные листы и анкеты" / "Filled sheets and forms";
    "submission_score" forms::submission_score: "Баллы сданных листов" / "Scores of submitted sheets";
    "support" management::support::agreed: "Меры поддержки" / "Measures of support";
    "support_entry" management::support::entry: "Ход мер поддержки" / "Course of measures of support";
    "table_import" registry::table_import: "Загрузки списков управления" / "Imports of the office's lists";
    "teaching_load" observation::staffing::teaching_load: "Кто что преподаёт" / "Who teaches what";
    "training_attempt" observation::observer::training_attempt: "Попытки проверки знаний наблюдателя" / "Attempts at the observers' quiz";
    "training_certificate" observation::observer::training_certificate: "Свидетельства наблюдателей" / "Certificates of observers";
    "violation_case" observation::act::violation_case: "Карточки разбора нарушений" / "Cases of violations";
}
