import type { Page } from "playwright-core";

/** Roles of what one can use; each such thing must have a name. */
const USABLE = new Set([
  ...["button", "link", "textbox", "checkbox", "radio", "slider", "switch", "combobox"],
  ...["menuitem", "menuitemcheckbox", "DisclosureTriangle", "menu", "dialog", "toolbar"],
  ...["radiogroup", "application", "region", "tab"],
]);

/** One thing of a page as screen readers get it: `button "Settings"`. */
export interface Accessible {
  readonly role: string;
  readonly name: string;
}

/** Everything usable in a page now, as the browser tells it to screen readers. */
export async function usableThings(page: Page): Promise<Accessible[]> {
  const devTools = await page.context().newCDPSession(page);
  const { nodes } = await devTools.send("Accessibility.getFullAXTree");
  await devTools.detach();
  return nodes.filter(({ ignored, role }) => !ignored && USABLE.has(role?.value))
    .map(({ role, name }) => ({ role: role!.value, name: (name?.value ?? "").trim() }));
}
