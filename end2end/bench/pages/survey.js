// SurveyJS: the same questions, one page, expressions where it has them.
import { Model } from "survey-core";
import { renderSurvey } from "survey-js-ui";

const json = await (await fetch(new URLSearchParams(location.search).get("form"))).json();
renderSurvey(new Model(json), document.getElementById("form"));
