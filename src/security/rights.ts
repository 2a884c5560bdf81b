/** What somebody who came in may do besides looking, which everybody may. */
export interface Rights {
  /** Keyboard, pointer, the desktop's size and power. */
  readonly control: boolean;
  /** Put something on the desktop's clipboard. */
  readonly clipboardIn: boolean;
  /** Get what is on the desktop's clipboard. */
  readonly clipboardOut: boolean;
}

export const ALL_RIGHTS: Rights = { control: true, clipboardIn: true, clipboardOut: true };

/** What is copied may be secret, so who only watches doesn't get it. */
export const VIEW_ONLY: Rights = { control: false, clipboardIn: false, clipboardOut: false };
