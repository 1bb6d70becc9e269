// Calling listeners of which none can spoil what another is told, or the work that there is to tell of.

export function call<T>(listeners: Iterable<(told: T) => void>, told: T): void {
  for (const listener of [...listeners]) {
    try {
      listener(told);
    } catch (error) {
      // What is told has happened, and the other listeners have to know; the error is the page's own.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
