// Enketo core without its widgets, transformed in the page as its own demonstration does.
import { Form } from "enketo-core";
import { transform } from "enketo-transformer/web";

const xform = await (await fetch(new URLSearchParams(location.search).get("form"))).text();
const { form: html, model: modelStr } = await transform({ xform });
const range = document.createRange();
document.getElementById("form").append(range.createContextualFragment(html));
const form = new Form(document.querySelector("form.or"), { modelStr });
const errors = form.init();
if (errors.length) throw new Error(errors.join("; "));
