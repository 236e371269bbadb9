/** Asks once for all who ask while the answer is fresh; an answer that failed is asked for again. */
export function createCached<T>(
  read: () => Promise<T>,
  { freshMs, now = Date.now }: { readonly freshMs: number; readonly now?: () => number },
): () => Promise<T> {
  let asked: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (asked && now() - asked.at < freshMs) return asked.answer;
    const answer = read();
    const own = { at: now(), answer };
    asked = own;
    answer.catch(() => {
      if (asked === own) asked = undefined;
    });
    return answer;
  };
}
