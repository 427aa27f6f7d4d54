import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of all files below a folder that hold a text in any form in which a program would write it down. */
export function filesHolding(folder: string, text: string): string[] {
  const base64 = Buffer.from(text).toString('base64');
  const forms = [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(encodeURIComponent(text)),
    Buffer.from(base64.replace(/=+$/u, '')),
    // As the second half of `user:password` in Base64, at each of the three ways it can be cut.
    ...[1, 2].map((shift) =>
      Buffer.from(
        Buffer.from('x'.repeat(shift) + text)
          .toString('base64')
          .slice(4, -4),
      ),
    ),
  ];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file);
      return forms.some((form) => content.includes(form));
    });
}
