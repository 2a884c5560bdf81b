import { ROOT } from "../support/root.ts";

const PAGE = Deno.readTextFileSync(`${ROOT}.docs/proxies.md`);

/**
 * A configuration as the page on proxies has it, but for what differs in tests.
 * @param language What stands behind its first fence.
 * @param changes Texts and what stands in place of each.
 * @throws {Error} When the page doesn't have that.
 */
export function snippet(language: string, changes: Readonly<Record<string, string>>): string {
  let [, text] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(PAGE) ?? [];
  if (text === undefined) throw new Error(`no configuration for ${language}`);
  for (const [from, to] of Object.entries(changes)) {
    if (!text.includes(from)) throw new Error(`the configuration for ${language} lacks ${from}`);
    text = text.replace(from, to);
  }
  return text;
}
