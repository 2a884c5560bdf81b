/**
 * The close code (RFC 6455 §7.4.2: for private use) by which a WebSocket's peer is sent away for good,
 * with the reason in words: connecting again by itself would undo what somebody wants.
 */
export const SENT_AWAY = 4000;
