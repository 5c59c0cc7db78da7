import type { Request } from 'express';
import type { Body } from '../../connection/index.ts';
import { actorOf, HttpError } from '../../framework/index.ts';
import { payloadForms, type WebhookChanges } from '../webhook.ts';

const members = [
  'name',
  'scope',
  'destination',
  'fillsPlaceholders',
  'headers',
  'payload',
  'active',
  'websiteId',
] as const;

/** What a body says of a subscription, headers aside. @throws HttpError 400 */
export function readChanges(body: Body, ...others: readonly string[]): WebhookChanges {
  body.only(...members, ...others);
  return {
    name: body.text('name'),
    scope: body.text('scope'),
    destination: body.text('destination'),
    fillsPlaceholders: body.flag('fillsPlaceholders'),
    payload: body.oneOf('payload', payloadForms),
    active: body.flag('active'),
    websiteId: body.value('websiteId') === null ? null : body.number('websiteId'),
  };
}

/** `{"app-secret": "value", "old": null}`; null removes a header. @throws HttpError 400 */
export function readHeaderChanges(body: Body): Readonly<Record<string, string | null>> | undefined {
  const given = body.value('headers');
  if (given === undefined) return undefined;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  const entries = isObject ? Object.entries(given) : [];
  if (!isObject || entries.some(([, value]) => value !== null && typeof value !== 'string'))
    throw new HttpError(400, 'BODY_INVALID', '"headers" has to be an object of names and texts; null removes one.');
  return Object.fromEntries(entries) as Record<string, string | null>;
}

/** @throws HttpError 404 */
export function idOf(request: Request): number {
  const text = String(request.params.id);
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new HttpError(404, 'WEBHOOK_UNKNOWN', 'There is no such webhook.');
}

/** Whose name stands in the record. */
export const nameOf = (request: Request): string => actorOf(request)?.name ?? 'administration';
