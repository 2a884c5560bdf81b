import type { Logger } from "../../../src/log.ts";

/** Takes all, tells nothing. */
export const silentLogger: Logger = { error() {}, warn() {}, info() {}, debug() {} };
