import { unavailable } from '../../scim/index.ts';

/** Lets some work at a time and makes others wait for their turn. */
export class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];
  private readonly mostWaiting: number;

  constructor(atATime: number, mostWaiting: number) {
    this.free = atATime;
    this.mostWaiting = mostWaiting;
  }

  /** @throws ScimError 503 where too many wait already */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else if (this.waiting.length >= this.mostWaiting)
      throw unavailable(2, 'Too many passwords wait to be hashed; nothing was changed. Try again.');
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
