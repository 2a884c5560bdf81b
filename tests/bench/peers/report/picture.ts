import { type FigureName, figureText } from "./figures.ts";
import { type Group, groupsOf } from "./groups.ts";
import type { NamedServer, Results } from "./results.ts";

/** What the picture shows of each cell. */
const PANELS: readonly { readonly title: string; readonly figure: FigureName }[] = [
  { title: "frames a second: more is better", figure: "rate" },
  { title: "ms until seen: less is better", figure: "latency" },
  { title: "CPU ms a frame: less is better", figure: "cpu" },
];

/** The cells that it shows, in the words that it shows. */
const ROWS: readonly {
  readonly title: string;
  readonly workload: string;
  readonly coding: string;
}[] = [
  { title: "Film, 1280x720, 30/s, JPEG", workload: "video 30", coding: "Tight JPEG" },
  { title: "Film, whole screen, 60/s, JPEG", workload: "screen 60", coding: "Tight JPEG" },
  { title: "Scrolling text, 60/s", workload: "text 60", coding: "Tight" },
  { title: "Window, dragged, 60/s", workload: "drag 60", coding: "Tight" },
  { title: "All of the screen, 2/s, JPEG", workload: "refresh", coding: "Tight JPEG" },
  { title: "32x32 pixels, 23/s", workload: "small", coding: "Tight" },
];

const BAR = 11;
const BAR_STEP = 14;
const ROW_GAP = 16;
const MARGIN = 16;
const LABELS = 196;
const PANEL = 218;
const PANEL_GAP = 14;
/** Room for the number behind the longest bar. */
const NUMBER = 44;
const TOP = 74;

/** Readable on light and on dark pages. */
const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .quiet { fill: #59636e }
  .s0 { fill: #1f6feb } .s1 { fill: #9a6700 } .s2 { fill: #8c959f } .s3 { fill: #57606a }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .s0 { fill: #58a6ff } .s1 { fill: #d29922 } .s2 { fill: #6e7681 } .s3 { fill: #b1bac4 }
  }`;

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const textAt = (x: number, y: number, text: string, kind = ""): string =>
  `<text x="${x}" y="${y}"${kind === "" ? "" : ` class="${kind}"`}>${escape(text)}</text>`;

/** The bars of all servers for one figure of one cell; the longest is as long as there is room. */
function bars(group: Group, figure: FigureName, x: number, y: number): string[] {
  const longest = Math.max(...group.servers.map(({ figures }) => figures[figure] ?? 0));
  return group.servers.flatMap(({ figures }, i) => {
    const value = figures[figure] ?? 0;
    const width = longest === 0 ? 0 : Math.max(1, (PANEL - NUMBER) * value / longest);
    const top = y + i * BAR_STEP;
    return [
      `<rect x="${x}" y="${top}" width="${
        width.toFixed(1)
      }" height="${BAR}" rx="2" class="s${i}"/>`,
      textAt(
        Number((x + width + 5).toFixed(1)),
        top + BAR - 1,
        figureText(figure, figures[figure]),
      ),
    ];
  });
}

function legend(servers: readonly NamedServer[]): string[] {
  return servers.flatMap(({ name, version }, i) => {
    const x = MARGIN + LABELS + i * 150;
    const text = name.endsWith(version) ? name : `${name} ${version}`;
    return [
      `<rect x="${x}" y="${MARGIN}" width="${BAR}" height="${BAR}" rx="2" class="s${i}"/>`,
      textAt(x + BAR + 6, MARGIN + BAR - 1, text, "title"),
    ];
  });
}

/**
 * Draws some of what was measured, as SVG.
 * @throws {Error} When none of it was measured.
 */
export function picture(results: Results): string {
  const groups = groupsOf(results).filter(({ viewers }) => viewers === 1);
  const rows = ROWS.flatMap(({ title, workload, coding }) => {
    const group = groups.find((each) => each.workload === workload && each.coding === coding);
    return group === undefined ? [] : [{ title, group }];
  });
  if (rows.length === 0) throw new Error("nothing was measured that the picture shows");
  const rowHeight = results.servers.length * BAR_STEP + ROW_GAP;
  const panelX = (i: number) => MARGIN + LABELS + i * (PANEL + PANEL_GAP);
  const width = panelX(PANELS.length) - PANEL_GAP + MARGIN;
  const height = TOP + rows.length * rowHeight;
  const drawn = rows.flatMap(({ title, group }, row) => {
    const y = TOP + row * rowHeight;
    const middle = y + (rowHeight - ROW_GAP) / 2 + 3;
    return [
      textAt(MARGIN, middle, title),
      ...PANELS.flatMap(({ figure }, i) => bars(group, figure, panelX(i), y)),
    ];
  });
  const { processor, cores } = results.machine;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>vncd beside other VNC servers, on ${escape(processor)} with ${cores} cores</title>`,
    `<style>${STYLE}\n</style>`,
    ...legend(results.servers),
    ...PANELS.map(({ title }, i) => textAt(panelX(i), TOP - 18, title, "quiet")),
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}
