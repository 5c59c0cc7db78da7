import express, { type Request, type RequestHandler, type Response } from 'express';

/** The fields of a form, each of which came once. */
export type FormFields = ReadonlyMap<string, string>;

/** A response with an encrypted assertion and hundreds of groups is a fifth of it. */
const mostBytes = 512 * 1024;

const urlencoded = express.urlencoded({ extended: false, limit: mostBytes, inflate: false, parameterLimit: 20 });
const json = express.json({ limit: 8 * 1024, inflate: false });

function read(reader: RequestHandler, request: Request, response: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    reader(request, response, (error?: unknown) => (error === undefined ? resolve(request.body) : reject(error)));
  });
}

/**
 * Reads an urlencoded body of at most 512 KiB. A field that came twice is left out, because others might read the other
 * one. @throws an error with `status` (413, 415, 400) for what is larger, compressed or broken
 */
export async function readForm(request: Request, response: Response): Promise<FormFields> {
  const body = await read(urlencoded, request, response);
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return new Map(fields.filter((field): field is [string, string] => typeof field[1] === 'string'));
}

/** Reads a JSON object of at most 8 KiB; empty where it is none. @throws an error with `status` */
export async function readJson(request: Request, response: Response): Promise<ReadonlyMap<string, unknown>> {
  const body = await read(json, request, response);
  return new Map(typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.entries(body) : []);
}

/** What stands behind the `?`, as it was sent. */
export function rawQueryOf(request: Request): string {
  const at = request.originalUrl.indexOf('?');
  return at < 0 ? '' : request.originalUrl.slice(at + 1);
}

/** A parameter of the query that came once. */
export function parameterOf(request: Request, name: string): string | undefined {
  const values = new URLSearchParams(rawQueryOf(request)).getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
