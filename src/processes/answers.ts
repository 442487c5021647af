const TIMEOUT_MS = 2_000;

/** Whether a URL responds with a success status. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).then(
    async (response) => {
      // Reads the whole body, so that the connection can be reused.
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
