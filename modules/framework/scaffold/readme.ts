/** A README to be finished with the module. */
export function readmeOf(name: string): string {
  return `# ${name}

What it does, in a sentence.

- **Asked by**: whoever imports \`index.ts\`; \`service.ts\` has the answer.
- **Changes**: nothing yet.
`;
}
