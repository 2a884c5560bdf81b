// deno-lint-ignore-file no-console -- a program for the terminal
//
// `deno task page`: makes src/web/built/page.html, the whole page for browsers in one file, of what is in
// src/web/page and of noVNC.

const PAGE = `${import.meta.dirname}/../src/web/page`;
const BUILT = `${import.meta.dirname}/../src/web/built`;

/** One after the other: of equal rules the last one counts. */
const STYLES = /(?: *<link rel="stylesheet" href="[^"]+">\n)+/;
const SCRIPT = '<script type="module" src="main.ts"></script>';

async function bundledScript(): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "-q", "--platform=browser", "--minify", `${PAGE}/main.ts`],
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  // Inside of HTML a script ends at the first of these, even within a string.
  return text.decode(stdout).trim().replaceAll("</script", "<\\/script");
}

/** @param links To the style sheets. */
async function joinedStyle(links: string): Promise<string> {
  const names = Array.from(links.matchAll(/href="([^"]+)"/g), ([, name]) => name);
  const sheets = await Promise.all(names.map((name) => Deno.readTextFile(`${PAGE}/${name}`)));
  return sheets.join("\n");
}

function replaced(html: string, what: string, by: string): string {
  if (!html.includes(what)) throw new Error(`index.html has no ${what}`);
  return html.replace(what, () => by);
}

const html = await Deno.readTextFile(`${PAGE}/index.html`);
const [links] = html.match(STYLES) ?? [];
if (links === undefined) throw new Error("index.html has no style sheets");
const styled = replaced(html, links, `<style>\n${await joinedStyle(links)}</style>\n`);
const page = replaced(styled, SCRIPT, `<script type="module">${await bundledScript()}</script>`);
const before = await Deno.readTextFile(`${BUILT}/page.html`).catch(() => undefined);
// What didn't change keeps its time, for whoever asks what is newer.
if (page !== before) {
  await Deno.mkdir(BUILT, { recursive: true });
  await Deno.writeTextFile(`${BUILT}/page.html`, page);
}
console.log(`src/web/built/page.html: ${(page.length / 1e3).toFixed(0)} kB`);
