/** A throw of the host's is the host's to see: reported like any uncaught error, harming no item. */
export function tellHost(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
