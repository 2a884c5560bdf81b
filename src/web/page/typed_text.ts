/** What makes one text of another, at its end: so many characters less, then some more. */
export interface Edit {
  readonly backspaces: number;
  readonly text: string;
}

/**
 * What was typed, when a text field had one text before and has another now. On-screen keyboards
 * tell no more than that: they replace what they have completed, corrected or composed.
 */
export function editOf(before: string, after: string): Edit {
  // Not by UTF-16's halves of a character.
  const [old, now] = [[...before], [...after]];
  let same = 0;
  while (same < old.length && old[same] === now[same]) same++;
  return { backspaces: old.length - same, text: now.slice(same).join("") };
}
