//! Texts of the public pages.

texts! {
    nav_front: "Район" / "District";
    nav_results: "Результаты" / "Results";
    nav_calendar: "Календарь" / "Calendar";
    nav_documents: "Документы" / "Documents";
    documents_title: "Опубликованные документы" / "Published documents";
    documents_lead: "Приказы, положения, программы и итоги, по которым район оценивает качество образования. Ссылки ведут туда, где документ опубликован."
        / "Orders, regulations, programmes and reports by which the district assesses the quality of education. Links lead to where a document is published.";
    documents_empty: "Район пока не указал, где опубликованы его документы." / "The district has not said yet where its documents are published.";
    document_number(number): "№ {number}" / "No. {number}";
    public_results_title: "Результаты по процедурам и годам" / "Results by procedure and year";
    public_results_lead(municipality): "{municipality}: сколько учеников писали работы и какие отметки получили. Отдельных школ здесь нет."
        / "{municipality}: how many pupils took part and which marks they got. No single school is shown.";
    procedures_label: "Процедура и год" / "Procedure and year";
    procedure_year(procedure, year): "{procedure}, {year}" / "{procedure}, {year}";
    grade_column(grade): "{grade} кл." / "gr. {grade}";
    total: "Всего" / "Total";
    counts_caption: "Участники по предметам и классам" / "Participants by subject and grade";
    counts_lead: "«Мало данных» стоит там, где участников меньше десяти или школ меньше трёх, и там, где по соседним числам и итогам можно было бы вычислить такую группу."
        / "“Too few data” stands where there are fewer than ten participants or three schools, and where such a group could be computed from neighbouring numbers and totals.";
    column_subject: "Предмет" / "Subject";
    open_data_title: "Открытые данные" / "Open data";
    open_data_lead: "Те же числа в машиночитаемом виде: CSV, UTF-8, разделитель — точка с запятой. Пустое поле значит «мало данных»."
        / "The same numbers for machines: CSV, UTF-8, separated by semicolons. An empty field means “too few data”.";
    open_data_save: "Скачать CSV" / "Download CSV";
    dictionary_title: "Словарь данных" / "Data dictionary";
    dictionary_column: "Столбец" / "Column";
    dictionary_meaning: "Что в нём" / "What it holds";
    field_procedure: "Код процедуры: vpr — ВПР, oge — ОГЭ, ege — ЕГЭ, regional_diagnostic и municipal_diagnostic — диагностические работы, olympiad — олимпиада"
        / "Code of the procedure: vpr — test works, oge and ege — state exams, regional_diagnostic and municipal_diagnostic — diagnostic works, olympiad";
    field_year: "Календарный год результатов" / "Calendar year of the results";
    field_subject: "Код предмета" / "Code of the subject";
    field_grade: "Класс (параллель)" / "Grade level";
    field_pupils: "Число работ в районе; пусто, если показать нельзя" / "Works in the district; empty where they cannot be shown";
    field_mark: "Доля работ с этой отметкой, целые проценты, в сумме 100; «<1» — такие работы есть, но их меньше процента, «>99» — почти все"
        / "Share of works with this mark, whole percent that add up to 100; “<1” means some, but less than one percent, “>99” nearly all";
    field_mark_pupils: "Число работ с этой отметкой; пусто, если их так мало, что можно узнать детей, и там, где скрытое вычислялось бы из остальных"
        / "Number of works with this mark; empty where they are so few that children could be told, and where what is hidden would follow from the rest";
    calendar_title: "Календарь процедур" / "Calendar of procedures";
    calendar_lead: "Когда в районе проходят оценочные процедуры. Наблюдателем может стать любой совершеннолетний житель."
        / "When assessments take place in the district. Any adult resident can become an observer.";
    calendar_empty: "Процедуры пока не назначены." / "No procedures are planned yet.";
    calendar_procedure: "Процедура" / "Procedure";
    calendar_window: "Когда" / "When";
    window(first, last): "{first} — {last}" / "{first} – {last}";
    nav_methodology: "Как считаем" / "Method";
    nav_purpose: "Зачем это нужно" / "Why it matters";
    nav_work: "Войти" / "Sign in";
    nav_label: "Открытые сведения" / "Public information";
    other_language: "English" / "Русский";
    footer: "Ориентир помогает району видеть качество и объективность школьной оценки. Места школ здесь не считаются."
        / "Orientir helps a district see the quality and objectivity of school assessment. Schools are not ranked here.";
    footer_version(version): "Версия {version}" / "Version {version}";
    few_data: "мало данных" / "too few data";

    front_title: "Оценка, которой можно верить" / "Assessment that can be trusted";
    front_lead(municipality): "{municipality}: что показали проверочные работы, как за ними наблюдали и как школы проверяют сами себя."
        / "{municipality}: what the test works showed, how they were observed, and how schools assess themselves.";
    front_empty: "Результатов пока нет: сводка появится здесь после первой загрузки."
        / "There are no results yet: the summary appears here after the first import.";
    front_schools: "школ участвовали" / "schools took part";
    front_works: "работ, округлённо" / "works, rounded";
    front_observed: "работ прошли под наблюдением" / "works were observed";
    front_of(part, all): "{part} из {all}" / "{part} of {all}";
    front_assessed(approved): "школ сдали самооценку, директор подписал: {approved}" / "schools handed in a self-assessment, signed by the head: {approved}";
    results_title(procedure, year): "{procedure}, {year}" / "{procedure}, {year}";
    results_lead: "Доли отметок по району. Группы, в которых меньше десяти учеников или трёх школ, не показаны: по ним можно узнать отдельных детей."
        / "Shares of marks over the district. Groups of fewer than ten pupils or three schools are not shown: single children could be recognised.";
    results_caption: "Отметки за работы по предметам и классам" / "Marks in the works by subject and grade";
    column_work: "Работа" / "Work";
    column_schools: "Школ" / "Schools";
    column_pupils: "Учеников" / "Pupils";
    column_marks: "Отметки" / "Marks";
    mark_share(mark, percent): "«{mark}» {percent}" / "{mark}: {percent}";
    mark_share_count(mark, percent, count): "«{mark}» {percent} ({count})" / "{mark}: {percent} ({count})";
    mark_2: "«2»" / "2";
    mark_3: "«3»" / "3";
    mark_4: "«4»" / "4";
    mark_5: "«5»" / "5";
    how_title: "Как это устроено" / "How it works";
    how_1_title: "Данные" / "Data";
    how_1: "Школы загружают результаты работ без фамилий. Наблюдатели отвечают на вопросы листа прямо на месте."
        / "Schools bring results without names. Observers answer their sheet on the spot.";
    how_2_title: "Признаки" / "Signs";
    how_2: "Программа сравнивает каждую работу с тем, что ожидается для школы в таких же условиях. Один признак — повод присмотреться, вывода из него не делают."
        / "Each work is compared with what is expected of a school in the same conditions. One sign is a reason to look; no conclusion is drawn from it.";
    how_3_title: "Помощь" / "Help";
    how_3: "Сначала разговор и помощь: разбор критериев, совместная проверка, поддержка учителей. Потом видно, что изменилось."
        / "Help comes first: criteria discussed, works checked together, teachers supported. Then it shows what has changed.";
    more_method: "Подробно о расчётах и порогах" / "Computations and thresholds in detail";
    more_purpose: "Зачем нужна честная оценка" / "Why honest assessment matters";

    method_title: "Как считаем" / "How we compute";
    method_lead: "Каждое число в системе можно проверить: вот способы, пороги и то, как часто они ошибаются."
        / "Every number can be checked: here are the methods, the thresholds, and how often they err.";
    states_title: "Пять состояний" / "Five states";
    states_lead: "Ячейка карты — одна работа в одной школе: предмет, класс, год." / "A cell of the map is one work in one school: subject, grade, year.";
    state_calm: "Ни один канал не отличается от ожидаемого. Это не похвала и не доказательство." / "No channel differs from expectation. That is neither praise nor proof.";
    state_attention: "Отличается один канал. Этого мало для вывода: присмотреться, спросить, предложить помощь." / "One channel differs. Too little for a conclusion: look, ask, offer help.";
    state_signs: "Отличаются два и более независимых канала, либо школа в федеральном или региональном списке. Это повод разобраться, а не вывод о нарушении."
        / "Two or more independent channels differ, or the school is on a federal or regional list. A reason to look into it, not a finding of fault.";
    state_insufficient: "Участников так мало, что случай не отличить от причины. Система так и говорит." / "So few participants that chance cannot be told from cause. The system says so.";
    state_none: "Работы не было или её результаты не загружены." / "The work was not held, or its results were not brought.";
    state_note: "Высокий результат сам по себе признаком не бывает: с хорошим наблюдением он читается как «возможно, подлинный успех»."
        / "A high result alone is never a sign: with good observation it reads “possibly a genuine success”.";
    channels_title: "Каналы" / "Channels";
    channels_lead: "Канал — независимый вид свидетельства. У каждого своё распределение при честной работе, и оно зависит от числа учеников, поэтому граница для маленькой школы и для большой разная."
        / "A channel is an independent kind of evidence. Each has its own distribution under honest work, which depends on the number of pupils; so limits differ for small and large schools.";
    level_title: "Результат выше ожидаемого" / "Level in context";
    level_text: "Средний балл сравнивают не со средним по району, а с ожидаемым для школы с такими же условиями. Разброс складывается из случайности учеников и настоящих различий школ."
        / "The mean is compared not with the district's mean but with what is expected of a school in the same conditions. The spread has two parts: chance of pupils and real differences of schools.";
    level_legend: "r — отклонение среднего от ожидаемого, σ — разброс учеников внутри школ, n — число участников, τ — различия школ сверх случайных (оценка устойчива к завышениям)."
        / "r: deviation of the mean from expectation; σ: spread of pupils inside schools; n: participants; τ: differences of schools beyond chance (estimated robustly).";
    level_source: "Spiegelhalter, 2005: воронкообразные графики с аддитивной сверхдисперсией." / "Spiegelhalter, 2005: funnel plots with additive over-dispersion.";
    bunching_title: "Скачок на границе отметки" / "Bunching at a mark boundary";
    bunching_text: "Если работы «дотягивают» до отметки, чуть выше границы учеников слишком много, чуть ниже — слишком мало. Ожидаемую долю берут из гладкого распределения района, подогнанного к среднему и разбросу школы."
        / "When works are lifted over a boundary, too many pupils stand just above it and too few just below. The expected share comes from the district's smooth distribution fitted to the school's mean and spread.";
    bunching_legend: "H — учеников в окне над границей, L — под ней, q — ожидаемая доля верхних. Проверка точная, без нормального приближения, поэтому верна и для десяти учеников."
        / "H: pupils in the window above the boundary; L: below it; q: expected share of the upper ones. The test is exact, so it holds for ten pupils too.";
    bunching_source: "Точная проверка при данном числе работ в окне; ближние к границе баллы весят больше, при равных весах она биномиальная. Решётка баллов берётся из ответов на сами задания."
        / "Exact test given the works in the window; scores near the boundary weigh more, with equal weights it is binomial. The lattice of scores comes from the answers to the items themselves.";
    items_title: "Необычный профиль заданий" / "Unusual item profile";
    items_text: "Учеников сравнивают с учениками района, набравшими столько же баллов. Подсказки видны, когда трудные задания решены лучше, а лёгкие — хуже, чем у них."
        / "Pupils are compared with the district's pupils of the same total. Hints show when hard items are solved better and easy ones worse than by those.";
    items_legend: "z — отклонение доли решивших задание i от ожидаемой при том же общем балле. Настоящие различия в преподавании вычитаются: без этого канал обвинял бы хороших учителей."
        / "z: deviation of the share solving item i from expectation at the same total. Honest differences in teaching are deducted: otherwise the channel would accuse good teachers.";
    items_source: "Стандартизованные остатки заданий при данном общем балле." / "Standardised item residuals given the total score.";
    other_channels: "Ещё каналы: рост за год против той же группы учеников, похожесть работ, малый разброс, доля писавших, расхождение с журналом, подтверждение экзаменом, листы наблюдателей, внешние списки."
        / "Further channels: change against the same cohort, similarity of works, small spread, participation, gap to the register, confirmation by the exam, observers' sheets, external lists.";
    combination_title: "Как каналы складываются" / "How channels are combined";
    combination_text: "Каждый канал даёт отношение правдоподобий: во сколько раз такая картина вероятнее при необъективных результатах, чем при честных. Они складываются с поправкой на связь каналов и с осторожным исходным предположением."
        / "Each channel gives a likelihood ratio: how many times likelier the picture is under non-objective results than under honest ones. They are combined with allowance for correlation and a cautious prior.";
    combination_legend: "π — исходная доля завышенных результатов, LR — отношения правдоподобий каналов, w — поправка на их связь. Рядом с признаками всегда стоит местная доля ложных: сколько из ста таких сигналов ошибочны."
        / "π: prior share of inflated results; LR: likelihood ratios of the channels; w: allowance for their correlation. Beside signs stands the local false-discovery rate: how many of a hundred such signals are wrong.";
    small_schools: "Средние малых школ показаны дважды: как есть и с поправкой к похожим школам (эмпирический Байес), потому что один ученик в маленьком классе меняет всё."
        / "Means of small schools are shown twice: as they are, and pulled towards comparable schools (empirical Bayes), because in a small class one pupil changes everything.";
    thresholds_title: "Пороги и их источники" / "Thresholds and their sources";
    thresholds_lead: "В документах пороги числами почти не заданы. Там, где числа предложила платформа, так и написано."
        / "Documents give hardly any thresholds as numbers. Where the platform proposed the number, it says so.";
    markers_title: "Маркеры из документов и как часто они ошибаются" / "Markers of the documents and how often they err";
    markers_lead: "Маркеры показываются всегда, но одни они состояние не меняют. Доля ложных — у какой части честных школ такого размера маркер срабатывает; измерена на смоделированных честных районах."
        / "Markers are always shown, but alone they do not change a state. False alarms: the share of honest schools of this size at which a marker fires, measured on simulated honest districts.";
    marker: "Маркер" / "Marker";
    markers_none: "Доли ложных ещё не измерены для этого района." / "False alarms have not been measured for this district yet.";
    limits_title: "Чего система не делает" / "What the system does not do";
    limit_1: "Не ранжирует школы и не считает их места." / "It does not rank schools.";
    limit_2: "Не судит об отдельных учителях и учениках; фамилий детей в ней нет." / "It does not judge single teachers or pupils; it holds no names of children.";
    limit_3: "Не объявляет нарушений: признаки — вопрос, на который отвечают люди." / "It declares no violations: signs are a question, answered by people.";
    limit_4: "Не скрывает своих ошибок: рядом с каждым сигналом — как часто такие сигналы ложны." / "It does not hide its errors: beside each signal stands how often such signals are false.";

    purpose_title: "Зачем нужна честная оценка" / "Why honest assessment matters";
    purpose_lead: "Завышенная отметка кажется добротой. Платит за неё ребёнок." / "An inflated mark looks like kindness. The child pays for it.";
    purpose_1_title: "Ученику нужна правда, пока её можно исправить" / "A pupil needs the truth while it can be mended";
    purpose_1: "Если в пятом классе пробел в дробях скрыт за «четвёркой», в девятом он становится провалом на экзамене. Честная «тройка» с разбором ошибок помогает больше, чем хорошая отметка без них."
        / "If a gap in fractions hides behind a good mark in grade 5, it becomes a failed exam in grade 9. An honest mark with its errors explained helps more than a good one without.";
    purpose_2_title: "Учителю нужна опора, а не подозрение" / "A teacher needs support, not suspicion";
    purpose_2: "Когда критерии понятны и проверяют вместе, отметка перестаёт зависеть от того, кто держал ручку. Система показывает школу в её условиях и никогда — отдельного учителя."
        / "When criteria are clear and works are checked together, a mark no longer depends on who held the pen. The system shows a school in its conditions, never a single teacher.";
    purpose_3_title: "Школе нужна помощь там, где трудно" / "A school needs help where it is hard";
    purpose_3: "Завышенные результаты прячут школы, которым нужны методисты, время и деньги. Пока картина ровная, помощь уходит не туда."
        / "Inflated results hide the schools that need methodists, time and money. While the picture looks even, help goes to the wrong places.";
    purpose_4_title: "Семье нужно доверие" / "A family needs trust";
    purpose_4: "Родители решают по отметкам, куда пойдёт ребёнок. Доверие строится годами и теряется за одну работу."
        / "Parents decide by marks where their child goes. Trust takes years to build and one work to lose.";
    purpose_do_title: "Что может сделать каждый" / "What everyone can do";
    purpose_do_1: "Родители — стать общественным наблюдателем и увидеть работу своими глазами." / "Parents: become a public observer and see a work with your own eyes.";
    purpose_do_2: "Учителя — согласовать критерии с коллегами до проверки." / "Teachers: agree on criteria with colleagues before checking.";
    purpose_do_3: "Директора — честно пройти самооценку: она не попадает в сравнения школ." / "Heads: assess the school honestly; it enters no comparison of schools.";
    purpose_do_4: "Управление — приходить с помощью раньше, чем с проверкой." / "Authorities: come with help before coming with checks.";
}
