import { describe, expect, it } from 'vitest';
import { classifyKeychainError, fixFor } from '../../../main/shell/keychain-failure.ts';

describe('what the keychain says', () => {
  it.each([
    'Cannot autolaunch D-Bus without X11 $DISPLAY',
    'Unknown or unsupported transport “disabled” for address “disabled:”',
    'The name org.freedesktop.secrets was not provided by any .service files',
    'Could not connect: Connection refused',
    'Failed to load keytar native addon',
  ])('“%s” means that there is none', (message) => {
    expect(classifyKeychainError(new Error(message))).toEqual({ code: 'VAULT_UNAVAILABLE', detail: message });
  });

  it.each([
    'Cannot create an item in a locked collection',
    'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
    'Prompt dismissed.',
    'User interaction is not allowed.',
    'The user name or passphrase you entered is not correct.',
    'User canceled the operation.',
  ])('“%s” means that it is closed', (message) => {
    expect(classifyKeychainError(new Error(message)).code).toBe('VAULT_LOCKED');
  });

  it('names the help that fits the system', () => {
    expect(fixFor('VAULT_UNAVAILABLE', 'linux')).toBe('linux-secret-service');
    expect(fixFor('VAULT_LOCKED', 'linux')).toBe('unlock-keyring');
    expect(fixFor('VAULT_LOCKED', 'darwin')).toBe('macos-keychain');
    expect(fixFor('VAULT_UNAVAILABLE', 'win32')).toBe('windows-credential-manager');
  });
});
