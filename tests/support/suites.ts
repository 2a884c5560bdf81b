import { debian13Program } from "./debian13.ts";
import { file, library, type Prerequisite, program } from "./prerequisites.ts";
import { WINE_PLACE } from "./wine/place.ts";

/** Tests that need the same things, and are run together. */
export interface Suite {
  readonly name: string;
  /** Arguments of `deno test`. */
  readonly args: readonly string[];
  readonly needs: readonly Prerequisite[];
}

export const X_SERVER = [
  program("xauth", "xauth"),
  program("Xvfb", "xvfb"),
];

/** What `src/desktop/x11` loads. */
export const X_LIBRARIES = [
  library("libX11.so.6", "libx11-6"),
  library("libXext.so.6", "libxext6"),
  library("libXtst.so.6", "libxtst6"),
  library("libXdamage.so.1", "libxdamage1"),
  library("libXfixes.so.3", "libxfixes3"),
  library("libXi.so.6", "libxi6"),
];

/** Programs that show, change and copy something on a screen. */
const X_PROGRAMS = [
  program("xterm", "xterm"),
  program("xdotool", "xdotool"),
  program("xclip", "xclip"),
  program("xwd", "x11-apps"),
  program("xwud", "x11-apps"),
  program("xev", "x11-utils"),
  program("xrandr", "x11-xserver-utils"),
  program("xset", "x11-xserver-utils"),
  program("xsetroot", "x11-xserver-utils"),
  program("xmodmap", "x11-xserver-utils"),
  program("setxkbmap", "x11-xkb-utils"),
  file("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "fonts-dejavu-core"),
];

export const C_COMPILER = [
  program("cc", "gcc"),
  file("/usr/include/stdio.h", "libc6-dev"),
];

/** The C declarations of what `src/desktop/x11` reads from memory. */
export const X_HEADERS = [
  file("/usr/include/X11/Xlib.h", "libx11-dev"),
  file("/usr/include/X11/extensions/XShm.h", "libxext-dev"),
  file("/usr/include/X11/extensions/Xdamage.h", "libxdamage-dev"),
  file("/usr/include/X11/extensions/Xfixes.h", "libxfixes-dev"),
  file("/usr/include/X11/extensions/XInput2.h", "libxi-dev"),
];

const LIBVNCCLIENT = file("/usr/include/rfb/rfbclient.h", "libvncserver-dev");

/** What the benchmark beside other servers is compiled with besides, and what vncd makes JPEG by. */
export const BENCHMARK = [
  LIBVNCCLIENT,
  file("/usr/include/turbojpeg.h", "libturbojpeg0-dev"),
  library("libturbojpeg.so.0", "libturbojpeg0"),
];

const OPENSSL = program("openssl", "openssl");

const TIGERVNC = program("xtigervncviewer", "tigervnc-viewer");

/** gtk-vnc's, and the terminal that it asks for a password on. */
const GVNCCAPTURE = [program("gvnccapture", "gvncviewer"), program("script", "bsdutils")];

const VIEWERS = [
  TIGERVNC,
  ...GVNCCAPTURE,
  program("gvncviewer", "gvncviewer"),
  LIBVNCCLIENT,
  OPENSSL,
];

/** TigerVNC's viewer since 1.13 knows RSA-AES. */
export const NEW_TIGERVNC = debian13Program("xtigervncviewer", "tigervnc-viewer");

const PROXIES = [
  program("nginx", "nginx-light"),
  program("haproxy", "haproxy"),
  program("caddy", "caddy"),
];

const PASSWORD_TOOLS = [
  program("vncpasswd", "tigervnc-tools"),
  program("x11vnc", "x11vnc"),
];

const CHROMIUM = file("/usr/bin/chromium", "chromium");

/** The permissions of suites that touch the machine. */
const PERMITTED = "-P=test";

/** Every test of vncd. */
export const SUITES: readonly Suite[] = [
  // What runs without any permission: the folders that deno.json lists. It shares nothing.
  { name: "protocol", args: ["--parallel"], needs: [] },
  {
    name: "desktop",
    args: [PERMITTED, "--ignore=tests/desktop/demo", "tests/desktop"],
    needs: [...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, ...C_COMPILER, ...X_HEADERS],
  },
  {
    name: "jpeg",
    args: [PERMITTED, "tests/jpeg"],
    needs: [library("libturbojpeg.so.0", "libturbojpeg0")],
  },
  {
    name: "pam",
    args: [PERMITTED, "tests/pam"],
    needs: [library("libpam.so.0", "libpam0g")],
  },
  {
    name: "net",
    args: [PERMITTED, "tests/net"],
    needs: [],
  },
  {
    name: "server",
    args: [PERMITTED, "tests/server"],
    needs: [],
  },
  {
    name: "keys",
    args: [PERMITTED, "tests/keys"],
    needs: [OPENSSL],
  },
  {
    name: "viewers",
    args: [PERMITTED, "--ignore=tests/viewers/debian13", "tests/viewers"],
    needs: [
      ...[...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, ...X_HEADERS],
      ...[...C_COMPILER, ...VIEWERS, ...BENCHMARK],
    ],
  },
  {
    // Viewers that are newer than Debian 12's.
    name: "debian13",
    args: [PERMITTED, "tests/viewers/debian13"],
    needs: [
      ...[...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, ...C_COMPILER],
      NEW_TIGERVNC,
    ],
  },
  {
    name: "browser",
    args: [PERMITTED, "tests/browser"],
    needs: [...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, CHROMIUM],
  },
  {
    // Windows, by Wine.
    name: "windows",
    args: [PERMITTED, "--ignore=tests/windows/inside", "tests/windows"],
    needs: [
      ...[...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, CHROMIUM, TIGERVNC, ...GVNCCAPTURE],
      ...[program("unshare", "util-linux"), program("npm", "npm"), WINE_PLACE],
    ],
  },
  {
    name: "e2e",
    args: [PERMITTED, "--ignore=tests/e2e/password_tools_test.ts", "tests/e2e"],
    needs: [program("script", "bsdutils"), OPENSSL],
  },
  {
    name: "passwords",
    args: [PERMITTED, "tests/e2e/password_tools_test.ts"],
    needs: PASSWORD_TOOLS,
  },
  {
    name: "proxies",
    args: [PERMITTED, "tests/proxies"],
    needs: [...X_SERVER, ...X_LIBRARIES, ...X_PROGRAMS, CHROMIUM, ...PROXIES],
  },
];
