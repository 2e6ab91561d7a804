// Our JSON form as a SurveyJS model: the same questions and choices on one page. Relevance and labels with answers are
// carried over where both languages say them alike; sums are left out, which favours SurveyJS.

/** @param {object} form a form as `GET /api/v1/forms/{form}/{version}/files/json` gives it */
export function toSurvey(form) {
  const lists = Object.fromEntries((form.lists ?? []).map((list) => [list.name, list.choices]));
  return {
    title: words(form.title),
    questionsOnPageMode: "singlePage",
    elements: form.nodes.flatMap((node) => element(node, lists)),
  };
}

const words = (text) => (text ? (text.ru ?? Object.values(text)[0] ?? "") : "");

/** `${a} > 2 and ${b} = 'x'` as SurveyJS writes it. */
const condition = (expression) =>
  expression?.replace(/\$\{([^}]+)\}/g, "{$1}").replace(/selected\(([^,]+),\s*([^)]+)\)/g, "$1 contains $2");

/** `${a}` in a label. */
const label = (text, name) => words(text).replace(/\$\{([^}]+)\}/g, "{$1}") || name;

function element(node, lists) {
  const [[kind, content]] = Object.entries(node);
  if (kind === "group") {
    const group = content.group ?? content;
    return [{ type: "panel", name: group.name, title: label(group.label, ""), visibleIf: condition(group.relevant), elements: group.nodes.flatMap((one) => element(one, lists)) }];
  }
  if (kind === "repeat") {
    const group = content.group ?? content;
    const count = /^\$\{([^}]+)\}$/.exec(content.count ?? content.repeat_count ?? "")?.[1];
    return [
      {
        type: "paneldynamic",
        name: group.name,
        title: label(group.label, group.name),
        bindings: count ? { panelCount: count } : undefined,
        maxPanelCount: 1000,
        templateElements: group.nodes.flatMap((one) => element(one, lists)),
      },
    ];
  }
  const base = { name: content.name, title: label(content.label, content.name), visibleIf: condition(content.relevant) };
  const choices = () => (lists[content.choices?.list] ?? []).map((choice) => ({ value: choice.name, text: label(choice.label, choice.name) }));
  switch (content.kind) {
    case "select_one":
    case "select-one":
      return [{ ...base, type: "radiogroup", choices: choices() }];
    case "select_multiple":
    case "select-multiple":
      return [{ ...base, type: "checkbox", choices: choices() }];
    case "integer":
    case "decimal":
      return [{ ...base, type: "text", inputType: "number" }];
    case "calculate":
    case "hidden":
      return [];
    case "note":
      return [{ type: "html", name: base.name, html: base.title, visibleIf: base.visibleIf }];
    default:
      return [{ ...base, type: "text" }];
  }
}
