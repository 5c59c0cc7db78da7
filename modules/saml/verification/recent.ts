const most = 256;

/**
 * Remembers what was made of a text, such as a key of its PEM, because that costs more than the rest of a small check and
 * settings are read anew every few seconds. When there are too many it forgets them all.
 */
export function recent<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const seen = known.get(text);
    if (seen !== undefined) return seen;
    const made = make(text);
    if (known.size >= most) known.clear();
    known.set(text, made);
    return made;
  };
}
