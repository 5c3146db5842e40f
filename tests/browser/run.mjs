// Runs the checks of checks.mjs on the pages in a folder; `node run.mjs FOLDER [WORDS OF A CHECK]`.
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";
import { checks } from "./checks.mjs";

const folder = resolve(process.argv[2]);
const only = process.argv[3];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

let failed = 0;
for (const [name, check] of checks) {
  if (only && !name.includes(only)) continue;
  const contexts = [];
  const faults = [];
  // Opens a page with the network off; whatever it asks for elsewhere, and whatever goes wrong in it, fails the check.
  const open = async (kind, options = {}, fragment = "") => {
    const context = await browser.newContext({ locale: "en-GB", offline: true, viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    page.on("console", (message) => { if (message.type() === "error") faults.push(`console: ${message.text()}`); });
    page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith("file:") && !url.startsWith("data:,")) faults.push(`asks for ${url}`);
    });
    await page.goto(pathToFileURL(join(folder, `${kind}.html`)).href + fragment);
    return page;
  };
  const start = Date.now();
  try {
    const told = await check({ open, folder });
    if (faults.length) throw new Error(faults.join("; "));
    console.log(`ok    ${name}${told ? `: ${told}` : ""} (${Date.now() - start} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.message).split("\n").join("\n      ")}`);
  }
  for (const context of contexts) await context.close();
}
await browser.close();
console.log(failed ? `\n${failed} browser checks failed` : "\nall browser checks passed");
process.exit(failed ? 1 : 0);
