import type { CustomerGroups } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';
import { invalidValue } from '../../scim/index.ts';
import type { Websites } from '../../store/index.ts';

/** The id that a text may be; undefined for a text that is none. */
const idOf = (text: string): number | undefined => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined);

const listed = (codes: readonly string[]): string => codes.map((code) => `"${code}"`).join(', ');

/** The customer group of a code, or of an id where no code is like that. @throws ScimError 400 */
export async function chosenGroup(groups: CustomerGroups, db: Executor, text: string): Promise<number> {
  const id = idOf(text);
  const found = (await groups.byCode(db, text.trim())) ?? (id === undefined ? undefined : await groups.byId(db, id));
  // Group 0 is for those who have not logged in: no customer is in it.
  if (found && found.id !== 0) return found.id;
  const codes = (await groups.list(db)).filter((group) => group.id !== 0).map(({ code }) => code);
  throw invalidValue(
    `The mapping puts this user into the customer group "${text.slice(0, 100)}", which the store does not have; it has ${listed(codes.slice(0, 20))}.`,
  );
}

/** The store view of a code or an id, which must be the connection's website's. @throws ScimError 400 */
export async function chosenStoreView(websites: Websites, text: string, websiteId: number): Promise<number> {
  const id = idOf(text);
  const found =
    (await websites.storeByCode(text.trim())) ?? (id === undefined ? undefined : await websites.storeById(id));
  if (found && found.websiteId === websiteId) return found.id;
  const codes = (await websites.stores()).filter((store) => store.websiteId === websiteId).map(({ code }) => code);
  throw invalidValue(
    `The mapping gives this user the store view "${text.slice(0, 100)}", which is none of the connection's website; it has ${listed(codes.slice(0, 20))}.`,
  );
}

/** @throws ScimError 400 where the user belongs to another website than the connection's */
export async function requireOwnWebsite(websites: Websites, text: string, websiteId: number): Promise<void> {
  const id = idOf(text);
  const found = (await websites.byCode(text.trim())) ?? (id === undefined ? undefined : await websites.byId(id));
  if (found?.id === websiteId) return;
  const own = await websites.byId(websiteId);
  throw invalidValue(
    `By the mapping this user belongs to the website "${text.slice(0, 100)}", and this connection provisions "${own?.code ?? websiteId}" alone; send it through a connection of that website.`,
  );
}
