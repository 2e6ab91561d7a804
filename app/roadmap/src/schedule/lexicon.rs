//! The words that schedules are made of, in any case and with a misprint.

/// What a word means in a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Год, г.
    Year,
    /// Лет.
    Years,
    /// Учебный.
    School,
    /// Ежегодно.
    Yearly,
    /// Ежемесячно.
    Monthly,
    /// Ежеквартально.
    Quarterly,
    /// Еженедельно.
    Weekly,
    /// Ежедневно, постоянно, систематически.
    Constantly,
    /// Каждый.
    Each,
    /// Раз.
    Times,
    /// Дважды.
    Twice,
    /// Квартал.
    Quarter,
    /// Четверть.
    SchoolQuarter,
    /// Полугодие.
    HalfYear,
    /// Месяц.
    Month,
    /// Неделя.
    Week,
    /// Декада.
    Decade,
    /// Половина.
    Half,
    /// Число.
    DayNumber,
    /// С, начиная.
    From,
    /// По.
    To,
    /// До, не позднее, к.
    Until,
    /// И.
    And,
    /// В, на и подобные.
    Small,
    /// Далее, затем.
    Further,
    /// Течение, протяжение.
    During,
    /// Весь, календарный.
    Whole,
    /// Круглогодично.
    AllYear,
    /// Период, срок.
    Term,
    /// Действие, реализация.
    Run,
    /// Программа.
    Programme,
    /// График, план.
    Plan,
    /// Запрос, необходимость.
    Request,
    /// Итог, результат.
    Results,
    /// После, окончание.
    After,
    /// Конец.
    End,
    /// Начало.
    Begin,
    /// Каникулы.
    Holidays,
    /// Проведение of something that has its own days.
    Holding,
    /// Последний.
    Last,
    /// Установленный: «в установленные сроки».
    Fixed,
    /// Лето и другие времена года.
    Season(u8, u8),
    /// A month, 1–12.
    MonthName(u8),
    /// Первый … пятый.
    Ordinal(u8),
    /// Два, три.
    Count(u8),
}

const MONTHS: [(&str, u8); 11] = [
    ("январ", 1),
    ("феврал", 2),
    ("март", 3),
    ("апрел", 4),
    ("июн", 6),
    ("июл", 7),
    ("август", 8),
    ("сентябр", 9),
    ("октябр", 10),
    ("ноябр", 11),
    ("декабр", 12),
];

/// Whole words.
const EXACT: &[(&str, Word)] = &[
    ("г", Word::Year),
    ("гг", Word::Year),
    ("год", Word::Year),
    ("года", Word::Year),
    ("годы", Word::Year),
    ("году", Word::Year),
    ("годов", Word::Year),
    ("годах", Word::Year),
    ("годам", Word::Year),
    ("лет", Word::Years),
    ("уч", Word::School),
    ("раз", Word::Times),
    ("раза", Word::Times),
    ("дважды", Word::Twice),
    ("один", Word::Count(1)),
    ("одного", Word::Count(1)),
    ("два", Word::Count(2)),
    ("две", Word::Count(2)),
    ("двух", Word::Count(2)),
    ("три", Word::Count(3)),
    ("трех", Word::Count(3)),
    ("четыре", Word::Count(4)),
    ("пять", Word::Count(5)),
    ("кв", Word::Quarter),
    ("с", Word::From),
    ("со", Word::From),
    ("начиная", Word::From),
    ("по", Word::To),
    ("до", Word::Until),
    ("к", Word::Until),
    ("ко", Word::Until),
    ("позднее", Word::Until),
    ("позже", Word::Until),
    ("и", Word::And),
    ("в", Word::Small),
    ("во", Word::Small),
    ("на", Word::Small),
    ("не", Word::Small),
    ("далее", Word::Further),
    ("затем", Word::Further),
    ("впоследствии", Word::Further),
    ("реже", Word::Small),
    ("менее", Word::Small),
    ("май", Word::MonthName(5)),
    ("мая", Word::MonthName(5)),
    ("мае", Word::MonthName(5)),
    ("маю", Word::MonthName(5)),
    ("маем", Word::MonthName(5)),
    ("янв", Word::MonthName(1)),
    ("фев", Word::MonthName(2)),
    ("февр", Word::MonthName(2)),
    ("мар", Word::MonthName(3)),
    ("апр", Word::MonthName(4)),
    ("авг", Word::MonthName(8)),
    ("сен", Word::MonthName(9)),
    ("сент", Word::MonthName(9)),
    ("окт", Word::MonthName(10)),
    ("ноя", Word::MonthName(11)),
    ("нояб", Word::MonthName(11)),
    ("дек", Word::MonthName(12)),
    ("июн", Word::MonthName(6)),
    ("июл", Word::MonthName(7)),
    ("лето", Word::Season(6, 8)),
    ("летом", Word::Season(6, 8)),
    ("осень", Word::Season(9, 11)),
    ("осенью", Word::Season(9, 11)),
    ("зима", Word::Season(12, 2)),
    ("зимой", Word::Season(12, 2)),
    ("весна", Word::Season(3, 5)),
    ("весной", Word::Season(3, 5)),
    ("числа", Word::DayNumber),
    ("число", Word::DayNumber),
    ("после", Word::After),
    ("весь", Word::Whole),
    ("всего", Word::Whole),
    ("всей", Word::Whole),
    ("всем", Word::Whole),
];

/// Beginnings of words, the longer before the shorter where one begins with the other.
const STEMS: &[(&str, Word)] = &[
    ("учебн", Word::School),
    ("ежегодн", Word::Yearly),
    ("ежемесячн", Word::Monthly),
    ("ежеквартальн", Word::Quarterly),
    ("поквартальн", Word::Quarterly),
    ("еженедельн", Word::Weekly),
    ("ежедневн", Word::Constantly),
    ("постоянн", Word::Constantly),
    ("систематическ", Word::Constantly),
    ("регулярн", Word::Constantly),
    ("непрерывн", Word::Constantly),
    ("кажд", Word::Each),
    ("квартал", Word::Quarter),
    ("полугод", Word::HalfYear),
    ("месяц", Word::Month),
    ("помесячн", Word::Monthly),
    ("недел", Word::Week),
    ("декад", Word::Decade),
    ("половин", Word::Half),
    ("течени", Word::During),
    ("протяжени", Word::During),
    ("календарн", Word::Whole),
    ("круглогодич", Word::AllYear),
    ("период", Word::Term),
    ("срок", Word::Term),
    ("действи", Word::Run),
    ("реализац", Word::Run),
    ("выполнени", Word::Run),
    ("исполнени", Word::Run),
    ("программ", Word::Programme),
    ("проект", Word::Programme),
    ("дорожн", Word::Programme),
    ("график", Word::Plan),
    ("план", Word::Plan),
    ("расписани", Word::Plan),
    ("циклограмм", Word::Plan),
    ("приказ", Word::Plan),
    ("согласовани", Word::Plan),
    ("распоряжени", Word::Plan),
    ("запрос", Word::Request),
    ("требовани", Word::Request),
    ("заявк", Word::Request),
    ("заявлени", Word::Request),
    ("необходимост", Word::Request),
    ("обращени", Word::Request),
    ("поступлени", Word::Request),
    ("возникновени", Word::Request),
    ("потребност", Word::Request),
    ("надобност", Word::Request),
    ("итог", Word::Results),
    ("результат", Word::Results),
    ("окончани", Word::After),
    ("завершени", Word::After),
    ("конец", Word::End),
    ("начал", Word::Begin),
    ("проведени", Word::Holding),
    ("каникул", Word::Holidays),
    ("полгод", Word::HalfYear),
    ("конц", Word::End),
    ("последн", Word::Last),
    ("установлен", Word::Fixed),
    ("определен", Word::Fixed),
    ("утвержден", Word::Fixed),
    ("летн", Word::Season(6, 8)),
    ("осенн", Word::Season(9, 11)),
    ("зимн", Word::Season(12, 2)),
    ("весенн", Word::Season(3, 5)),
    ("перв", Word::Ordinal(1)),
    ("втор", Word::Ordinal(2)),
    ("трет", Word::Ordinal(3)),
    ("пят", Word::Ordinal(5)),
];

/// Words long enough to be known with a misprint.
const MISSPELT: &[&str] = &[
    "январь",
    "января",
    "январе",
    "февраль",
    "февраля",
    "феврале",
    "апрель",
    "апреля",
    "апреле",
    "август",
    "августа",
    "августе",
    "сентябрь",
    "сентября",
    "сентябре",
    "октябрь",
    "октября",
    "октябре",
    "ноябрь",
    "ноября",
    "ноябре",
    "декабрь",
    "декабря",
    "декабре",
    "ежегодно",
    "ежемесячно",
    "ежеквартально",
    "еженедельно",
    "ежедневно",
    "постоянно",
    "систематически",
    "регулярно",
    "течение",
    "протяжении",
    "полугодие",
    "полугодия",
    "квартал",
    "четверть",
    "графику",
    "графика",
    "запросу",
    "периодически",
    "необходимости",
    "результатам",
    "учебного",
    "реализации",
    "программы",
    "круглогодично",
    "окончании",
];

/// What a word (lower case, `е` for `ё`) means; `None` when it says nothing about time.
pub fn meaning(word: &str) -> Option<Word> {
    exact(word).or_else(|| exact(misspelt(word)?))
}

fn exact(word: &str) -> Option<Word> {
    if let Some((_, found)) = EXACT.iter().find(|(exact, _)| *exact == word) {
        return Some(*found);
    }
    if let Some((_, month)) = MONTHS.iter().find(|(stem, _)| word.starts_with(stem)) {
        return Some(Word::MonthName(*month));
    }
    if let Some(ending) = word.strip_prefix("четверт") {
        let is_noun = matches!(ending, "ь" | "и" | "ью" | "ей" | "ям" | "ями" | "ях");
        return Some(if is_noun {
            Word::SchoolQuarter
        } else {
            Word::Ordinal(4)
        });
    }
    STEMS
        .iter()
        .find(|(stem, _)| word.starts_with(stem))
        .map(|(_, found)| *found)
}

/// The known word that differs by one sign, or by two when it is long.
fn misspelt(word: &str) -> Option<&'static str> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 5 || letters.len() > 16 {
        return None;
    }
    MISSPELT.iter().copied().find(|known| {
        let known: Vec<char> = known.chars().collect();
        let bound = if known.len() >= 9 { 2 } else { 1 };
        known.len().abs_diff(letters.len()) <= bound && distance(&letters, &known) <= bound
    })
}

/// Insertions, deletions, replacements and swaps of neighbours.
///
/// # Source
/// Optimal string alignment, a restriction of Damerau 1964.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, sign) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(sign != other);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *sign == b[j - 1] && a[i - 1] == *other {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Word, meaning};

    #[test]
    fn a_quarter_of_the_school_year_is_not_the_fourth() {
        assert_eq!(meaning("четверть"), Some(Word::SchoolQuarter));
        assert_eq!(meaning("четвертая"), Some(Word::Ordinal(4)));
        assert_eq!(meaning("четвертей"), Some(Word::SchoolQuarter));
    }

    #[test]
    fn misprints_are_read() {
        assert_eq!(meaning("ежегадно"), Some(Word::Yearly));
        assert_eq!(meaning("сентярбь"), Some(Word::MonthName(9)));
        assert_eq!(meaning("еже6месячно"), Some(Word::Monthly));
        assert_eq!(meaning("методист"), None);
    }
}
