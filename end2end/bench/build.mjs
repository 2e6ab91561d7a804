// Bundles each engine into one script, minified, as a site would ship it.
import { build } from "esbuild";
import { mkdir, writeFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, "node_modules/enketo-core");
const enketo = {
  "enketo/config": join(core, "config.js"),
  // "Without widgets", as in the published comparison: the fastest Enketo there is.
  "enketo/widgets": join(here, "pages/empty.js"),
  "enketo/translator": join(core, "src/js/fake-translator.js"),
  "enketo/dialog": join(core, "src/js/fake-dialog.js"),
  "enketo/file-manager": join(core, "src/js/file-manager.js"),
  "enketo/xpath-evaluator-binding": join(core, "src/js/xpath-evaluator-binding.js"),
};

/** Writes `dist/NAME/` for each engine. */
export async function bundle() {
  for (const name of ["web-forms", "enketo", "transform", "survey"]) {
    const outdir = join(here, "dist", name);
    await mkdir(outdir, { recursive: true });
    await build({
      entryPoints: { main: join(here, "pages", `${name}.js`) },
      outdir,
      bundle: true,
      minify: true,
      format: "esm",
      target: "chrome120",
      conditions: ["browser"],
      mainFields: ["browser", "module", "main"],
      alias: name === "enketo" ? enketo : {},
      // Only the transformer of Node needs it.
      external: ["libxslt"],
      define: { "process.env.NODE_ENV": '"production"', global: "globalThis", __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
      loader: { ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl", ".woff": "dataurl", ".woff2": "dataurl", ".ttf": "dataurl", ".eot": "dataurl", ".ico": "dataurl" },
      logLevel: "error",
    });
    const files = await readdir(outdir);
    const style = files.includes("main.css") ? '<link rel="stylesheet" href="main.css">' : "";
    await writeFile(
      join(outdir, "index.html"),
      `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>${name}</title>${style}</head><body><div id="form"></div><script type="module" src="main.js"></script></body></html>`,
    );
  }
}
