/** How many letters must be added, dropped, changed or swapped to make one word of the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The candidate that `word` was probably meant to be; undefined when none is like it. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wrong = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wrong, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  const begun = candidates.filter((each) => each.toLowerCase().startsWith(wrong));
  return best ?? (wrong.length >= 2 ? begun[0] : undefined);
}
