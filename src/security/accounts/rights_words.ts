import { ALL_RIGHTS, type Rights, VIEW_ONLY } from "../rights.ts";

/** The words for rights. Everybody may look, so `view` adds nothing; it says that there is nothing else. */
const WORDS: ReadonlyMap<string, Partial<Rights>> = new Map<string, Partial<Rights>>([
  ["view", {}],
  ["control", { control: true }],
  ["clipboard", { clipboardIn: true, clipboardOut: true }],
  ["clipboard-in", { clipboardIn: true }],
  ["clipboard-out", { clipboardOut: true }],
  ["all", ALL_RIGHTS],
]);

/** The words, for a person. */
export const RIGHTS_WORDS = [...WORDS.keys()].join(", ");

/** The rights that a list like `view,clipboard-out` gives; undefined when it isn't one. */
export function parseRights(list: string): Rights | undefined {
  let rights = VIEW_ONLY;
  for (const word of list.split(",")) {
    const more = WORDS.get(word.trim());
    if (more === undefined) return undefined;
    rights = { ...rights, ...more };
  }
  return rights;
}

/** The shortest list that {@linkcode parseRights} reads as these rights. */
export function formatRights({ control, clipboardIn, clipboardOut }: Rights): string {
  if (control && clipboardIn && clipboardOut) return "all";
  const words = control ? ["control"] : [];
  if (clipboardIn && clipboardOut) words.push("clipboard");
  else if (clipboardIn) words.push("clipboard-in");
  else if (clipboardOut) words.push("clipboard-out");
  return words.join(",") || "view";
}
