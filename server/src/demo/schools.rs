//! The thirty invented schools of the demo district on its invented river.

use api::registry::organisation::{Cluster, OrganisationKind};

/// One school of the demo.
#[derive(Clone, Copy, Debug)]
pub struct DemoSchool {
    /// Short name for tables.
    pub short_name: &'static str,
    /// Full name.
    pub name: &'static str,
    /// Type.
    pub kind: OrganisationKind,
    /// Group of comparable schools.
    pub cluster: Cluster,
    /// Pupils enrolled.
    pub pupils: u32,
    /// Places.
    pub capacity: u32,
    /// Settlement.
    pub settlement: &'static str,
    /// Latitude and longitude.
    pub place: [f64; 2],
    /// Favourable conditions, about −2 … 2; drives the context passport and part of the results.
    pub conditions: f64,
}

/// Index of the school whose branch is [`BRANCH`].
pub const MOTHER_SCHOOL: usize = 12;
/// Index of the branch with history.
pub const BRANCH: usize = 6;
/// Index of the gymnasium: honestly high results.
pub const GYMNASIUM: usize = 29;

impl DemoSchool {
    /// Grade levels taught.
    pub fn grades(&self) -> std::ops::RangeInclusive<u8> {
        match self.kind {
            OrganisationKind::PrimarySchool => 1..=4,
            OrganisationKind::BasicSchool => 1..=9,
            _ => 1..=11,
        }
    }

    /// Joint classes because of few pupils.
    pub fn is_small(&self) -> bool {
        self.cluster == Cluster::RuralSmall
    }

    /// In a village.
    pub fn is_rural(&self) -> bool {
        matches!(self.cluster, Cluster::RuralSmall | Cluster::Rural)
    }

    /// Login in the federal system, invented as everything here.
    pub fn code(index: usize) -> String {
        format!("edu9900{:02}", index + 1)
    }
}

macro_rules! schools {
    ($($short:literal, $name:literal, $kind:ident, $cluster:ident, $pupils:literal, $capacity:literal,
       $settlement:literal, [$latitude:literal, $longitude:literal], $conditions:literal;)+) => {
        &[$(DemoSchool {
            short_name: $short,
            name: $name,
            kind: OrganisationKind::$kind,
            cluster: Cluster::$cluster,
            pupils: $pupils,
            capacity: $capacity,
            settlement: $settlement,
            place: [$latitude, $longitude],
            conditions: $conditions,
        }),+]
    };
}

/// All schools, by cluster and name.
pub const SCHOOLS: &[DemoSchool] = schools![
    "Боровская ООШ", "Боровская основная общеобразовательная школа", BasicSchool, RuralSmall, 62, 110, "с. Боровое", [57.42, 91.18], -0.4;
    "Верхнереченская ООШ", "Верхнереченская основная общеобразовательная школа", BasicSchool, RuralSmall, 81, 120, "с. Верхнереченское", [57.55, 91.44], 0.1;
    "Ключевская НОШ", "Ключевская начальная общеобразовательная школа", PrimarySchool, RuralSmall, 38, 60, "д. Ключевая", [57.31, 91.02], 0.3;
    "Лесногорская ООШ", "Лесногорская основная общеобразовательная школа", BasicSchool, RuralSmall, 88, 120, "п. Лесногорский", [57.48, 91.81], -0.9;
    "Сосновоборская ООШ", "Сосновоборская основная общеобразовательная школа", BasicSchool, RuralSmall, 99, 140, "п. Сосновый Бор", [57.27, 91.63], -0.3;
    "Тихореченская ООШ", "Тихореченская основная общеобразовательная школа", BasicSchool, RuralSmall, 54, 90, "с. Тихоречье", [57.06, 90.92], -0.6;
    "Филиал в д. Малые Ключи", "Филиал Александровской средней общеобразовательной школы в д. Малые Ключи", BasicSchool, RuralSmall, 46, 80, "д. Малые Ключи", [57.19, 90.87], -1.2;
    "Дубравинская ООШ", "Дубравинская основная общеобразовательная школа", BasicSchool, RuralSmall, 71, 110, "с. Дубравино", [56.93, 91.12], 0.2;
    "Озёрская ООШ", "Озёрская основная общеобразовательная школа", BasicSchool, RuralSmall, 67, 100, "с. Озёрное", [56.88, 91.58], -0.1;
    "Пихтовская НОШ", "Пихтовская начальная общеобразовательная школа", PrimarySchool, RuralSmall, 31, 50, "п. Пихтовка", [57.61, 91.73], -0.5;
    "Каменская ООШ", "Каменская основная общеобразовательная школа", BasicSchool, RuralSmall, 76, 110, "с. Каменка", [57.36, 91.95], 0.0;
    "Ельниковская ООШ", "Ельниковская основная общеобразовательная школа", BasicSchool, RuralSmall, 58, 90, "с. Ельники", [56.79, 91.31], -0.7;
    "Александровская СОШ", "Александровская средняя общеобразовательная школа", SecondarySchool, Rural, 214, 320, "с. Александровское", [57.14, 91.03], 0.2;
    "Берёзовская СОШ", "Берёзовская средняя общеобразовательная школа", SecondarySchool, Rural, 241, 350, "с. Берёзовка", [57.23, 91.36], 0.4;
    "Заречная СОШ", "Заречная средняя общеобразовательная школа", SecondarySchool, Rural, 187, 280, "с. Заречное", [57.08, 91.52], -0.2;
    "Красноярская СОШ", "Красноярская средняя общеобразовательная школа", SecondarySchool, Rural, 163, 250, "с. Красный Яр", [57.38, 91.52], -0.4;
    "Никольская СОШ", "Никольская средняя общеобразовательная школа", SecondarySchool, Rural, 205, 300, "с. Никольское", [56.99, 91.74], 0.1;
    "Полевская СОШ", "Полевская средняя общеобразовательная школа", SecondarySchool, Rural, 228, 320, "с. Полевое", [56.86, 91.87], -0.5;
    "Новосельская СОШ", "Новосельская средняя общеобразовательная школа", SecondarySchool, Rural, 176, 260, "с. Новосёлово", [57.17, 91.82], 0.0;
    "Степновская СОШ", "Степновская средняя общеобразовательная школа", SecondarySchool, Rural, 142, 240, "с. Степное", [56.74, 91.62], -0.8;
    "Ивановская СОШ", "Ивановская средняя общеобразовательная школа", SecondarySchool, Rural, 196, 300, "с. Ивановка", [56.83, 91.02], 0.3;
    "Раздольненская СОШ", "Раздольненская средняя общеобразовательная школа", SecondarySchool, Rural, 158, 240, "с. Раздольное", [56.95, 91.38], -0.3;
    "Луговская СОШ", "Луговская средняя общеобразовательная школа", SecondarySchool, Rural, 219, 300, "с. Луговое", [57.28, 92.06], 0.2;
    "СОШ № 2", "Средняя общеобразовательная школа № 2", SecondarySchool, Urban, 468, 550, "г. Приреченск", [57.118, 91.402], 0.5;
    "СОШ № 3", "Средняя общеобразовательная школа № 3", SecondarySchool, Urban, 512, 600, "г. Приреченск", [57.131, 91.431], 0.3;
    "СОШ № 4", "Средняя общеобразовательная школа № 4", SecondarySchool, Urban, 447, 520, "г. Приреченск", [57.104, 91.446], -0.2;
    "СОШ № 5", "Средняя общеобразовательная школа № 5", SecondarySchool, Urban, 389, 480, "г. Приреченск", [57.142, 91.384], 0.1;
    "СОШ № 6", "Средняя общеобразовательная школа № 6", SecondarySchool, Urban, 421, 500, "г. Приреченск", [57.096, 91.372], -0.4;
    "СОШ № 7", "Средняя общеобразовательная школа № 7", SecondarySchool, Urban, 356, 450, "г. Приреченск", [57.126, 91.468], 0.2;
    "Гимназия № 1", "Гимназия № 1 имени первых учителей", Gymnasium, Advanced, 604, 650, "г. Приреченск", [57.121, 91.419], 1.8;
];
