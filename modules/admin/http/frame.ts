import type { Request, Response } from 'express';
import { type ServiceToken, service } from '../../framework/index.ts';
import type { Answer } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';

/** Puts menu, tabs, messages and the document around what a page answers. */
export interface Frame {
  visit(request: Request): Promise<Visit>;
  /** `path` as the page declares it, with its `:parameters`. */
  answer(request: Request, response: Response, answer: Answer, path?: string): Promise<void>;
}
export const Frame: ServiceToken<Frame> = service<Frame>('admin.Frame');
