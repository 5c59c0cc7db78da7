import type { Profile } from '../../connection.ts';
import { entra } from './entra.ts';
import type { Guide } from './guide.ts';
import { miniorange } from './miniorange.ts';
import { okta } from './okta.ts';
import { centrify, generic, google, jumpcloud, onelogin, pingone } from './others.ts';

const guides: Readonly<Record<Profile, Guide>> = {
  miniorange,
  entra,
  okta,
  onelogin,
  pingone,
  jumpcloud,
  google,
  centrify,
  generic,
  'interop-strict': generic,
};

/** How the provider of a profile is set up. */
export const guideOf = (profile: Profile): Guide => guides[profile];
