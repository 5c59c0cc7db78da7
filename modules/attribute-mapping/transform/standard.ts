import { country, region } from './country.ts';
import { date } from './date.ts';
import { join, split } from './list.ts';
import { phone } from './phone.ts';
import { substitute } from './substitute.ts';
import { emailDomain, lower, replace, substring, trim, upper } from './text.ts';
import type { Transform } from './transform.ts';
import { truth } from './truth.ts';

/** The transforms that come with the host. */
export const standardTransforms: readonly Transform[] = [
  lower,
  upper,
  trim,
  join,
  split,
  emailDomain,
  country,
  region,
  phone,
  date,
  truth,
  replace,
  substring,
  substitute,
];
