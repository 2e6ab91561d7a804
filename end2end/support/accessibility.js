import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";

/** Fails on serious and critical violations of WCAG 2.2 AA, and names the elements. */
export async function expectAccessible(page) {
  // What is still on its way is drawn in by degrees, and has no colour yet.
  await expect(page.locator(".loading")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => node.target.join(" ")) }));
  expect(serious).toEqual([]);
}
