/** The demo desktop's colours, `0xRRGGBB`. */
export const THEME = {
  backdrop: 0x24384a,
  backdropDots: 0x30485c,
  bar: 0x152230,
  barText: 0xdce6ee,
  barMuted: 0x8197a9,
  accent: 0x4ecdb4,
  border: 0x0e1821,
  title: 0x35526b,
  titleText: 0xf2f7fa,
  panel: 0xf3f6f8,
  paper: 0xfffdf6,
  text: 0x22303c,
  muted: 0x76858f,
  line: 0xcfd8de,
  button: 0x2a4256,
  buttonHover: 0x3a5a74,
} as const;
