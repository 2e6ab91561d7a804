// The map of schools is large: it is loaded by whoever opens it, not by everybody.
globalThis.orientirGeo = () => import("/geo.js");
// Needed by who has no network at all; kept on the device with the application.
globalThis.orientirRescue = () => import("/rescue.js");

// Parts of the program by the pages they hold; a page that is not named here comes when the program asks for it.
const parts = {parts};
const pages = [
  [/^\/app\/?$/, "home"],
  [/^\/app\/assignments\/[^/]+\/?$/, "sheet"],
  [/^\/app\/(map|cells)\b/, "map"],
  [/^\/app\/(schools?|changes|context|measures|campaigns|expert-assessments|submissions|mechanisms)\b/, "schools"],
  [/^\/app\/(?!sign-in|invitation|assignments)./, "office"],
];
const wanted = pages.find(([address]) => address.test(location.pathname));
// All are asked for at once, and the program first: it is the largest and must not wait for its script.
try {
  if (globalThis.orientirTooOld) throw new Error("this browser is too old");
  // Chromium 102 to 105 never finishes a program that it has compiled before and takes from its cache again; what comes
  // as bytes is compiled anew. `toSorted` came with 110.
  const takesStream = "toSorted" in Array.prototype;
  const fetched = fetch("{wasm}");
  const response = takesStream ? fetched : fetched.then((answer) => answer.arrayBuffer());
  const script = import("{js}");
  for (const file of (wanted && parts[wanted[1]]) ?? []) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: file });
    document.head.append(link);
  }
  const { default: init } = await script;
  await init({ module_or_path: response });
} catch (error) {
  const notice = document.querySelector("#boot span");
  if (notice) {
    notice.textContent = navigator.onLine
      ? "Рабочая область не открылась. Обновите страницу; если не поможет, обновите браузер. · The work area did not open. Reload the page; if that does not help, update the browser."
      : "Эта страница откроется, когда появится сеть. · This page opens when there is a network.";
  }
  throw error;
}
