import type { KeychainCalls } from '../../../main/shell/keychain.ts';

/** A keychain in memory that can be told to lock (it answers like an empty one), to break or to hang. */
export function fakeKeychain() {
  const entries = new Map<string, string>();
  let mood: 'open' | 'locked' | 'broken' | 'hanging' = 'open';
  let release: () => void = () => undefined;
  let loads = 0;
  const answer = async <T>(give: () => T): Promise<T> => {
    if (mood === 'broken')
      throw new Error('The name org.freedesktop.secrets was not provided by any .service files');
    if (mood === 'hanging') await new Promise<void>((resolve) => (release = resolve));
    return give();
  };
  const calls: KeychainCalls = {
    getPassword: (service, account) =>
      answer(() => (mood === 'locked' ? null : (entries.get(`${service}/${account}`) ?? null))),
    setPassword: (service, account, password) =>
      answer(() => {
        if (mood === 'locked') throw new Error('Cannot create an item in a locked collection');
        entries.set(`${service}/${account}`, password);
      }),
    deletePassword: (service, account) => answer(() => entries.delete(`${service}/${account}`)),
  };
  return {
    entries,
    load: () => {
      loads += 1;
      return Promise.resolve(calls);
    },
    loads: () => loads,
    become: (next: typeof mood) => void (mood = next),
    release: () => release(),
  };
}
