// Signing in as people of the demo municipality.

/** The first demo person with this role; `at` picks by organisation. */
export async function person(request, role, at) {
  const response = await request.get("/api/v1/demo/people");
  const people = await response.json();
  const found = people.find((one) => one.role === role && (!at || one.organisation === at));
  if (!found) throw new Error(`the demo has no ${role}${at ? ` at ${at}` : ""}`);
  return found;
}

/** Signs in through the page, by a tap on the person's card. */
export async function enterAs(page, role, at) {
  const someone = await person(page.request, role, at);
  await page.goto("/app/sign-in");
  await page.getByRole("button", { name: someone.name }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  return someone;
}
