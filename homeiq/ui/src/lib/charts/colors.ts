/** `var(--name)` as the color it stands for now: a chart draws outside of CSS. */
export function resolveColors<T>(value: T): T {
  const style = getComputedStyle(document.documentElement);
  const walk = (one: unknown): unknown => {
    if (typeof one === "string" && one.startsWith("var(")) {
      return style.getPropertyValue(one.slice(4, -1)).trim();
    }
    if (Array.isArray(one)) return one.map(walk);
    if (one && typeof one === "object" && one.constructor === Object) {
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, walk(inner)]));
    }
    return one;
  };
  return walk(value) as T; // the same shape with other texts
}

/** Calls back when light becomes dark or dark light; the answer ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
