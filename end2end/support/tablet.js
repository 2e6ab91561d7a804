// A tablet of an observer: a browser context of its own, and what its server knows.
import { expect } from "@playwright/test";

/** Opens a tablet on which the observer is signed in. */
export async function tablet(browser, baseURL, observer, options = {}) {
  const context = await browser.newContext({ baseURL, viewport: { width: 768, height: 1024 }, locale: "ru-RU", ...options });
  await signIn(context, baseURL, observer);
  return context;
}

/** Signs the observer in behind the page, as an invitation opened in another tab does. */
export async function signIn(context, baseURL, observer) {
  const response = await context.request.post("/api/v1/session/demo", { data: { person: observer.id }, headers: { origin: baseURL } });
  expect(response.status(), await response.text()).toBe(200);
}

/** The demo's observers with a planned assignment that nobody has begun; each is used once in a run. */
const used = new Set();
export async function free(browser, baseURL) {
  const context = await browser.newContext({ baseURL });
  try {
    const people = await (await context.request.get("/api/v1/demo/people")).json();
    for (const observer of people.filter(({ role }) => role === "observer")) {
      await signIn(context, baseURL, observer);
      const own = await (await context.request.get("/api/v1/assignments")).json();
      const found = own.find(
        ({ assignment, event }) => event.state === "planned" && assignment.form && !assignment.submission && !used.has(assignment.id),
      );
      if (found) {
        used.add(found.assignment.id);
        return { observer, assignment: found.assignment.id, event: found.event };
      }
    }
  } finally {
    await context.close();
  }
  throw new Error("the demo has no planned assignment left");
}

/** What the server holds of an assignment's sheet. */
export async function held(context, assignment) {
  const own = await (await context.request.get("/api/v1/assignments")).json();
  const { submission } = own.find((one) => one.assignment.id === assignment).assignment;
  return (await context.request.get(`/api/v1/submissions/${submission}`)).json();
}

/** The value that holds for a question by the server's log: the last operation on a path that ends so. */
export function value(submission, question) {
  const edits = submission.operations.filter(({ change }) => change.path.split("/").pop() === question);
  return edits.at(-1)?.change.edit.set;
}

/** Every operation is there once, and each device's sequence has no gap. */
export function expectExactlyOnce({ operations }) {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  const devices = Map.groupBy(operations, ({ device }) => device);
  for (const made of devices.values()) {
    const sequences = made.map(({ sequence }) => sequence).sort((a, b) => a - b);
    expect(sequences).toEqual(made.map((_, index) => index + 1));
  }
}

/** Prepares a tablet for an assignment and waits until it says that all is ready. */
export async function prepare(page, assignment) {
  await page.goto(`/app/assignments/${assignment}/prepare`);
  await page.getByRole("button", { name: "Подготовить к выезду" }).click();
  await expect(page.getByText("Всё готово: лист откроется без сети")).toBeVisible({ timeout: 30_000 });
}

/** Fills the first stage. */
export async function fillContext(page) {
  await page.getByRole("checkbox", { name: "подготовка и вход" }).check();
  await page.getByRole("radio", { name: "на бумаге" }).check();
  await page.getByRole("group", { name: /особыми условиями/ }).getByRole("radio", { name: "Нет" }).check();
}

/** Fills the stage of arrival, with nothing wrong. */
export async function fillArrival(page) {
  await page.getByRole("group", { name: /Меня пропустили/ }).getByRole("radio", { name: "Да" }).check();
  await page.getByRole("group", { name: /У меня нет ребёнка/ }).getByRole("radio", { name: "Да" }).check();
}

/** All of a page's answers are on the server, by its own word. */
export const received = (page) => page.getByText(/получил[оа]? (\d+) из \1 в/i);

