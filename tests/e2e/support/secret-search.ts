import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A login whose password must not be found. */
export type Login = { readonly user: string; readonly password: string };

/** The forms in which a password could have been written: as text in two encodings, and as Basic credentials. */
function formsOf({ user, password }: Login): readonly Buffer[] {
  const basic = Buffer.from(`${user}:${password}`);
  return [
    Buffer.from(password),
    Buffer.from(password, 'utf16le'),
    Buffer.from(basic.toString('base64')),
    Buffer.from(Buffer.from(password).toString('base64').replace(/=+$/u, '')),
    Buffer.from(Buffer.from(password).toString('hex')),
    Buffer.from(encodeURIComponent(password)),
  ];
}

/** Whether a text or the content of a file holds the password in any form. */
export const holds = (content: string | Buffer, login: Login): boolean => {
  const bytes = Buffer.from(content);
  return formsOf(login).some((form) => bytes.includes(form));
};

/** Every file below `folder`, hidden ones included. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** The files below `folder` that hold the password in any form. */
export const filesHolding = (folder: string, login: Login): string[] =>
  filesBelow(folder).filter((file) => holds(readFileSync(file), login));
