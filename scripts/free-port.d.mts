/** The first port from `first` on that nothing on this machine's loopback holds. */
export function freePort(first: number): Promise<number>;
