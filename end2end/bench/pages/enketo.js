// Enketo core without its widgets; the form was transformed beforehand, as its server does.
import { Form } from "enketo-core";

const { form: html, model: modelStr } = await (await fetch(new URLSearchParams(location.search).get("form"))).json();
const range = document.createRange();
document.getElementById("form").append(range.createContextualFragment(html));
const form = new Form(document.querySelector("form.or"), { modelStr });
const errors = form.init();
if (errors.length) throw new Error(errors.join("; "));
