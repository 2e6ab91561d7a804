//! Texts of indicators of the quality programme.

texts! {
    title: "Показатели программы" / "Indicators of the programme";
    lead: "Куда идём и где мы. У каждого показателя — как он считается, чем его искажают и на что смотреть рядом."
        / "Where we are going and where we are. Each indicator says how it is reckoned, how it is distorted, and what to look at beside it.";
    target(value): "цель {value}" / "target {value}";
    target_most(value): "цель: не больше {value}" / "target: at most {value}";
    target_least(value): "цель: не меньше {value}" / "target: at least {value}";
    no_target: "цель не задана, важна динамика" / "no target, the trend counts";
    reached: "цель достигнута" / "target reached";
    short_of(gap): "до цели {gap}" / "{gap} to the target";
    beyond(gap): "больше цели на {gap}" / "{gap} above the target";
    no_value: "значения пока нет" / "no value yet";
    no_value_computed: "появится, когда будут данные" / "appears when there are data";
    points(value): "{value}\u{a0}п.\u{a0}п." / "{value}\u{a0}p.p.";
    in_year(year): "{year} год" / "{year}";
    as_before(year): "как в {year} году" / "as in {year}";
    since(change, year): "{change} к {year} году" / "{change} against {year}";
    of_things(count): "из {count}" / "of {count}";
    computed: "считается по данным" / "from the data";
    entered: "вносится с подтверждением" / "entered with evidence";
    card: "Карточка показателя" / "Card of the indicator";
    formula: "Как считается" / "Formula";
    source: "Откуда" / "Source";
    period: "Когда" / "Period";
    owner: "Кто отвечает" / "Owner";
    risk: "Чем искажают" / "Risk of distortion";
    counter: "Смотреть рядом" / "Counter-indicator";
    direction: "Что лучше" / "Better";
    higher: "больше" / "more";
    lower: "меньше" / "less";
    history: "Значения по годам" / "Values by year";
    year: "Год" / "Year";
    value: "Значение" / "Value";
    evidence: "Чем подтверждается" / "Evidence";
    enter: "Внести значение" / "Enter a value";
    enter_of(title): "Внести значение: {title}" / "Enter a value: {title}";
    evidence_hint: "Документ, ссылка или опрос, из которых взято число" / "A document, a link or a survey that the number comes from";
    save: "Сохранить значение" / "Save the value";
    saved: "Значение сохранено" / "The value is saved";
    spoken(title, value, target): "{title}: {value}, {target}" / "{title}: {value}, {target}";
}
