/** A member of a message by its lower-case name, whatever the case it was written in; undefined where it is missing. */
export function member(message: Readonly<Record<string, unknown>>, name: string): unknown {
  for (const key of Object.keys(message))
    if (key.length === name.length && key.toLowerCase() === name) return message[key];
  return undefined;
}
