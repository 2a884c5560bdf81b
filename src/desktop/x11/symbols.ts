/*
 * The C functions in use, as data: one table a library, in the order of their use. `unsigned long`
 * (XID, Atom, KeySym, Time) is "u64": only 64-bit systems are supported.
 */

const DISPLAY = "pointer";
const ID = "u64";

/** libX11.so.6: the X protocol and its keyboard extension. */
export const X11 = {
  XOpenDisplay: { parameters: ["buffer"], result: DISPLAY },
  XCloseDisplay: { parameters: [DISPLAY], result: "i32" },
  XConnectionNumber: { parameters: [DISPLAY], result: "i32" },
  XDisplayString: { parameters: [DISPLAY], result: "pointer" },
  XDefaultScreen: { parameters: [DISPLAY], result: "i32" },
  XRootWindow: { parameters: [DISPLAY, "i32"], result: ID },
  XDefaultVisual: { parameters: [DISPLAY, "i32"], result: "pointer" },
  XDefaultDepth: { parameters: [DISPLAY, "i32"], result: "i32" },
  XDefaultColormap: { parameters: [DISPLAY, "i32"], result: ID },
  XInternAtom: { parameters: [DISPLAY, "buffer", "i32"], result: ID },
  XGetAtomName: { parameters: [DISPLAY, ID], result: "pointer" },
  XFree: { parameters: ["pointer"], result: "i32" },
  XSync: { parameters: [DISPLAY, "i32"], result: "i32" },
  XFlush: { parameters: [DISPLAY], result: "i32" },
  XPending: { parameters: [DISPLAY], result: "i32" },
  XNextEvent: { parameters: [DISPLAY, "buffer"], result: "i32" },
  XSelectInput: { parameters: [DISPLAY, ID, "i64"], result: "i32" },
  XSetErrorHandler: { parameters: ["function"], result: "pointer" },
  XSetIOErrorHandler: { parameters: ["function"], result: "pointer" },
  /** Since libX11 1.7. */
  XSetIOErrorExitHandler: {
    parameters: [DISPLAY, "function", "pointer"],
    result: "void",
    optional: true,
  },
  XQueryExtension: {
    parameters: [DISPLAY, "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XGetGeometry: {
    parameters: [DISPLAY, ID, "buffer", "buffer", "buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },

  XCreateImage: {
    parameters: [DISPLAY, "pointer", "u32", "i32", "i32", "pointer", "u32", "u32", "i32", "i32"],
    result: "pointer",
  },
  XGetImage: {
    parameters: [DISPLAY, ID, "i32", "i32", "u32", "u32", "u64", "i32"],
    result: "pointer",
  },
  XDestroyImage: { parameters: ["pointer"], result: "i32" },
  XQueryColors: { parameters: [DISPLAY, ID, "buffer", "i32"], result: "i32" },

  XDisplayKeycodes: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XGetKeyboardMapping: { parameters: [DISPLAY, "u8", "i32", "buffer"], result: "pointer" },
  XChangeKeyboardMapping: {
    parameters: [DISPLAY, "i32", "i32", "buffer", "i32"],
    result: "i32",
  },
  XRefreshKeyboardMapping: { parameters: ["buffer"], result: "i32" },
  XGetModifierMapping: { parameters: [DISPLAY], result: "pointer" },
  XFreeModifiermap: { parameters: ["pointer"], result: "i32" },
  XQueryKeymap: { parameters: [DISPLAY, "buffer"], result: "i32" },
  XQueryPointer: {
    parameters: [DISPLAY, ID, "buffer", "buffer", "buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XkbLookupKeySym: { parameters: [DISPLAY, "u8", "u32", "buffer", "buffer"], result: "i32" },
  XkbLockModifiers: { parameters: [DISPLAY, "u32", "u32", "u32"], result: "i32" },
  XkbQueryExtension: {
    parameters: [DISPLAY, "buffer", "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XkbSelectEvents: { parameters: [DISPLAY, "u32", "u32", "u32"], result: "i32" },
  XkbGetNamedIndicator: {
    parameters: [DISPLAY, ID, "pointer", "buffer", "pointer", "pointer"],
    result: "i32",
  },
  XkbAllocKeyboard: { parameters: [], result: "pointer" },
  XkbGetNames: { parameters: [DISPLAY, "u32", "pointer"], result: "i32" },
  XkbFreeKeyboard: { parameters: ["pointer", "u32", "i32"], result: "void" },

  XCreateSimpleWindow: {
    parameters: [DISPLAY, ID, "i32", "i32", "u32", "u32", "u32", "u64", "u64"],
    result: ID,
  },
  XMapRaised: { parameters: [DISPLAY, ID], result: "i32" },
  XDefaultGC: { parameters: [DISPLAY, "i32"], result: "pointer" },
  XPutImage: {
    parameters: [
      ...[DISPLAY, ID, "pointer", "pointer"] as const,
      ...["i32", "i32", "i32", "i32", "u32", "u32"] as const,
    ],
    result: "i32",
  },
  XSetSelectionOwner: { parameters: [DISPLAY, ID, ID, ID], result: "i32" },
  XConvertSelection: { parameters: [DISPLAY, ID, ID, ID, ID, ID], result: "i32" },
  XChangeProperty: {
    parameters: [DISPLAY, ID, ID, ID, "i32", "i32", "buffer", "i32"],
    result: "i32",
  },
  XGetWindowProperty: {
    parameters: [
      ...[DISPLAY, ID, ID, "i64", "i64", "i32", ID] as const,
      ...["buffer", "buffer", "buffer", "buffer", "buffer"] as const,
    ],
    result: "i32",
  },
  XDeleteProperty: { parameters: [DISPLAY, ID, ID], result: "i32" },
  XSendEvent: { parameters: [DISPLAY, ID, "i32", "i64", "buffer"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libXext.so.6: images in memory shared with the server (MIT-SHM). */
export const XEXT = {
  XShmQueryExtension: { parameters: [DISPLAY], result: "i32" },
  XShmCreateImage: {
    parameters: [DISPLAY, "pointer", "u32", "i32", "pointer", "buffer", "u32", "u32"],
    result: "pointer",
  },
  XShmAttach: { parameters: [DISPLAY, "buffer"], result: "i32" },
  XShmDetach: { parameters: [DISPLAY, "buffer"], result: "i32" },
  XShmGetImage: { parameters: [DISPLAY, ID, "pointer", "i32", "i32", "u64"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libXtst.so.6: input as if from a real keyboard and mouse (XTEST). */
export const XTST = {
  XTestQueryExtension: {
    parameters: [DISPLAY, "buffer", "buffer", "buffer", "buffer"],
    result: "i32",
  },
  XTestGrabControl: { parameters: [DISPLAY, "i32"], result: "i32" },
  XTestFakeKeyEvent: { parameters: [DISPLAY, "u32", "i32", "u64"], result: "i32" },
  XTestFakeButtonEvent: { parameters: [DISPLAY, "u32", "i32", "u64"], result: "i32" },
  XTestFakeMotionEvent: { parameters: [DISPLAY, "i32", "i32", "i32", "u64"], result: "i32" },
  XTestFakeRelativeMotionEvent: { parameters: [DISPLAY, "i32", "i32", "u64"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libXdamage.so.1: what was drawn (DAMAGE). */
export const XDAMAGE = {
  XDamageQueryExtension: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XDamageQueryVersion: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XDamageCreate: { parameters: [DISPLAY, ID, "i32"], result: ID },
  XDamageDestroy: { parameters: [DISPLAY, ID], result: "void" },
  XDamageSubtract: { parameters: [DISPLAY, ID, ID, ID], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libXfixes.so.3: regions, the pointer's picture, notice of new selection owners (XFIXES). */
export const XFIXES = {
  XFixesQueryExtension: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XFixesQueryVersion: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XFixesCreateRegion: { parameters: [DISPLAY, "pointer", "i32"], result: ID },
  XFixesDestroyRegion: { parameters: [DISPLAY, ID], result: "void" },
  XFixesSetRegion: { parameters: [DISPLAY, ID, "buffer", "i32"], result: "void" },
  XFixesFetchRegion: { parameters: [DISPLAY, ID, "buffer"], result: "pointer" },
  XFixesSelectCursorInput: { parameters: [DISPLAY, ID, "u64"], result: "void" },
  XFixesGetCursorImage: { parameters: [DISPLAY], result: "pointer" },
  XFixesSelectSelectionInput: { parameters: [DISPLAY, ID, ID, "u64"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libXi.so.6: the devices themselves (XInput2). */
export const XI = {
  XIQueryVersion: { parameters: [DISPLAY, "buffer", "buffer"], result: "i32" },
  XISelectEvents: { parameters: [DISPLAY, ID, "buffer", "i32"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** libc.so.6. */
export const LIBC = {
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32", nonblocking: true },
  sleep_in_poll: { name: "poll", parameters: ["pointer", "u64", "i32"], result: "i32" },
  eventfd: { parameters: ["u32", "i32"], result: "i32" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  close: { parameters: ["i32"], result: "i32" },
  shmget: { parameters: ["i32", "usize", "i32"], result: "i32" },
  shmat: { parameters: ["i32", "pointer", "i32"], result: "pointer" },
  shmdt: { parameters: ["pointer"], result: "i32" },
  shmctl: { parameters: ["i32", "i32", "pointer"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;
