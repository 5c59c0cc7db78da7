import { ConnectionError } from './connection.ts';

const longest = 255;

/**
 * A name that administrators see, without the blanks around it: 1 to 255 characters on one line.
 * @throws ConnectionError `NAME_INVALID`
 */
export function readName(text: string, whose: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= longest && !/\p{Cc}/u.test(name)) return name;
  const found = name === '' ? 'is empty' : name.length > longest ? `has ${name.length} characters` : 'has line breaks';
  throw new ConnectionError('NAME_INVALID', `The name of ${whose} ${found}; write 1 to ${longest} on one line.`);
}
