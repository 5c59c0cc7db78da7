import { Router } from 'express';
import type { ScimRouterOptions } from './options.ts';
export function scimRouter<Caller>(_options: ScimRouterOptions<Caller>): Router {
  return Router();
}
