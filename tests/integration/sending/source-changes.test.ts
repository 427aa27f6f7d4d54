import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceChange } from '#shared/ipc/campaign-view.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const PEOPLE = numbers(9);

describe('groups of a campaign that waits', () => {
  const folder = temporaryFolder();
  let app: Sending;
  // Nothing here may leave: the address answers to nobody.
  beforeAll(() => {
    app = startSending({ url: 'http://127.0.0.1:9', dir: folder.dir, timings: { hold: 3_600_000 } });
  });
  afterAll(async () => {
    await app.stop();
    folder.remove();
  });

  const contact = (number: string, groups: number[] = []): number => {
    const added = app.workspace.contacts.add({ name: `N${number}`, numbers: [number], groups });
    if (!added.ok) throw new Error(added.error.code);
    return added.value.id;
  };
  const group = (name: string): number => {
    const made = app.workspace.groups.add({ name, rule: null });
    if (!made.ok) throw new Error(made.error.code);
    return made.value.id;
  };
  const changesOf = async (id: number): Promise<SourceChange[]> => {
    const changes = await app.workspace.campaigns.sourceChanges(id);
    if (!changes.ok) throw new Error(changes.error.code);
    return changes.value;
  };
  const at = () => Date.now() + 86_400_000;

  it('are compared with its messages: who has joined and who has left', async () => {
    const { campaigns, groups, doNotMessage } = app.workspace;
    const [five, six] = [group('Class 5'), group('Class 6')];
    const first = contact(PEOPLE[0] ?? '', [five]);
    contact(PEOPLE[1] ?? '', [five]);
    const both = contact(PEOPLE[2] ?? '', [five, six]);
    contact(PEOPLE[3] ?? '', [six]);
    const alone = contact(PEOPLE[4] ?? '');
    doNotMessage.add({ numbers: PEOPLE[1] ?? '', reason: 'asked', note: '' });
    const id = await app.send([PEOPLE[5] ?? ''], 'Exam on Monday', undefined, {
      sendAt: at(),
      sources: [
        { kind: 'group', id: five },
        { kind: 'group', id: six },
        { kind: 'contact', id: alone },
      ],
    });
    expect(await changesOf(id)).toEqual([]);
    // Somebody new; one who is a recipient anyway; one who leaves one group and is still in the other; one who is gone.
    contact(PEOPLE[6] ?? '', [six]);
    groups.addMembers(six, { ids: [alone] });
    groups.removeMembers(five, { ids: [both, first] });
    expect(await changesOf(id)).toEqual([
      { label: 'Class 5', added: 0, removed: 1 },
      { label: 'Class 6', added: 1, removed: 0 },
    ]);
    groups.remove(six);
    // Who was in both is counted once.
    expect(await changesOf(id)).toEqual([
      { label: 'Class 5', added: 0, removed: 2 },
      { label: 'Class 6', added: 0, removed: 1 },
    ]);
    await campaigns.cancelRest(id);
    expect(await changesOf(id)).toEqual([]);
    expect(await campaigns.sourceChanges(999)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('are not read again while nothing has changed', async () => {
    const seven = group('Class 7');
    contact(PEOPLE[7] ?? '', [seven]);
    const id = await app.send([], 'Sports day', undefined, {
      sendAt: at(),
      sources: [{ kind: 'group', id: seven }],
    });
    expect(await changesOf(id)).toEqual([]);
    // Changed behind the program's back, so that only what is read anew can show it.
    app.db.exec('DELETE FROM group_members');
    expect(await changesOf(id)).toEqual([]);
    contact(PEOPLE[8] ?? '', [seven]);
    expect(await changesOf(id)).toEqual([{ label: 'Class 7', added: 1, removed: 1 }]);
  });
});
