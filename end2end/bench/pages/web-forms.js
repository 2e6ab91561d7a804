// ODK Web Forms: the form of the address, whole on one page.
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";

const formXml = await (await fetch(new URLSearchParams(location.search).get("form"))).text();
createApp({
  render: () => h(OdkWebForm, { formXml, fetchFormAttachment: async () => new Response("", { status: 404 }) }),
})
  .use(webFormsPlugin)
  .mount("#form");
