/** What the parent process tells the identity provider. */
export interface Told {
  readonly kind: 'service-provider';
  /** Its metadata, as a service provider publishes it. */
  readonly metadata: string;
}

/** What the identity provider says once it listens. */
export interface Listening {
  readonly kind: 'listening';
  readonly port: number;
  readonly metadata: string;
}

/** A person that the identity provider knows by this name, with this password. */
export const person = { name: 'grace@example.com', password: 'Sextant-Ladder-7', given: 'Grace', family: 'Hopper' };

/** Where browsers find it. */
export const idpOrigin = 'http://idp.test';
