//! Texts of the entry by invitation.

texts! {
    title: "Вход по приглашению" / "Entry by invitation";
    entering: "Проверяем приглашение" / "Checking the invitation";
    no_token_title: "В ссылке нет приглашения" / "The link holds no invitation";
    no_token_text: "Откройте ссылку из письма целиком или наведите камеру на QR-код ещё раз."
        / "Open the whole link from the message, or point the camera at the QR code again.";
    expired_title: "Срок приглашения вышел" / "The invitation has expired";
    expired_text: "Попросите координатора прислать новое: старое больше не откроется."
        / "Ask the coordinator for a new one: the old one will not open again.";
    used_title: "Приглашение уже открыто на другом устройстве" / "The invitation is already open on another device";
    used_text: "Приглашение действует на одном планшете. Откройте его там или попросите координатора прислать новое."
        / "An invitation works on one tablet. Open it there, or ask the coordinator for a new one.";
    unknown_title: "Такого приглашения нет" / "There is no such invitation";
    unknown_text: "Проверьте, что ссылка скопирована целиком, или попросите координатора прислать новое."
        / "Check that the link is copied whole, or ask the coordinator for a new one.";
    sign_in: "Войти по логину" / "Sign in with a login";
}
