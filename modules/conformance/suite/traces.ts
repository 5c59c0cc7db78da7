import type { Answer } from './answer.ts';
import { listOf, textOf } from './json.ts';

/** Remembers which resources a run has made and not deleted yet, by what the answers say. */
export class Traces {
  private readonly left = new Set<string>();

  /** Looks at an exchange: a 201 leaves a resource, each 201 of a bulk response as well, a 204 for DELETE takes one away. */
  follow(method: string, path: string, answer: Answer): void {
    const [plain = ''] = path.split('?');
    if (method === 'POST' && /\/bulk$/i.test(plain))
      for (const { status, location, method: done } of listOf(answer.json.Operations))
        if (String(done).toUpperCase() === 'POST' && String(status) === '201') this.left.add(resourcePath(location));
    if (method === 'POST' && answer.status === 201) {
      const id = textOf(answer.json.id);
      this.left.add(id === '' ? resourcePath(answer.headers.get('location')) : `${plain}/${id}`);
    }
    if (method === 'DELETE' && answer.status === 204) this.left.delete(plain);
  }

  /** Deletes everything that is left. Answers the paths that could not be deleted. */
  async erase(remove: (path: string) => Promise<Answer>): Promise<readonly string[]> {
    const rank = (path: string): number => (path.startsWith('/Groups/') ? 0 : 1);
    const failed: string[] = [];
    for (const path of [...this.left].sort((a, b) => rank(a) - rank(b))) {
      const status = await remove(path).then(
        (answer) => answer.status,
        () => 0,
      );
      if (status === 204 || status === 200 || status === 404) this.left.delete(path);
      else failed.push(path);
    }
    return failed;
  }
}

/** `/Users/<id>` of a location, relative or absolute. */
function resourcePath(location: unknown): string {
  const parts = String(location ?? '').split('/');
  return `/${parts.slice(-2).join('/')}`;
}
