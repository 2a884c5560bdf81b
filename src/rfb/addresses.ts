/** Whether an IP address is one of the machine that connects to itself. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$)/.test(address);
}
