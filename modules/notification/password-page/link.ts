/** What a link to the page carries. */
export interface PasswordLink {
  readonly customerId: number;
  readonly token: string;
}

/** Takes the parameters of a link apart; undefined where it is not whole, as when a mail program has broken it. */
export function readLink(id: unknown, token: unknown): PasswordLink | undefined {
  if (typeof id !== 'string' || typeof token !== 'string') return undefined;
  if (!/^[1-9]\d{0,9}$/.test(id) || !/^[A-Za-z0-9]{16,64}$/.test(token)) return undefined;
  return { customerId: Number(id), token };
}
