/** A name of an attribute, a parameter or an endpoint; a value that is one plain word looks the same and stays. */
const isName = (text: string): boolean =>
  text.length <= 100 && /^(?:urn:[\w.:-]+|[A-Za-z$/]\w*(?:\.[A-Za-z$]\w*)?)$/.test(text);

/**
 * A reason as it was answered, without the values that it quotes: those belong to the client that sent them and to
 * nobody who reads the record later. Quoted names stay, since they tell what has to be mended.
 */
export function withoutValues(reason: string): string {
  const unquoted = reason.replace(/"((?:[^"\\]|\\.?)*)("|$)/gs, (whole, text: string, end: string) =>
    end !== '' && isName(text) ? whole : '"…"',
  );
  // A value with quotes of its own may have ended its quotation early.
  return unquoted.replace(/[^\s"]+/g, (word) => (word.includes('@') ? '…' : word));
}
