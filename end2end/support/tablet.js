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

/** Offers a part in the event and lets the observer sign the declaration: that is how an assignment comes about. */
async function staff(coordinator, request, baseURL, observer, event) {
  const headers = { origin: baseURL };
  const part = { id: crypto.randomUUID(), person: observer.id, role: "observer" };
  const offered = await coordinator.post(`/api/v1/events/${event}/requests`, { data: part, headers });
  expect(offered.status(), await offered.text()).toBe(200);
  const signed = await request.post("/api/v1/declarations", { data: { event, answer: "sign" }, headers });
  expect(signed.status(), await signed.text()).toBe(200);
  const given = async () => (await (await request.get("/api/v1/assignments")).json()).find((one) => one.event.id === event);
  const own = await given();
  if (own) return own;
  // Whoever is at another school at that hour is not given a second part until the coordinator says why.
  const reasoned = { ...part, id: crypto.randomUUID(), override_reason: "другой выезд сдвинут, успевает" };
  const answer = await coordinator.post(`/api/v1/events/${event}/assignments`, { data: reasoned, headers });
  expect(answer.status(), await answer.text()).toBe(200);
  return given();
}

/** How many events this run has planned; each has a room of its own. */
let planned = 0;

/**
 * A work held today at a school that has no other one, with observers who are assigned and have not begun.
 * @returns {Promise<{observer: object, assignment: string, event: object}[]>} one for each observer
 */
export async function assigned(browser, baseURL, count = 1) {
  const context = await browser.newContext({ baseURL });
  const others = [];
  try {
    const people = await (await context.request.get("/api/v1/demo/people")).json();
    await signIn(context, baseURL, people.find(({ role }) => role === "coordinator"));
    const events = await (await context.request.get("/api/v1/events")).json();
    const schools = await (await context.request.get("/api/v1/organisations")).json();
    const { date } = await (await context.request.get("/api/v1/day")).json();
    const busy = new Set(events.filter((event) => event.date === date).map(({ organisation }) => organisation));
    const school = schools.find(({ id, grades }) => grades.includes(6) && !busy.has(id));
    planned += 1;
    const event = {
      id: crypto.randomUUID(),
      procedure: events[0].procedure,
      organisation: school.id,
      date,
      start: "09:00",
      duration_minutes: 45,
      subject: "math",
      grade: 6,
      class: "А",
      room: String(300 + planned),
    };
    const answer = await context.request.post("/api/v1/events", { data: event, headers: { origin: baseURL } });
    expect(answer.status(), await answer.text()).toBe(200);
    const found = [];
    for (const observer of people.filter(({ role }) => role === "observer").slice(0, count)) {
      const other = await browser.newContext({ baseURL });
      others.push(other);
      await signIn(other, baseURL, observer);
      const own = await staff(context.request, other.request, baseURL, observer, event.id);
      found.push({ observer, assignment: own.assignment.id, event: own.event });
    }
    return found;
  } finally {
    await Promise.all([context, ...others].map((one) => one.close()));
  }
}

/** An assignment of one observer that nobody has begun. */
export async function free(browser, baseURL) {
  const [only] = await assigned(browser, baseURL);
  return only;
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
  for (const one of new Set(operations.map(({ device }) => device))) {
    const made = operations.filter(({ device }) => device === one);
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
export const received = (page) => page.getByText(/Отправлено (\d+) из \1,/);

