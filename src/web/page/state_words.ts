import type { SessionState } from "./session.ts";

/** What the page says of its connection. */
export function stateWords(state: SessionState): string {
  switch (state.name) {
    case "connecting":
      return "Connecting…";
    case "login":
      return "Log in to see the desktop";
    case "connected":
      return "Connected";
    case "reconnecting":
      return state.wasConnected ? "Reconnecting…" : "Can’t connect yet";
    case "disconnected":
      return "Disconnected";
  }
}
