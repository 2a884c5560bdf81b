/** Pixels on each side of the squares whose content is looked at; JPEG's blocks fit into them. */
export const CELL = 16;

/** What a cell shows. */
export const CONTENT = {
  /** Text, icons, widgets and their gradients: much that repeats. */
  Drawn: 0,
  /** One colour. */
  Solid: 1,
  /** Hardly a pixel like the next: photos, video, noise. */
  Photo: 2,
  /** Text on a photo. */
  Captioned: 3,
  /** Drawn, but without an edge: where a photo is around it, it belongs to that. */
  Smooth: 4,
  /** Drawn, in more colours than plain text: where a photo is beside it, there is some of it within. */
  Colourful: 5,
} as const;

export type Content = typeof CONTENT[keyof typeof CONTENT];
