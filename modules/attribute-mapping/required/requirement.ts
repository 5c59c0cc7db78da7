import type { Profile } from '../../connection/index.ts';
import { consoleOf } from './console.ts';

/** An attribute that a guide asks for, or that customers are poor without. */
export interface Requirement {
  /** As the guide writes it. */
  readonly name: string;
  readonly label: string;
  /** Where it may stand in a user; one of them is enough. Empty for what the store gives. */
  readonly paths: readonly string[];
  readonly needed: 'required' | 'recommended';
  /** Who asks for it. */
  readonly by: 'scim' | 'magento' | 'bigcommerce' | 'miniorange';
  /** What it is called where it is added. */
  readonly sentAs: string;
  /** Where it is added at the identity provider, in that provider's words. */
  readonly add: string;
}

type Wanted = Omit<Requirement, 'add' | 'needed' | 'sentAs'>;

const emails = ['emails[type eq "work"].value', 'emails[main].value'];

/** What every guide takes for granted: who it is, and whether the account works. */
const person: readonly Wanted[] = [
  { name: 'userName', label: 'User name', paths: ['userName'], by: 'scim' },
  { name: 'name.givenName', label: 'First name', paths: ['name.givenName'], by: 'magento' },
  { name: 'name.familyName', label: 'Last name', paths: ['name.familyName'], by: 'magento' },
  { name: 'emails[type eq "work"].value', label: 'E-mail address', paths: emails, by: 'magento' },
  { name: 'active', label: 'Active', paths: ['active'], by: 'scim' },
];

const displayName: Wanted = { name: 'displayName', label: 'Display name', paths: ['displayName'], by: 'miniorange' };

/** The store gives it with its first answer; what the guide asks for is a place for it in the provider's profile. */
const id: Wanted = { name: 'id', label: 'Id', paths: [], by: 'bigcommerce' };

/** The default address; the names are the BigCommerce guide's, which sends them flat. */
const address: readonly Wanted[] = [
  {
    name: 'address1',
    label: 'Street',
    paths: ['address1', 'addresses[main].streetAddress'],
    by: 'bigcommerce',
  },
  { name: 'city', label: 'City', paths: ['city', 'addresses[main].locality'], by: 'bigcommerce' },
  {
    name: 'state_or_province',
    label: 'State or province',
    paths: ['state_or_province', 'addresses[main].region'],
    by: 'bigcommerce',
  },
  {
    name: 'postal_code',
    label: 'Postal code',
    paths: ['postal_code', 'addresses[main].postalCode'],
    by: 'bigcommerce',
  },
  {
    name: 'country_code',
    label: 'Country',
    paths: ['country_code', 'addresses[main].country'],
    by: 'bigcommerce',
  },
];

const byMiniOrange = (wanted: Wanted): Wanted => ({ ...wanted, by: 'miniorange' });

/** Consoles know elements by their type; "main" is a word of ours. */
const asConsolesSayIt = ({ name, paths }: Wanted): string =>
  (paths.at(-1) ?? name).replace('[main]', '[type eq "work"]');

/** What a provider of this profile has to send, and what it had better send; the required ones first. */
export function requirements(profile: Profile): readonly Requirement[] {
  const own = profile === 'miniorange';
  const required = own ? [id, ...person.map(byMiniOrange), displayName] : [...person];
  const recommended = own ? address : [displayName, ...address, id];
  const { where } = consoleOf(profile);
  const stated = (needed: Requirement['needed']) => (wanted: Wanted) => {
    const sentAs = own ? wanted.name : asConsolesSayIt(wanted);
    return { ...wanted, needed, sentAs, add: where(sentAs) };
  };
  return [...required.map(stated('required')), ...recommended.map(stated('recommended'))];
}
