import { byId } from "./dom.ts";

/** Where it is remembered, until the tab is closed, that the user knows. */
const KEY = "vncd-not-encrypted";

/** Where the connection isn't encrypted, settles when the user wants to go on all the same. */
export async function warnIfInsecure(): Promise<void> {
  if (isSecureContext || isKnown()) return;
  const dialog = byId("not-encrypted", HTMLDialogElement);
  byId("use-https", HTMLAnchorElement).href = `https://${location.host}${location.pathname}`;
  // There is nothing behind it yet that one could go back to.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  const closed = new Promise((resolve) => dialog.addEventListener("close", resolve));
  dialog.showModal();
  await closed;
  remember();
}

function isKnown(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(KEY, "known");
  } catch {
    // The browser is set to store nothing: it asks again.
  }
}
