import { assertEquals, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { Page, type PageRequest } from "../../src/web/assets.ts";

const HTML = `<!doctype html><style>\nb { color: red }</style>
<script type="module">let a = "<b>";\nb()</script><script>c()</script>`;

const page = await Page.of(HTML);

const ask = (some: Partial<PageRequest> = {}) =>
  page.answer({
    host: { name: "box", port: 5900 },
    acceptEncoding: "",
    ifNoneMatch: "",
    ...some,
  });

const policyOf = (some: Partial<PageRequest> = {}) =>
  new Map(
    ask(some).headers["Content-Security-Policy"]!.split("; ").map((directive) => {
      const [name, ...sources] = directive.split(" ");
      return [name!, sources];
    }),
  );

Deno.test("the page is sent as it is, or compressed where the browser takes that", () => {
  const { status, headers, body } = ask();
  assertEquals([status, new TextDecoder().decode(body)], [200, HTML]);
  assertEquals(headers["Content-Encoding"], undefined);
  const zipped = ask({ acceptEncoding: "gzip, deflate, br, zstd" });
  assertEquals(zipped.headers["Content-Encoding"], "gzip");
  assertEquals(new TextDecoder().decode(gunzipSync(zipped.body)), HTML);
  assertEquals([headers.Vary, zipped.headers.Vary], ["Accept-Encoding", "Accept-Encoding"]);
});

Deno.test("Accept-Encoding has weights and wildcards", () => {
  const isZipped = (acceptEncoding: string) =>
    ask({ acceptEncoding }).headers["Content-Encoding"] === "gzip";
  const yes = ["gzip", "GZIP", "br , gzip;q=0.1", "*", "*;q=0.5", "identity;q=0, gzip; q=1.0"];
  assertEquals(yes.map(isZipped), yes.map(() => true));
  const no = [
    "",
    "identity",
    "br",
    "gzip;q=0",
    "*, gzip;q=0.0",
    "*;q=0",
    "gzipped",
    "gzip;q=x",
    ";,",
  ];
  assertEquals(no.map(isZipped), no.map(() => false));
});

Deno.test("a browser that has the page gets no other", () => {
  for (const acceptEncoding of ["", "gzip"]) {
    const tag = ask({ acceptEncoding }).headers.ETag!;
    for (const ifNoneMatch of [tag, `W/${tag}`, `"x", ${tag}`, `${tag},"x"`, "*", ` ${tag} `]) {
      const answer = ask({ acceptEncoding, ifNoneMatch });
      assertEquals([answer.status, answer.body.length], [304, 0], ifNoneMatch);
      assertEquals(answer.headers.ETag, tag);
      assertStringIncludes(answer.headers["Content-Security-Policy"]!, "default-src 'none'");
    }
    for (const ifNoneMatch of ["", '"x"', tag.slice(1), tag.slice(0, -1)]) {
      assertEquals(ask({ acceptEncoding, ifNoneMatch }).status, 200, ifNoneMatch);
    }
  }
});

Deno.test("each form and each version of the page has a tag of its own", async () => {
  const tags = [ask(), ask({ acceptEncoding: "gzip" })].map(({ headers }) => headers.ETag);
  const other = await Page.of(HTML + " ");
  tags.push(
    other.answer({ host: { name: "a", port: 1 }, acceptEncoding: "", ifNoneMatch: "" })
      .headers.ETag,
  );
  assertEquals(new Set(tags).size, 3);
});

Deno.test("nothing runs in the page but what is in it, and nothing comes from elsewhere", () => {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  assertEquals(
    policyOf(),
    new Map([
      ["default-src", ["'none'"]],
      ["script-src", [hash('let a = "<b>";\nb()'), hash("c()")]],
      ["style-src", [hash("\nb { color: red }")]],
      ["img-src", ["data:"]],
      ["base-uri", ["'none'"]],
      ["form-action", ["'none'"]],
      ["frame-ancestors", ["'none'"]],
      ["require-trusted-types-for", ["'script'"]],
      ["trusted-types", ["'none'"]],
      ["connect-src", ["'self'", "ws://box:5900", "wss://box:5900"]],
    ]),
  );
});

Deno.test("the page speaks to the host that it came from", () => {
  const sources = (name: string, port?: number) =>
    policyOf({ host: { name, port } }).get("connect-src");
  assertEquals(sources("box"), ["'self'", "ws://box", "wss://box"]);
  // No source can name such an address.
  assertEquals(sources("2001:db8::1", 5900), ["'self'"]);
});

Deno.test("a page without script and style may have none", async () => {
  const bare = await Page.of("<p>");
  const { headers } = bare.answer({
    host: { name: "a", port: 1 },
    acceptEncoding: "",
    ifNoneMatch: "",
  });
  assertStringIncludes(headers["Content-Security-Policy"]!, "script-src 'none'; style-src 'none'");
});

Deno.test("the page may use what it needs of the browser, and nothing else", () => {
  const { headers } = ask();
  assertStringIncludes(headers["Permissions-Policy"]!, "clipboard-read=(self)");
  assertStringIncludes(headers["Permissions-Policy"]!, "camera=()");
  assertEquals(headers["Cache-Control"], "no-cache");
  assertEquals(headers["X-Content-Type-Options"], "nosniff");
  assertEquals(headers["Referrer-Policy"], "no-referrer");
  assertEquals(headers["Cross-Origin-Resource-Policy"], "same-origin");
});
