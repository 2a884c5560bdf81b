import { type Answer, refusal } from "./answer.ts";
import type { RequestHead } from "./request_head.ts";

/** What there is. */
export type Resource = "page" | "websocket";

/**
 * Everything there is, by the last part of its path. What stands in front of that is left out, since many
 * proxies keep the path under which vncd is to be found, and nothing depends on it.
 */
const RESOURCES: Readonly<Record<string, Resource>> = { "": "page", websocket: "websocket" };

/**
 * Finds what a request is for, or why it is for nothing. The query is no part of that: nothing is told to
 * vncd, or to its page, in a place that ends up in logs and histories.
 */
export function route(request: RequestHead): Resource | Answer {
  const { method, target, version } = request;
  if (!version.startsWith("1.")) return refusal(505, "this is HTTP/1.1");
  if (method !== "GET" && method !== "HEAD") {
    return refusal(405, "there is nothing to do but to look", { Allow: "GET, HEAD" });
  }
  const length = request.header("content-length") ?? "0";
  if (length !== "0" || request.header("transfer-encoding") !== undefined) {
    return refusal(413, "a request here has no body");
  }
  if (!target.startsWith("/")) return refusal(400, "this is no proxy");
  const [path] = target.split("?", 1) as [string];
  const name = path.slice(path.lastIndexOf("/") + 1);
  const resource = Object.hasOwn(RESOURCES, name) ? RESOURCES[name] : undefined;
  if (resource === undefined) return refusal(404, "there is only one page here: /");
  if (resource === "websocket" && !asksForWebSocket(request)) {
    return refusal(
      426,
      "here are WebSockets only; do all proxies pass on Upgrade and Connection?",
      {
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
      },
    );
  }
  return resource;
}

function asksForWebSocket(request: RequestHead): boolean {
  return request.method === "GET" && request.version !== "1.0" && request.isUpgrade &&
    request.header("upgrade")?.toLowerCase() === "websocket" &&
    request.header("sec-websocket-version") === "13";
}
