import keytar from 'keytar';
import { onTestFinished } from 'vitest';

/** The name under which the app's passwords stand in the system's keychain. */
const SERVICE = 'MiM SMS Desktop';

/** Removes what the app left in the keychain of this session when the test ends. */
export function emptyKeychainAfterwards(): void {
  onTestFinished(async () => {
    const left = await keytar.findCredentials(SERVICE);
    await Promise.all(left.map(({ account }) => keytar.deletePassword(SERVICE, account)));
  });
}
