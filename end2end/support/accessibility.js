import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";

/** Fails on serious and critical violations of WCAG 2.2 AA, and names the elements. */
export async function expectAccessible(page) {
  // What is fading in has no colour yet, and a message may begin to while axe looks.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  await page.emulateMedia({ reducedMotion: null });
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => node.target.join(" ")) }));
  expect(serious).toEqual([]);
}
