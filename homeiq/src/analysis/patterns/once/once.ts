/** Works out a thing once for each object it is about: several detectors ask for the same of one household. */
export function once<About extends WeakKey, Found>(
  workOut: (about: About) => Found,
): (about: About) => Found {
  const known = new WeakMap<About, { readonly found: Found }>();
  return (about) => {
    const before = known.get(about);
    if (before) return before.found;
    const found = workOut(about);
    known.set(about, { found });
    return found;
  };
}
