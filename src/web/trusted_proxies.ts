export function trustedProxies(networks: readonly string[]): (address: string) => boolean {
  return (address) => networks.includes(address);
}
