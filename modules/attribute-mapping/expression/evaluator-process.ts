import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExpressionAnswer, ExpressionNews, ExpressionTask } from './message.ts';

/** Megabytes of heap that an expression may fill. */
const heap = 64;

/** Why the process ended before it had answered. */
export class EvaluatorEnded extends Error {
  readonly why: 'late' | 'memory' | 'stopped' | 'broken';
  /** The row it was at, where it had several. */
  readonly row: string | undefined;

  constructor(why: EvaluatorEnded['why'], row: string | undefined, options?: ErrorOptions) {
    super(`The process of mapping expressions ended: ${why}.`, options);
    this.name = 'EvaluatorEnded';
    this.why = why;
    this.row = row;
  }
}

interface Asked {
  row: string | undefined;
  readonly resolve: (answer: ExpressionAnswer) => void;
  readonly reject: (error: EvaluatorEnded) => void;
}

/**
 * A process that answers one task at a time. A thread would not do: out of memory (JSON text of a string of 500 MB is
 * enough), V8 aborts the whole process that the thread belongs to, resource limits or not. It lets the host end while
 * nobody waits for it, and ends with the host.
 */
export class EvaluatorProcess {
  private readonly child: ChildProcess;
  private readonly ready: Promise<void>;
  private readonly gone: Promise<void>;
  private sayReady: () => void = () => {};
  private asked: Asked | undefined;
  private endedBecause: EvaluatorEnded | undefined;

  constructor() {
    this.child = fork(fileURLToPath(new URL('./evaluator.js', import.meta.url)), [], {
      execArgv: [`--max-old-space-size=${heap}`, '--disable-proto=delete'],
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.ready = new Promise((resolve) => {
      this.sayReady = resolve;
    });
    this.gone = new Promise((resolve) => {
      this.child.once('exit', (code, signal) => {
        // V8 aborts when its heap is full; the system kills where there is no memory at all.
        this.end(signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134 ? 'memory' : 'broken');
        resolve();
      });
      this.child.on('error', (error) => {
        this.end('broken', error);
        resolve();
      });
    });
    this.child.on('message', (news: ExpressionNews) => this.hear(news));
    this.rest();
  }

  /** True once it can't be asked any more. */
  get ended(): boolean {
    return this.endedBecause !== undefined;
  }

  /** Asks, and kills the process when the answer is late. The time that it takes to start is not counted. */
  async ask(task: ExpressionTask, deadline: number): Promise<ExpressionAnswer> {
    if (this.endedBecause) throw this.endedBecause;
    this.child.ref();
    this.child.channel?.ref();
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<ExpressionAnswer>((resolve, reject) => {
      this.asked = { row: undefined, resolve, reject };
    });
    void this.ready.then(() => {
      if (!this.asked) return;
      this.child.send(task);
      // Where this process was held up itself, the answer may have come in time and is read before.
      timer = setTimeout(() => setImmediate(() => this.asked && this.end('late')), deadline);
    });
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
      this.rest();
    }
  }

  /** Kills the process, whatever it is at; whoever waits is told why. Resolves when it is gone. */
  stop(): Promise<void> {
    this.end('stopped');
    return this.gone;
  }

  private end(why: EvaluatorEnded['why'], cause?: Error): void {
    if (this.endedBecause) return;
    this.endedBecause = new EvaluatorEnded(why, this.asked?.row, cause ? { cause } : undefined);
    this.asked?.reject(this.endedBecause);
    this.asked = undefined;
    this.child.kill('SIGKILL');
  }

  private hear(news: ExpressionNews): void {
    if (news.is === 'ready') this.sayReady();
    else if (news.is === 'begun') {
      if (this.asked) this.asked.row = news.row;
    } else {
      this.asked?.resolve(news);
      this.asked = undefined;
    }
  }

  private rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }
}
