// A small form of our own, published and announced to one school.
import { expect } from "@playwright/test";
import { person } from "./people.js";

const question = (name, kind, label, more) => ({ question: { name, kind, label: { default: label }, ...more } });
const group = (name, label, nodes) => ({ group: { name, label: { default: label }, section: {}, nodes } });
const level = (id, min, ru, en) => ({ id, min, label: { "Русский (ru)": ru, "English (en)": en } });

const form = (id) => ({
  schema: 1,
  id,
  root: "data",
  title: { default: "Что набрано" },
  languages: [{ name: "default" }],
  default_language: "default",
  settings: {},
  nodes: [
    group("S1", "Первая страница", [
      question("n", "integer", "Сколько", { required: "true()" }),
      question("x", "decimal", "Доля"),
      question("t", "text", "Слова"),
    ]),
    group("S2", "Вторая страница", [question("u", "text", "Ещё")]),
  ],
  version: "1",
  instrument: { kind: "self_assessment", audience: ["school_team"] },
  scoring: {
    section: "weighted_share",
    block: "none",
    overall: "mean_of_sections",
    levels: [
      level("improves", 0.85, "работает и улучшается", "works and improves"),
      level("works", 0.6, "работает", "works"),
      level("beginning", 0.35, "начинаем", "beginning"),
      level("absent", 0, "нет системы", "no system"),
    ],
  },
});

const checked = async (answer) => {
  const response = await answer;
  expect(response.status(), await response.text()).toBeLessThan(300);
  return response.json();
};

/** Publishes the form and announces it to the school of the team; the address of the school's sheet. */
export async function announceTyped(browser, baseURL) {
  const headers = { origin: baseURL };
  const as = async (role) => {
    const context = await browser.newContext({ baseURL });
    const someone = await person(context.request, role);
    await checked(context.request.post("/api/v1/session/demo", { data: { person: someone.id }, headers }));
    return context;
  };
  const id = `typed_${crypto.randomUUID().slice(0, 8)}`;
  const methodist = await as("methodist");
  const draft = crypto.randomUUID();
  const { revision } = await checked(
    methodist.request.post("/api/v1/form-drafts", {
      data: Buffer.from(JSON.stringify(form(id))),
      headers: { ...headers, "content-type": "application/octet-stream", "x-form-draft-id": draft, "x-file-name": `${id}.json` },
    }),
  );
  await checked(methodist.request.post(`/api/v1/form-drafts/${draft}/publish`, { data: { revision, version: "1" }, headers }));
  const team = await as("school_team");
  const session = await checked(team.request.get("/api/v1/session"));
  const { organisation } = session.person.grants.map(({ scope }) => scope).find((scope) => scope.organisation);
  const coordinator = await as("coordinator");
  const { date } = await checked(coordinator.request.get("/api/v1/day"));
  const closes = new Date(Date.parse(date) + 14 * 86_400_000).toISOString().slice(0, 10);
  const campaign = crypto.randomUUID();
  const title = { ru: `Что набрано ${id}`, en: `What is typed ${id}` };
  const data = { id: campaign, campaign: { title, form: [id, "1"], opens: date, closes, expert: "none", reminders: [], schools: [organisation] } };
  await checked(coordinator.request.post("/api/v1/campaigns", { data, headers }));
  await Promise.all([methodist, team, coordinator].map((one) => one.close()));
  return `/app/campaigns/${campaign}/${organisation}`;
}
