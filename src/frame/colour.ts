/** The colour of a word; a screen may hold anything in the byte above it. */
export const COLOUR = 0xffffff;
