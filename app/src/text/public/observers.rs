//! Texts of the public pages on observing and on certificates.

texts! {
    nav: "Стать наблюдателем" / "Become an observer";
    title: "Стать общественным наблюдателем" / "Become a public observer";
    lead: "Наблюдатель смотрит, как проходит проверочная работа или олимпиада, и записывает увиденное. Так результатам школ можно верить."
        / "An observer watches how a test or an olympiad is held and records what is seen. That makes schools' results worth trusting.";
    who_title: "Кого ждём" / "Who can apply";
    who_1: "Совершеннолетних, которые готовы приехать в школу на два-три часа в день работы."
        / "Adults who can come to a school for two or three hours on the day of a work.";
    who_2: "Тех, кто не работает в этой школе и у кого в этом классе не учатся дети и близкие."
        / "People who do not work at that school and have no children or relatives in that class.";
    who_3: "Обучение короткое: пять страниц и двенадцать вопросов. После него выдаётся свидетельство на год."
        / "The training is short: five pages and twelve questions. It brings a certificate for a year.";
    how_title: "Что будет дальше" / "What happens next";
    how_1: "Координатор прочитает заявку и позвонит." / "The coordinator reads the application and calls you.";
    how_2: "Вы пройдёте обучение и получите аккредитацию." / "You take the training and get your accreditation.";
    how_3: "Перед каждым событием вы подтвердите, что не заинтересованы в результате."
        / "Before every event you confirm that you have no interest in the result.";
    form_title: "Заявка" / "Application";
    name: "Фамилия, имя, отчество" / "Full name";
    phone: "Телефон" / "Telephone";
    settlement: "Где вы живёте" / "Where you live";
    settlement_hint: "Село, посёлок или город. По нему подбирается ближайшая школа." / "Village or town, to find a school nearby.";
    languages: "Какие языки и предметы понимаете" / "Languages and subjects you understand";
    languages_hint: "Например: русский, английский, математика. Можно пропустить." / "For example: Russian, English, mathematics. May be left blank.";
    about: "Коротко о себе" / "About you, in short";
    interests: "Есть ли в школах района ваши дети, близкие или ваша работа" / "Children, relatives or your own work at schools of the district";
    interests_hint: "Это прочитает только координатор и удалит после решения. Если нет, напишите «нет»." / "Only the coordinator reads it, and it is deleted after the decision. If there is nothing, write “none”.";
    adult: "Мне исполнилось 18 лет" / "I am 18 or older";
    consent: "Я согласен на обработку этих данных для ведения реестра наблюдателей" / "I agree to the use of these data for the register of observers";
    trap: "Не заполняйте это поле" / "Leave this field blank";
    send: "Отправить заявку" / "Send the application";
    sent_title: "Заявка отправлена" / "The application was sent";
    sent_text: "Координатор прочитает её и свяжется с вами по телефону." / "The coordinator will read it and call you.";
    errors_title: "Заявка не отправлена: проверьте поля" / "Not sent: check the fields";
    error_blank: "Заполните это поле." / "Fill in this field.";
    error_long: "Текст слишком длинный. Сократите его." / "The text is too long. Shorten it.";
    error_phone: "В телефоне должно быть не меньше десяти цифр." / "A telephone number has ten digits or more.";
    error_tick: "Отметьте этот пункт: без него заявку принять нельзя." / "Tick this: without it the application cannot be taken.";
    error_many: "С этого адреса пришло много заявок. Попробуйте через четверть часа или позвоните координатору."
        / "Many applications came from this address. Try again in a quarter of an hour or call the coordinator.";
    no_place: "Здесь пока нет муниципалитета, заявку некому принять." / "There is no municipality here yet, nobody can take an application.";
    check_title: "Проверить свидетельство наблюдателя" / "Check an observer's certificate";
    check_lead: "Введите номер с печатного свидетельства." / "Type the number from the printed certificate.";
    check_number: "Номер свидетельства" / "Number of the certificate";
    check_do: "Проверить" / "Check";
    check_valid(number, name, date): "Свидетельство {number} действует до {date}. Выдано: {name}." / "Certificate {number} is valid until {date}. Issued to {name}.";
    check_expired(number, date): "Свидетельство {number} закончилось {date}." / "Certificate {number} expired on {date}.";
    check_unknown(number): "Свидетельства с номером {number} нет. Проверьте номер." / "There is no certificate {number}. Check the number.";
    check_link: "Проверить свидетельство" / "Check a certificate";
}
