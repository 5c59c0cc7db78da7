const largestId = 4_294_967_295;

/** The SCIM id of a group, `g7`: never the id of a user, which begins with a digit. */
export const printGroupId = (groupId: number): string => `g${groupId}`;

/** Reads an id as a client sends it; undefined for text that can't be a group's, which is the same as an unknown one. */
export function parseGroupId(text: string): number | undefined {
  if (!/^g[1-9][0-9]{0,9}$/.test(text)) return undefined;
  const groupId = Number(text.slice(1));
  return groupId <= largestId ? groupId : undefined;
}
