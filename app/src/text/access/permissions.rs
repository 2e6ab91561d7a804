//! Texts of the page that says who may do what.

use api::access::permission::Permission;

texts! {
    title: "Кто что может" / "Who may do what";
    lead: "Права роли действуют в её пределах: в районе, в своей школе или на одном событии. Меню и кнопки следуют этой же таблице."
        / "What a role may do holds within its scope: the district, the own school, or one event. Menus and buttons follow this very table.";
    what: "Что можно делать" / "What may be done";
    own: "Мне можно" / "I may";
    own_only: "Только то, что можно мне" / "Only what I may do";
    yes: "может" / "may";
    no: "нет" / "no";
    own_everywhere: "везде" / "everywhere";
    own_somewhere: "в своих пределах" / "within my scope";
    group_places: "Школы и люди" / "Schools and people";
    group_observation: "Процедуры и наблюдение" / "Procedures and observation";
    group_results: "Результаты и карта" / "Results and map";
    group_forms: "Анкеты и самооценка" / "Forms and self-assessment";
    group_papers: "Документы и механизмы" / "Documents and mechanisms";
    group_help: "Школы: условия, изменения, помощь" / "Schools: context, changes, help";
    group_rest: "Общее" / "General";
}

texts! {
    organisation_read: "Видеть реестр школ" / "See the register of organisations";
    organisation_update: "Вносить и менять школы" / "Change the register of organisations";
    person_read: "Видеть людей и их роли" / "See people and their roles";
    person_create: "Заносить людей" / "Enter people";
    person_update: "Менять карточку, блокировать, завершать сеансы"
        / "Change a card, block a person, end sessions";
    role_update: "Давать и снимать роли" / "Give and take roles";
    entry_create: "Выдавать ссылки для входа" / "Issue links for signing in";
    invitation_read: "Видеть приглашения наблюдателей" / "See who is invited";
    invitation_create: "Приглашать наблюдателей на работы" / "Invite an observer";
    procedure_read: "Видеть процедуры" / "See procedures";
    procedure_create: "Планировать процедуры" / "Plan procedures";
    event_read: "Видеть события" / "See events";
    event_create: "Планировать события" / "Plan events";
    event_update: "Переносить и отменять события" / "Move events and call them off";
    event_choose: "Назначать день события в данном сроке" / "Set the day of an event within its days";
    staffing_read: "Видеть, кто участвует в событии"
        / "See who takes part in an event, and who could";
    staffing_update: "Назначать людей на событие и снимать"
        / "Give people parts in an event, and take them back";
    readiness_read: "Видеть готовность к событию" / "See what an event still needs";
    readiness_update: "Вести паспорт, приказы и готовность"
        / "Keep passports, orders and agreements; mark an event as ready";
    declaration_read: "Видеть предложенные себе назначения"
        / "See the parts offered to oneself, and one's own ties";
    declaration_update: "Заявлять о своих интересах" / "Declare one's own interests";
    act_read: "Читать акты" / "Read acts";
    act_sign: "Подписывать акт по своему листу" / "Sign the act of one's own sheet";
    act_explain: "Давать пояснение школы к акту" / "Explain to an act for one's own school";
    case_read: "Видеть разборы" / "See cases";
    case_answer: "Отвечать в разборе за свою школу" / "Explain in a case of one's own school";
    case_resolve: "Вести и закрывать разборы" / "Write in a case and close it";
    day_read: "Видеть день проведения" / "See the board of a day and the observation index";
    policy_update: "Менять сроки наблюдения" / "Set the terms of observation";
    observer_read: "Видеть реестр наблюдателей и заявки"
        / "See the register of observers and applications";
    observer_update: "Вести реестр наблюдателей" / "Keep the register of observers";
    training_read: "Читать курс наблюдателя" / "Read the course for observers";
    training_update: "Проходить проверку знаний" / "Take the quiz for observers";
    assignment_read: "Видеть свои назначения" / "See one's own assignments";
    import_read: "Видеть загрузки результатов" / "See imports of results";
    import_create: "Приносить файлы результатов" / "Bring a file of results";
    import_confirm: "Подтверждать загрузку" / "Store the results of a checked file";
    import_undo: "Отменять загрузку целиком" / "Undo an import whole";
    run_read: "Видеть расчёты" / "See runs of the engine";
    run_create: "Запускать расчёт" / "Start a run";
    heat_map_read: "Видеть карту" / "See the heat map";
    cell_read: "Открывать ячейки карты" / "See a cell in full";
    form_read: "Видеть опубликованные анкеты" / "See published forms";
    form_draft_read: "Видеть анкеты в работе" / "See forms being written";
    form_draft_update: "Составлять анкеты" / "Write forms: begin, change and give up";
    form_publish: "Публиковать анкеты" / "Publish a version of a form";
    submission_read: "Видеть заполненные анкеты" / "See filled forms";
    submission_create: "Начинать заполнение" / "Open a form for filling";
    submission_update: "Отвечать на вопросы" / "Answer";
    submission_submit: "Сдавать заполненное" / "Submit";
    campaign_read: "Видеть кампании самооценки" / "See campaigns";
    campaign_create: "Объявлять кампанию" / "Announce a campaign";
    campaign_update: "Менять кампанию, возвращать и продлевать"
        / "Change a campaign, give a school more time, give a self-assessment back";
    approval_create: "Утверждать самооценку школы" / "Approve a self-assessment with a signature";
    approval_update: "Снимать утверждение с указанием причины"
        / "Unlock an approved self-assessment, with a reason";
    comment_read: "Читать обсуждение вопросов" / "See comments of colleagues";
    comment_create: "Обсуждать вопросы с коллегами" / "Comment a question";
    expert_read: "Видеть экспертов кампании"
        / "See who may assess the schools of a campaign, and who does";
    expert_update: "Назначать школе эксперта" / "Give a school its expert";
    interest_read: "Видеть свои экспертные оценки"
        / "See one's own expert assessments and declared interests";
    interest_create: "Заявлять об интересе к школе" / "Declare an interest";
    agreement_read: "Видеть школу рядом с экспертом" / "See a school beside its expert";
    agreement_create: "Участвовать в согласовании оценок"
        / "Take part in the talk about a disagreement";
    file_create: "Приносить файлы" / "Bring a file for a document or a piece of evidence";
    document_read: "Видеть реестр документов" / "See the register of documents";
    document_update: "Вести реестр документов" / "Register documents and take them out";
    evidence_read: "Видеть подтверждения" / "See evidence";
    evidence_update: "Прикладывать подтверждения" / "Bind evidence to questions";
    mechanism_read: "Видеть оценку механизмов" / "See the assessment of mechanisms";
    mechanism_update: "Оценивать механизмы за муниципалитет"
        / "Assess mechanisms for the municipality";
    mechanism_submit: "Открывать, передавать и завершать оценку механизмов"
        / "Open, hand over and conclude the assessment of mechanisms";
    mechanism_assess: "Оценивать механизмы как эксперт" / "Assess mechanisms as an expert";
    change_read: "Видеть журнал изменений школ" / "See change logs";
    change_update: "Вести журнал изменений своей школы" / "Keep the change log of a school";
    change_report: "Закрывать отчёт об изменениях" / "Freeze the report of a window";
    context_read: "Видеть контекст школ" / "See context passports";
    context_update: "Заполнять контекст школы" / "Fill in a context passport";
    finding_update: "Уточнять влияние условий по территории"
        / "Replace directions of factors by a finding of the territory";
    profile_read: "Видеть профиль школы: SWOT и риски"
        / "See SWOT, risks and the joined page of a school";
    profile_update: "Заполнять SWOT и риски" / "Fill in SWOT and risks";
    support_read: "Видеть меры поддержки" / "See measures agreed with schools";
    support_create: "Договариваться со школой о мере" / "Agree on a measure with a school";
    support_update: "Начинать меру и отчитываться"
        / "Begin a measure, report it done, write beside it";
    support_check: "Смотреть эффект меры или снимать её"
        / "Look at the effect of a measure, or give it up";
    support_penalty: "Решать о взыскании, если помощь исчерпана"
        / "Decide on a penalty, where help was found to bring nothing";
    programme_read: "Видеть программы и дорожные карты"
        / "See programmes and their roadmaps";
    programme_create: "Загружать дорожную карту из файла"
        / "Bring a roadmap from a file";
    programme_update: "Исправлять программу и строки дорожной карты"
        / "Change a programme and the lines of its roadmap";
    programme_approve: "Утверждать программу приказом"
        / "Approve a programme by an order";
    programme_report: "Отчитываться об исполнении строки дорожной карты"
        / "Report on a line of a roadmap";
    programme_review: "Писать вывод об эффективности раздела программы"
        / "Conclude on the effect of a block of a programme";
    review_read: "Видеть разборы; школа — свои, когда её спросили"
        / "See reviews; a school its own, once it is asked";
    review_create: "Открывать разбор ячейки" / "Open a review of a cell";
    review_update: "Вести шаги разбора: проверка, заключение, эффект"
        / "Take the steps of a review: analysis, recheck, conclusion, effect";
    review_answer: "Давать пояснение школы в разборе" / "Explain in a review of the own school";
    indicator_read: "Видеть показатели программы" / "See indicators of the quality programme";
    indicator_update: "Вносить значения показателей" / "Enter values of indicators";
    low_result_read: "Видеть школы с низкими результатами"
        / "See identifications of schools with low results";
    low_result_create: "Определять школы с низкими результатами"
        / "Identify schools with low results";
    calendar_read: "Видеть календарь мониторинга" / "See the monitoring calendar";
    first_hour_read: "Видеть, что сделано в первый час управления" / "See how far the first hour of the office has come";
    system_read: "Смотреть состояние установки" / "See the state of the installation";
    system_update: "Признать копию рабочим сервером" / "Say that a restored copy is the working server";
    audit_read: "Читать журнал действий" / "See the audit log";
    live_read: "Получать изменения сразу" / "Hear live changes";
}

/// Groups of the page with their permissions.
pub const GROUPS: [(super::super::Wording, &[Permission]); 7] = [
    (
        group_places,
        &[
            Permission::OrganisationRead,
            Permission::OrganisationUpdate,
            Permission::PersonRead,
            Permission::PersonCreate,
            Permission::PersonUpdate,
            Permission::RoleUpdate,
            Permission::EntryCreate,
            Permission::InvitationRead,
            Permission::InvitationCreate,
        ],
    ),
    (
        group_observation,
        &[
            Permission::ProcedureRead,
            Permission::ProcedureCreate,
            Permission::EventRead,
            Permission::EventCreate,
            Permission::EventChoose,
            Permission::EventUpdate,
            Permission::StaffingRead,
            Permission::StaffingUpdate,
            Permission::ReadinessRead,
            Permission::ReadinessUpdate,
            Permission::DeclarationRead,
            Permission::DeclarationUpdate,
            Permission::ActRead,
            Permission::ActSign,
            Permission::ActExplain,
            Permission::CaseRead,
            Permission::CaseAnswer,
            Permission::CaseResolve,
            Permission::DayRead,
            Permission::PolicyUpdate,
            Permission::ObserverRead,
            Permission::ObserverUpdate,
            Permission::TrainingRead,
            Permission::TrainingUpdate,
            Permission::AssignmentRead,
        ],
    ),
    (
        group_results,
        &[
            Permission::ImportRead,
            Permission::ImportCreate,
            Permission::ImportConfirm,
            Permission::ImportUndo,
            Permission::RunRead,
            Permission::RunCreate,
            Permission::HeatMapRead,
            Permission::CellRead,
        ],
    ),
    (
        group_forms,
        &[
            Permission::FormRead,
            Permission::FormDraftRead,
            Permission::FormDraftUpdate,
            Permission::FormPublish,
            Permission::SubmissionRead,
            Permission::SubmissionCreate,
            Permission::SubmissionUpdate,
            Permission::SubmissionSubmit,
            Permission::CampaignRead,
            Permission::CampaignCreate,
            Permission::CampaignUpdate,
            Permission::ApprovalCreate,
            Permission::ApprovalUpdate,
            Permission::CommentRead,
            Permission::CommentCreate,
            Permission::ExpertRead,
            Permission::ExpertUpdate,
            Permission::InterestRead,
            Permission::InterestCreate,
            Permission::AgreementRead,
            Permission::AgreementCreate,
        ],
    ),
    (
        group_papers,
        &[
            Permission::FileCreate,
            Permission::DocumentRead,
            Permission::DocumentUpdate,
            Permission::EvidenceRead,
            Permission::EvidenceUpdate,
            Permission::MechanismRead,
            Permission::MechanismUpdate,
            Permission::MechanismSubmit,
            Permission::MechanismAssess,
        ],
    ),
    (
        group_help,
        &[
            Permission::ChangeRead,
            Permission::ChangeUpdate,
            Permission::ChangeReport,
            Permission::ContextRead,
            Permission::ContextUpdate,
            Permission::FindingUpdate,
            Permission::ProfileRead,
            Permission::ProfileUpdate,
            Permission::SupportRead,
            Permission::SupportCreate,
            Permission::SupportUpdate,
            Permission::SupportCheck,
            Permission::SupportPenalty,
            Permission::ProgrammeRead,
            Permission::ProgrammeCreate,
            Permission::ProgrammeUpdate,
            Permission::ProgrammeApprove,
            Permission::ProgrammeReport,
            Permission::ProgrammeReview,
            Permission::ReviewRead,
            Permission::ReviewCreate,
            Permission::ReviewUpdate,
            Permission::ReviewAnswer,
            Permission::IndicatorRead,
            Permission::IndicatorUpdate,
            Permission::LowResultRead,
            Permission::LowResultCreate,
        ],
    ),
    (
        group_rest,
        &[
            Permission::CalendarRead,
            Permission::AuditRead,
            Permission::FirstHourRead,
            Permission::SystemRead,
            Permission::SystemUpdate,
            Permission::LiveRead,
        ],
    ),
];

/// What a permission allows, in words.
pub fn permission(permission: Permission) -> super::super::Wording {
    match permission {
        Permission::OrganisationRead => organisation_read,
        Permission::OrganisationUpdate => organisation_update,
        Permission::PersonRead => person_read,
        Permission::PersonCreate => person_create,
        Permission::PersonUpdate => person_update,
        Permission::RoleUpdate => role_update,
        Permission::EntryCreate => entry_create,
        Permission::InvitationRead => invitation_read,
        Permission::InvitationCreate => invitation_create,
        Permission::ProcedureRead => procedure_read,
        Permission::ProcedureCreate => procedure_create,
        Permission::EventRead => event_read,
        Permission::EventCreate => event_create,
        Permission::EventUpdate => event_update,
        Permission::EventChoose => event_choose,
        Permission::StaffingRead => staffing_read,
        Permission::StaffingUpdate => staffing_update,
        Permission::ReadinessRead => readiness_read,
        Permission::ReadinessUpdate => readiness_update,
        Permission::DeclarationRead => declaration_read,
        Permission::DeclarationUpdate => declaration_update,
        Permission::ActRead => act_read,
        Permission::ActSign => act_sign,
        Permission::ActExplain => act_explain,
        Permission::CaseRead => case_read,
        Permission::CaseAnswer => case_answer,
        Permission::CaseResolve => case_resolve,
        Permission::DayRead => day_read,
        Permission::PolicyUpdate => policy_update,
        Permission::ObserverRead => observer_read,
        Permission::ObserverUpdate => observer_update,
        Permission::TrainingRead => training_read,
        Permission::TrainingUpdate => training_update,
        Permission::AssignmentRead => assignment_read,
        Permission::ImportRead => import_read,
        Permission::ImportCreate => import_create,
        Permission::ImportConfirm => import_confirm,
        Permission::ImportUndo => import_undo,
        Permission::RunRead => run_read,
        Permission::RunCreate => run_create,
        Permission::HeatMapRead => heat_map_read,
        Permission::CellRead => cell_read,
        Permission::FormRead => form_read,
        Permission::FormDraftRead => form_draft_read,
        Permission::FormDraftUpdate => form_draft_update,
        Permission::FormPublish => form_publish,
        Permission::SubmissionRead => submission_read,
        Permission::SubmissionCreate => submission_create,
        Permission::SubmissionUpdate => submission_update,
        Permission::SubmissionSubmit => submission_submit,
        Permission::CampaignRead => campaign_read,
        Permission::CampaignCreate => campaign_create,
        Permission::CampaignUpdate => campaign_update,
        Permission::ApprovalCreate => approval_create,
        Permission::ApprovalUpdate => approval_update,
        Permission::CommentRead => comment_read,
        Permission::CommentCreate => comment_create,
        Permission::ExpertRead => expert_read,
        Permission::ExpertUpdate => expert_update,
        Permission::InterestRead => interest_read,
        Permission::InterestCreate => interest_create,
        Permission::AgreementRead => agreement_read,
        Permission::AgreementCreate => agreement_create,
        Permission::FileCreate => file_create,
        Permission::DocumentRead => document_read,
        Permission::DocumentUpdate => document_update,
        Permission::EvidenceRead => evidence_read,
        Permission::EvidenceUpdate => evidence_update,
        Permission::MechanismRead => mechanism_read,
        Permission::MechanismUpdate => mechanism_update,
        Permission::MechanismSubmit => mechanism_submit,
        Permission::MechanismAssess => mechanism_assess,
        Permission::ChangeRead => change_read,
        Permission::ChangeUpdate => change_update,
        Permission::ChangeReport => change_report,
        Permission::ContextRead => context_read,
        Permission::ContextUpdate => context_update,
        Permission::FindingUpdate => finding_update,
        Permission::ProfileRead => profile_read,
        Permission::ProfileUpdate => profile_update,
        Permission::SupportRead => support_read,
        Permission::SupportCreate => support_create,
        Permission::SupportUpdate => support_update,
        Permission::SupportCheck => support_check,
        Permission::SupportPenalty => support_penalty,
        Permission::ProgrammeRead => programme_read,
        Permission::ProgrammeCreate => programme_create,
        Permission::ProgrammeUpdate => programme_update,
        Permission::ProgrammeApprove => programme_approve,
        Permission::ProgrammeReport => programme_report,
        Permission::ProgrammeReview => programme_review,
        Permission::ReviewRead => review_read,
        Permission::ReviewCreate => review_create,
        Permission::ReviewUpdate => review_update,
        Permission::ReviewAnswer => review_answer,
        Permission::IndicatorRead => indicator_read,
        Permission::IndicatorUpdate => indicator_update,
        Permission::LowResultRead => low_result_read,
        Permission::LowResultCreate => low_result_create,
        Permission::CalendarRead => calendar_read,
        Permission::AuditRead => audit_read,
        Permission::FirstHourRead => first_hour_read,
        Permission::SystemRead => system_read,
        Permission::SystemUpdate => system_update,
        Permission::LiveRead => live_read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_permission_stands_in_one_group() {
        let mut shown: Vec<Permission> = GROUPS
            .iter()
            .flat_map(|(_, all)| all.iter().copied())
            .collect();
        shown.sort_unstable();
        assert_eq!(shown, Permission::ALL);
    }
}
