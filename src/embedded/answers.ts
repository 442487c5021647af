const TIMEOUT_MS = 2_000;

/** Whether something answers at a URL, and means well. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    async (response) => {
      // Read to its end, so that the connection can be used again.
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
