const IDLE_WITHIN_MS = 2000;

/** Calls back once the element is in view and the page has nothing better to do; the answer cancels. */
export function whenSeenAndIdle(element: Element, callback: () => Promise<void>): () => void {
  let cancelIdle = () => {};
  const onIdle = () => {
    // Safari has no idle callback; a short wait serves the same end there.
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(() => void callback(), 200);
      cancelIdle = () => clearTimeout(timer);
      return;
    }
    const handle = requestIdleCallback(() => void callback(), { timeout: IDLE_WITHIN_MS });
    cancelIdle = () => cancelIdleCallback(handle);
  };
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    onIdle();
  });
  observer.observe(element);
  return () => {
    observer.disconnect();
    cancelIdle();
  };
}
