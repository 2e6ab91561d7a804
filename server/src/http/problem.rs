//! Every refusal that leaves the server: named constructors with stable codes and texts for people.

use api::problem::{FieldProblem, MEDIA_TYPE};
use api::text::Text;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::Denied;
use crate::files::FileFault;
use crate::store::StoreError;

tokio::task_local! {
    /// Id of the request under way, to name it in a problem.
    pub(super) static REQUEST: String;
}

/// A problem on its way out.
#[derive(Debug)]
pub struct Problem(Box<api::problem::Problem>);

impl Problem {
    /// A problem of one module; shared ones have constructors here. `title` is the English text.
    pub fn new(
        status: StatusCode,
        code: &str,
        ru: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        let text = Text::new(ru, en);
        Problem(Box::new(api::problem::Problem {
            kind: format!("urn:orientir:problem:{code}"),
            status: status.as_u16(),
            code: code.to_owned(),
            title: text.en.clone(),
            text,
            request: REQUEST.try_with(Clone::clone).ok(),
            fields: Vec::new(),
            retry_after_s: None,
        }))
    }

    /// Adds a field at fault.
    #[must_use]
    pub fn with_field(mut self, field: &str, code: &str, text: Text) -> Self {
        self.0.fields.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            text,
        });
        self
    }

    /// Says when a repetition makes sense; also as the header `Retry-After`.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "session.required",
            "Вы не вошли в систему. Войдите и повторите действие; введённое на этом устройстве сохранено.",
            "You are not signed in. Sign in and repeat the action; what was entered on this device is kept.",
        )
    }

    /// The session has ended.
    pub fn session_expired() -> Self {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "session.expired",
            "Сеанс закончился. Войдите снова; введённое на этом устройстве сохранено и отправится после входа.",
            "The session has ended. Sign in again; what was entered on this device is kept and will be sent afterwards.",
        )
    }

    /// No role of the caller has the permission.
    pub fn forbidden() -> Self {
        Problem::new(
            StatusCode::FORBIDDEN,
            "access.forbidden",
            "Ваша роль не даёт права на это действие. Если оно нужно для работы, попросите администратора назначить вам другую роль.",
            "Your role does not allow this action. If your work needs it, ask the administrator for another role.",
        )
    }

    /// The thing is unknown or out of the caller's scope.
    pub fn not_found() -> Self {
        Problem::new(
            StatusCode::NOT_FOUND,
            "access.not_found",
            "Такого объекта нет или он вам не доступен. Проверьте адрес страницы или вернитесь к списку.",
            "There is no such thing, or it is not accessible to you. Check the address or go back to the list.",
        )
    }

    /// No route has this path.
    pub fn no_route() -> Self {
        Problem::new(
            StatusCode::NOT_FOUND,
            "request.no_route",
            "Такого адреса в программном интерфейсе нет. Список адресов: /api/docs.",
            "The API has no such address. The list of addresses: /api/docs.",
        )
    }

    /// The path exists, the method does not.
    pub fn no_method() -> Self {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "request.no_method",
            "Этот адрес не принимает такой метод запроса. Список адресов и методов: /api/docs.",
            "This address does not take that method. The list of addresses and methods: /api/docs.",
        )
    }

    /// The request comes from another site.
    pub fn cross_site() -> Self {
        Problem::new(
            StatusCode::FORBIDDEN,
            "request.cross_site",
            "Запрос пришёл с другого сайта и отклонён. Откройте Ориентир по его обычному адресу и повторите действие.",
            "The request came from another site and was refused. Open Orientir at its usual address and repeat the action.",
        )
    }

    /// The body is not what the route takes. `detail` names the place and comes from the parser.
    pub fn malformed(detail: &str) -> Self {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "request.malformed",
            format!(
                "Запрос не удалось разобрать: {detail}. Обновите страницу и повторите; если не помогло, сообщите администратору."
            ),
            format!(
                "The request could not be understood: {detail}. Reload the page and repeat; if that does not help, tell the administrator."
            ),
        )
    }

    /// The body is of another media type.
    pub fn media_type(expected: &str) -> Self {
        Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "request.media_type",
            format!("Тело запроса должно быть в виде {expected}."),
            format!("The body of the request must be {expected}."),
        )
    }

    /// The body is too large.
    pub fn too_large() -> Self {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request.too_large",
            "Запрос больше, чем принимает этот адрес. Разделите данные на части и повторите.",
            "The request is larger than this address takes. Split the data and repeat.",
        )
    }

    /// A field has a value that cannot be accepted.
    pub fn invalid(field: &str, code: &str, text: Text) -> Self {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "request.invalid",
            text.ru.clone(),
            text.en.clone(),
        )
        .with_field(field, code, text)
    }

    /// An id was used before for something else.
    pub fn id_taken() -> Self {
        Problem::new(
            StatusCode::CONFLICT,
            "request.id_taken",
            "Объект с таким номером уже есть и отличается от присланного. Обновите страницу: создаётся новый номер.",
            "There already is another thing with this id. Reload the page: a new id will be made.",
        )
    }

    /// Something the request names does not exist.
    pub fn dangling() -> Self {
        Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "request.unknown_reference",
            "Запрос ссылается на объект, которого нет. Обновите страницу и выберите из списка заново.",
            "The request refers to a thing that does not exist. Reload the page and choose from the list again.",
        )
    }

    /// Too much time was taken.
    pub fn timeout() -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "request.timeout",
            "Сервер не успел ответить. Уже сохранённое не пострадало; повторите через минуту.",
            "The server did not answer in time. What was saved before is safe; repeat in a minute.",
        )
        .retry_after(60)
    }

    /// The database is busy.
    pub fn store_busy() -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store.busy",
            "База данных занята другой записью. Ничего не потеряно: повторите через несколько секунд.",
            "The database is busy with another change. Nothing is lost: repeat in a few seconds.",
        )
        .retry_after(3)
    }

    /// The database is full.
    pub fn store_full() -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store.full",
            "На сервере кончилось место, изменение не сохранено. Всё сохранённое раньше цело. Администратору: освободите место на диске с базой данных.",
            "The server has no space left, the change was not saved. What was saved before is safe. Administrator: free space on the disk of the database.",
        )
        .retry_after(300)
    }

    /// The database cannot be reached.
    pub fn store_unavailable() -> Self {
        Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store.unavailable",
            "База данных не отвечает, изменение не сохранено. Повторите через минуту; если не помогло, сообщите администратору.",
            "The database does not answer, the change was not saved. Repeat in a minute; if that does not help, tell the administrator.",
        )
        .retry_after(60)
    }

    /// An error of ours, without its details: they are in the log under the request's id.
    pub fn internal() -> Self {
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "server.internal",
            "На сервере случилась ошибка, изменение не сохранено. Повторите; если не помогло, сообщите администратору номер запроса.",
            "Something went wrong on the server, the change was not saved. Repeat; if that does not help, tell the administrator the number of the request.",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self.0).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.0.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Forbidden => Problem::forbidden(),
            Denied::NotFound => Problem::not_found(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_) => {
                tracing::warn!(%error, "store");
                Problem::store_busy()
            }
            StoreError::Full(_) => {
                tracing::error!(%error, "store");
                Problem::store_full()
            }
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "store");
                Problem::store_unavailable()
            }
            StoreError::Duplicate(_) => Problem::id_taken(),
            StoreError::Dangling(_) => Problem::dangling(),
            other => Problem::from(anyhow::Error::from(other)),
        }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "internal error");
        Problem::internal()
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Problem::from(anyhow::Error::from(error))
    }
}

/// What is said of a file that is not what may be brought.
impl From<FileFault> for Problem {
    fn from(fault: FileFault) -> Self {
        let unprocessable = |code: &str, ru: &str, en: &str| {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, ru, en)
        };
        match fault {
            FileFault::Empty => unprocessable(
                "file.empty",
                "Файл пустой. Проверьте его и выберите ещё раз.",
                "The file is empty. Check it and choose it again.",
            ),
            FileFault::Unknown => unprocessable(
                "file.kind",
                "По содержимому это не PDF, не снимок и не офисный документ. Подойдут PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, ODT, ODS, ODP.",
                "By its content this is no PDF, picture or office document. PDF, JPEG, PNG, WebP, DOCX, XLSX, PPTX, ODT, ODS and ODP are taken.",
            ),
            FileFault::OldOffice => unprocessable(
                "file.old_office",
                "Это старый формат Office (DOC, XLS, PPT). Сохраните документ как DOCX, XLSX или PDF и выберите снова.",
                "This is the old format of Office (DOC, XLS, PPT). Save the document as DOCX, XLSX or PDF and choose it again.",
            ),
            FileFault::Macros => unprocessable(
                "file.macros",
                "В документе есть макросы. Сохраните его без макросов или как PDF.",
                "The document holds macros. Save it without macros or as PDF.",
            ),
            FileFault::BadArchive => unprocessable(
                "file.broken",
                "Документ повреждён или распаковывается в слишком большой. Сохраните его заново или как PDF.",
                "The document is broken or unpacks to too much. Save it again or as PDF.",
            ),
            FileFault::Locked => unprocessable(
                "file.locked",
                "Документ закрыт паролем, эксперт не сможет его открыть. Снимите пароль и выберите снова.",
                "The document is behind a password, the expert could not open it. Remove the password and choose it again.",
            ),
            FileFault::Cut => unprocessable(
                "file.cut",
                "У файла нет конца: он дошёл или сохранился не целиком. Откройте его, сохраните заново и выберите ещё раз.",
                "The file has no end: it arrived or was saved in part. Open it, save it again and choose it once more.",
            ),
        }
    }
}
