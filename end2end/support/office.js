// An office that was founded a moment ago on an empty server.
import { expect } from "@playwright/test";
import { builtSite, place, serve } from "./server.js";

/** Starts a server without the demo; `address` is the one-time address of founding that it printed. */
export async function emptyServer(port) {
  const own = await place();
  const server = await serve({ port, data: own.directory, site: builtSite, demo: false });
  const printed = () => server.log().match(/http:\/\/\S*\/app\/setup#\S+/)?.[0];
  await expect.poll(printed).toBeTruthy();
  const end = async () => {
    await server.kill();
    await own.forget();
  };
  return { origin: server.address, directory: own.directory, address: printed(), end };
}

/** Fills the page of founding in; whoever founds the office coordinates as well. */
export async function fillFounding(page, address, { name, login, password }) {
  await page.goto(address);
  await page.getByLabel("Название муниципалитета").fill("Заречный муниципальный район");
  await page.getByLabel("Название по-английски").fill("Zarechny municipal district");
  await page.getByLabel("Имя и фамилия").fill(name);
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Пароль", { exact: true }).fill(password);
  await page.getByLabel("Пароль ещё раз").fill(password);
  const both = page.getByLabel(/дать и роль координатора/);
  if (!(await both.isChecked())) await both.check();
}

/** Founds the office from the page that was filled in. */
export async function found(page) {
  await page.getByRole("button", { name: "Создать управление" }).click();
  await page.waitForURL((url) => url.pathname === "/app");
}

/** Ticks a chip: its box lies below the label. */
export async function tick(page, name) {
  const box = page.getByRole("checkbox", { name, exact: true });
  await page.locator("label.chip").filter({ has: box }).click();
  await expect(box).toBeChecked();
}
