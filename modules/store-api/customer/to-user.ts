import { customerUserUrn } from '../../attribute-mapping/index.ts';
import { enterpriseUserSchema, PATCH_OP_SCHEMA, userSchema } from '../../scim/index.ts';
import { mainAddressOf } from '../address/to-user.ts';
import type { GivenCustomer } from './given-customer.ts';

const enterprise = enterpriseUserSchema.id;
type Body = Readonly<Record<string, unknown>>;

const orNothing = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

/** Leaves out what has no value. */
const said = (body: Readonly<Record<string, unknown>>): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

/** A new customer as the SCIM user that any provider might send: what was not understood stands there under its own name. */
export function userOf(customer: GivenCustomer): Body {
  const { email, first_name, last_name, company, phone, password, addresses = [], formFields, others } = customer;
  const [main] = addresses;
  const organization = orNothing(company);
  return said({
    ...others,
    schemas: [userSchema.id],
    userName: email,
    emails: [{ value: email, type: 'work', primary: true }],
    name: said({ givenName: orNothing(first_name), familyName: orNothing(last_name) }),
    phoneNumbers: orNothing(phone) === undefined ? undefined : [{ value: phone, type: 'work', primary: true }],
    addresses: main && [mainAddressOf(main)],
    password,
    [enterprise]: organization === undefined ? undefined : { organization },
    [customerUserUrn]: Object.keys(formFields).length === 0 ? undefined : formFields,
  });
}

/** What a change may depend on. */
export interface BeforeChange {
  readonly userName: string | undefined;
  readonly email: string | undefined;
}

type Operation = { readonly op: 'replace' | 'remove'; readonly path?: string; readonly value?: unknown };

const replaced = (path: string, value: string | undefined): readonly Operation[] =>
  value === undefined ? [] : value === '' ? [{ op: 'remove', path }] : [{ op: 'replace', path, value }];

/**
 * A change of a customer as SCIM's PATCH: BigCommerce's PUT changes what it names and leaves the rest. A user whose name is
 * the e-mail address keeps it so.
 */
export function changeOf(customer: GivenCustomer, before: BeforeChange | undefined): Body | undefined {
  const { email, first_name, last_name, company, phone, password, formFields, others } = customer;
  const moves = email !== undefined && email !== '' && email.toLowerCase() !== before?.email?.toLowerCase();
  const named = before?.userName !== undefined && before.userName.toLowerCase() === before.email?.toLowerCase();
  const rest = said({ ...others, ...(Object.keys(formFields).length === 0 ? {} : { [customerUserUrn]: formFields }) });
  const operations: readonly Operation[] = [
    ...(moves ? replaced('emails[primary eq true].value', email) : []),
    ...(moves && named ? replaced('userName', email) : []),
    ...replaced('name.givenName', first_name),
    ...replaced('name.familyName', last_name),
    ...(phone === '' ? [{ op: 'remove' as const, path: 'phoneNumbers' }] : []),
    ...(phone === undefined || phone === '' ? [] : replaced('phoneNumbers[primary eq true].value', phone)),
    ...replaced(`${enterprise}:organization`, company),
    ...replaced('password', password),
    ...(Object.keys(rest).length === 0 ? [] : [{ op: 'replace' as const, value: rest }]),
  ];
  return operations.length === 0 ? undefined : { schemas: [PATCH_OP_SCHEMA], Operations: operations };
}
