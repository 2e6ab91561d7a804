// The school whose team and head the journeys play.
import { expect } from "@playwright/test";

const HEAD = { login: "head14", password: "orientir-demo" };

/** Gives the last self-assessment that was begun back to the team, if an earlier journey has handed it over. */
export async function givenBack(browser, baseURL) {
  const context = await browser.newContext({ baseURL });
  const headers = { origin: baseURL };
  const entered = await context.request.post("/api/v1/session", { data: HEAD, headers });
  expect(entered.ok(), await entered.text()).toBe(true);
  const campaigns = await (await context.request.get("/api/v1/campaigns")).json();
  const [own] = campaigns
    .toSorted((one, other) => other.closes.localeCompare(one.closes))
    .flatMap(({ schools }) => schools)
    .filter(({ progress }) => progress !== "not_started");
  if (own.progress === "submitted" || own.progress === "approved") {
    const data = { id: crypto.randomUUID(), reason: "Дополнить подтверждения" };
    const back = await context.request.post(`/api/v1/submissions/${own.submission}/unlock`, { data, headers });
    expect(back.ok(), await back.text()).toBe(true);
  }
  await context.close();
}
