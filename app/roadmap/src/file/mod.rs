//! Files of offices: told by their content, opened with distrust, never by the name they carry.

mod archive;
mod csv;
mod docx;
mod encoding;
mod excel;
mod numbering;
mod odf;
mod odf_list;
mod old_excel;
mod table;
mod xml;

use thiserror::Error;

pub use table::{Block, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, Source, Table};

/// Largest file that is opened.
pub const MAX_FILE: usize = 16 << 20;

/// Why a file was not read at all, and the way out.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// Bigger than any roadmap, or would be when unpacked.
    #[error("the file is larger than a roadmap can be, or would be when unpacked")]
    TooLarge,
    /// More rows or cells than any roadmap has.
    #[error("the file has more than {MAX_ROWS} rows or {MAX_CELLS} cells")]
    TooManyRows,
    /// Word 97–2003.
    #[error("a document of Word 97-2003 (.doc)")]
    OldWord,
    /// Rich Text Format.
    #[error("a document in Rich Text Format (.rtf)")]
    RichText,
    /// Portable Document Format.
    #[error("a PDF")]
    Pdf,
    /// The binary workbook of Excel.
    #[error("a binary workbook (.xlsb)")]
    BinaryWorkbook,
    /// Locked with a password.
    #[error("the file is locked with a password")]
    Password,
    /// Broken on the way.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// Nothing that has tables.
    #[error("neither Word nor Excel nor OpenDocument nor CSV")]
    UnknownFormat,
    /// Opened, but there is no roadmap in it.
    #[error("there is no table with measures and their terms in the file")]
    NoRoadmap,
}

impl Refusal {
    /// What happened and what to do, in Russian.
    pub fn words_ru(&self) -> String {
        match self {
            Self::TooLarge => "Файл больше, чем бывает дорожная карта (16 МБ; после распаковки 64 МБ). Оставьте в нём только таблицу плана, без картинок, и загрузите снова.".to_owned(),
            Self::TooManyRows => format!("В файле больше {MAX_ROWS} строк или {MAX_CELLS} ячеек. Разделите план на несколько файлов или удалите лишние листы."),
            Self::OldWord => "Это документ Word 97–2003 (.doc), таблицы в нём прочитать нельзя. Откройте его в Word или LibreOffice, выберите «Сохранить как» и формат .docx или .odt, затем загрузите новый файл.".to_owned(),
            Self::RichText => "Это документ в формате RTF, таблицы в нём прочитать нельзя. Откройте его в Word или LibreOffice, выберите «Сохранить как» и формат .docx или .odt, затем загрузите новый файл.".to_owned(),
            Self::Pdf => "Это PDF: в нём есть страницы, но нет таблиц. Загрузите исходный документ (.docx, .odt, .xlsx); если его нет, откройте PDF в Word («Открыть»), проверьте таблицу и сохраните как .docx.".to_owned(),
            Self::BinaryWorkbook => "Это двоичная книга Excel (.xlsb). Откройте её, выберите «Сохранить как» и формат .xlsx, затем загрузите новый файл.".to_owned(),
            Self::Password => "Файл закрыт паролем. Снимите пароль (Файл → Сведения → Защита) и загрузите снова.".to_owned(),
            Self::Damaged(what) => format!("Файл повреждён ({what}). Откройте его, сохраните заново и загрузите снова."),
            Self::UnknownFormat => "Это не таблица: подходят .docx, .odt, .xlsx, .xls, .ods и .csv.".to_owned(),
            Self::NoRoadmap => "В файле нет таблицы с мероприятиями и сроками. Проверьте, что первая строка таблицы называет столбцы, например: «№ п/п», «Мероприятие», «Срок», «Исполнитель», «Ожидаемый результат».".to_owned(),
        }
    }

    /// What happened and what to do, in English.
    pub fn words_en(&self) -> String {
        match self {
            Self::TooLarge => "The file is larger than a roadmap can be (16 MB; 64 MB when unpacked). Keep only the table of the plan, without pictures, and upload it again.".to_owned(),
            Self::TooManyRows => format!("The file has more than {MAX_ROWS} rows or {MAX_CELLS} cells. Divide the plan into several files or remove sheets that are not needed."),
            Self::OldWord => "This is a Word 97–2003 document (.doc); its tables cannot be read. Open it in Word or LibreOffice, choose “Save as” and .docx or .odt, then upload the new file.".to_owned(),
            Self::RichText => "This is an RTF document; its tables cannot be read. Open it in Word or LibreOffice, choose “Save as” and .docx or .odt, then upload the new file.".to_owned(),
            Self::Pdf => "This is a PDF: it has pages but no tables. Upload the source document (.docx, .odt, .xlsx); if there is none, open the PDF in Word, check the table and save it as .docx.".to_owned(),
            Self::BinaryWorkbook => "This is a binary Excel workbook (.xlsb). Open it, choose “Save as” and .xlsx, then upload the new file.".to_owned(),
            Self::Password => "The file is locked with a password. Remove the password (File → Info → Protect) and upload it again.".to_owned(),
            Self::Damaged(what) => format!("The file is damaged ({what}). Open it, save it anew and upload it again."),
            Self::UnknownFormat => "This is no table: .docx, .odt, .xlsx, .xls, .ods and .csv are read.".to_owned(),
            Self::NoRoadmap => "There is no table with measures and terms in the file. Make sure that the first row of the table names its columns, for example “№”, “Мероприятие”, “Срок”, “Исполнитель”, “Ожидаемый результат”.".to_owned(),
        }
    }
}

/// Reads the tables of a file of any supported kind.
pub fn open(bytes: &[u8]) -> Result<Source, Refusal> {
    if bytes.len() > MAX_FILE {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        return archive::open(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return old_excel::open(bytes);
    }
    let head = bytes.trim_ascii_start();
    if head.starts_with(b"{\\rtf") {
        return Err(Refusal::RichText);
    }
    if head.starts_with(b"%PDF") {
        return Err(Refusal::Pdf);
    }
    csv::open(bytes)
}
