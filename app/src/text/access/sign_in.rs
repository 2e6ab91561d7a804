//! Texts of sign-in.

texts! {
    title: "Вход" / "Sign in";
    lead: "Рабочая область школ и управления образования. Открытые сведения доступны без входа."
        / "Work area of schools and the education authority. Public information needs no sign-in.";
    public_pages: "Открытые сведения" / "Public information";
    login: "Логин" / "Login";
    password: "Пароль" / "Password";
    show: "Показать пароль" / "Show password";
    hide: "Скрыть пароль" / "Hide password";
    submit: "Войти" / "Sign in";
    busy: "Входим" / "Signing in";
    error_title: "Войти не получилось" / "Sign-in failed";
    login_missing: "Введите логин" / "Enter your login";
    password_missing: "Введите пароль" / "Enter your password";
    observer_note: "Наблюдатель входит по личной ссылке или QR-коду из приглашения: пароль не нужен."
        / "Observers enter by the personal link or QR code of their invitation: no password.";
    demo_title: "Посмотреть глазами участника" / "See it as one of the users";
    demo_text: "Это демонстрационный район, всё вымышлено. Выберите человека: пароль не нужен."
        / "This is a demonstration district, everything is invented. Choose a person: no password needed.";
    demo_again(name): "Войти снова: {name}" / "Sign in again: {name}";
    demo_login(login): "логин {login}" / "login {login}";
}
