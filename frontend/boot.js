// The map of schools is large: it is loaded by whoever opens it, not by everybody.
globalThis.orientirGeo = () => import("/geo.js");
// Needed by who has no network at all; kept on the device with the application.
globalThis.orientirRescue = () => import("/rescue.js");

// Loads the entry of the work area that this page needs: both can show an observer's pages, only `desk` has the others.
const field = /^\/app(\/(sign-in|invitation|assignments(\/[^/]+(\/prepare)?)?))?\/?$/.test(location.pathname);
const arrives = /^\/app\/(invitation|assignments)/.test(location.pathname);
let usual = null;
let left = null;
try {
  usual = localStorage.getItem("orientir.entry");
  left = sessionStorage.getItem("orientir.left-field");
} catch {
  // Storage may be forbidden; then the address decides alone.
}
// Without a network the small one is on the device, the other perhaps not.
const small = field && (!navigator.onLine || (!left && usual !== "desk" && (arrives || usual === "field")));
const [script, program] = small ? ["{field-js}", "{field-wasm}"] : ["{js}", "{wasm}"];
// Both are asked for at once: the program is the larger one and must not wait for its script.
try {
  const response = fetch(program);
  const { default: init } = await import(script);
  await init({ module_or_path: response });
} catch (error) {
  const notice = document.querySelector("#boot span");
  if (notice && !navigator.onLine) {
    notice.textContent = "Эта страница откроется, когда появится сеть. · This page opens when there is a network.";
  }
  throw error;
}
