// Tells who comes with a browser that is too old, in the words of any browser: this file is a plain script without
// anything newer than ES3, because the program's own scripts do not even parse there.
//
// `inert` came with Chromium 102, Firefox 112 and Safari 15.5, the first ones the work area runs in.
(function () {
  var isModern =
    typeof WebAssembly === "object" && typeof HTMLElement === "function" && "inert" in HTMLElement.prototype;
  if (isModern) return;
  window.orientirTooOld = true;
  var place = document.getElementById("boot");
  if (!place) return;
  function paragraph(words) {
    var element = document.createElement("p");
    element.appendChild(document.createTextNode(words));
    element.style.margin = "0 0 1em";
    place.appendChild(element);
    return element;
  }
  while (place.firstChild) place.removeChild(place.firstChild);
  place.id = "too-old";
  // The style sheet stands in layers, which such a browser leaves out.
  place.style.display = "block";
  place.style.maxWidth = "40em";
  place.style.margin = "2em auto";
  place.style.padding = "0 1em";
  place.style.font = "18px/1.5 sans-serif";
  paragraph(
    "Этот браузер слишком старый для рабочей области. Обновите его или откройте эту страницу в другом: Chrome, Edge " +
      "или Яндекс Браузере 102 и новее (на Windows 7 и 8 подойдёт Chrome 109), Firefox 115 и новее, Safari 15.5 и новее."
  );
  paragraph("Открытые страницы работают и здесь.").appendChild(link("На главную"));
  paragraph(
    "This browser is too old for the work area. Update it, or open this page in another one: Chrome, Edge or Yandex " +
      "Browser 102 or later (Chrome 109 on Windows 7 and 8), Firefox 115 or later, Safari 15.5 or later."
  );
  paragraph("The public pages work here, too.").appendChild(link("Home"));
  function link(words) {
    var element = document.createElement("a");
    element.href = "/";
    element.style.marginLeft = "0.4em";
    element.appendChild(document.createTextNode(words));
    return element;
  }
})();
