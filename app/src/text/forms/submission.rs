//! Texts of a submitted form, to read.

texts! {
    title: "Лист" / "Sheet";
    draft: "черновик" / "draft";
    submitted(time): "сдан {time}" / "handed in on {time}";
    filled_by(names): "Заполняли: {names}" / "Filled in by {names}";
    result: "Итог" / "Result";
    answers: "Все ответы" / "All answers";
    draft_title: "Лист ещё заполняют" / "The sheet is still being filled in";
    draft_text: "Итог появится после отправки. Ответы ниже могут измениться."
        / "The result appears once it is sent. The answers below may change.";
    critical_title: "Грубые нарушения заявлены" / "Gross violations are reported";
    critical_text: "До решения координатора они «заявлены» и в том, насколько соблюдён порядок, весят не больше обычного."
        / "Until the coordinator decides they are “reported” and weigh no more than usual in how far the rules were kept.";
    print: "Печать" / "Print";
    back: "Назад" / "Back";
}
