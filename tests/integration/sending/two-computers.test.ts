import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import {
  numbers,
  startSending,
  temporaryFolder,
  type Sending,
  type SendingOptions,
} from '../support/sending.ts';

/** Text of each computer's messages: the gateway's journal then tells whose request made which. */
const OFFICE = 'Fees are due on Sunday.';
const LIBRARY = 'Please bring your books back.';

describe('two computers on one account', () => {
  let gateway: PracticeGateway;
  let office: Sending;
  let library: Sending;
  const ends: (() => unknown)[] = [];

  beforeEach(async () => {
    gateway = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 } });
    ends.push(() => gateway.close());
    office = computer();
    library = computer();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  function computer(protocol: SendingOptions['protocol'] = 'rest-json'): Sending {
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const started = startSending({
      url: gateway.url,
      dir: folder.dir,
      perRequest: 10,
      accountOptions: { isShared: true },
      patience: 400,
      protocol,
    });
    ends.push(() => started.stop());
    return started;
  }

  const rows = ({ db }: Sending, where: string) =>
    db
      .prepare(`SELECT gateway_message_id AS id, msisdn, state FROM messages WHERE ${where} ORDER BY id`)
      .all() as { id: string | null; msisdn: string; state: string }[];
  const idsOf = (of: readonly { id: string | null }[]) => of.map(({ id }) => id).toSorted();

  it('lose no report, make no duplicate and claim nothing of each other, whatever answers are lost', async () => {
    gateway.setFaults({
      sendScript: ['dropAfter', 'none', 'resetBefore', 'dropAfter', 'none', 'dropAfter', 'resetBefore'],
      readScript: ['none', 'drop', 'none', 'drop'],
    });
    // Five numbers are on both lists.
    const [fromOffice, fromLibrary] = await Promise.all([
      office.send(numbers(40), OFFICE),
      library.send(numbers(40, 35), LIBRARY),
    ]);
    await Promise.all([
      office.until(fromOffice, (view) => view.counts.delivered === 40),
      library.until(fromLibrary, (view) => view.counts.delivered === 40),
    ]);
    const journal = gateway.journal();
    expect(journal).toHaveLength(80);
    for (const [computer, text] of [
      [office, OFFICE],
      [library, LIBRARY],
    ] as const) {
      const own = rows(computer, 'campaign_id IS NOT NULL');
      expect(idsOf(own)).toEqual(idsOf(journal.filter((entry) => entry.text === text)));
      // Reports are handed out once: none of the other computer's was taken.
      const pulled = computer.db
        .prepare("SELECT DISTINCT gateway_message_id AS id FROM reports WHERE source = 'report'")
        .all() as { id: string }[];
      expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(pulled.map(({ id }) => id)));
      // The archive is the account's: the log shows the rest.
      await computer.workspace.reports.sync();
      expect(idsOf(rows(computer, 'TRUE'))).toEqual(idsOf(journal));
      expect(rows(computer, "state <> 'delivered'")).toEqual([]);
    }
  });

  it.each(['xml-v3', 'plain-v3'] as const)('pull no report of each other over %s', async (protocol) => {
    const [first, second] = [computer(protocol), computer(protocol)];
    gateway.setFaults({ sendScript: ['none', 'dropAfter'] });
    const [one, two] = await Promise.all([first.send(numbers(12)), second.send(numbers(12, 6))]);
    await Promise.all([
      first.until(one, (view) => view.counts.delivered === 12),
      second.until(two, (view) => view.counts.delivered === 12),
    ]);
    expect(gateway.journal()).toHaveLength(24);
    for (const { db } of [first, second]) {
      expect(db.prepare('SELECT 1 FROM reports WHERE applied = 0').all()).toEqual([]);
    }
  });

  it('leave to the user what cannot be told from the same words of the other one, and send none of it again', async () => {
    const theirs = await library.send(numbers(4), OFFICE);
    await library.until(theirs, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 4);
    gateway.setFaults({ sendScript: ['resetBefore'] });
    const ours = await office.send(numbers(6), OFFICE);
    // The last two are on our list alone: that they are not in the log says enough.
    await office.until(ours, (view) => view.undecided === 4 && view.counts.delivered === 2);
    const journal = gateway.journal();
    expect(journal.map(({ to }) => to)).toEqual(numbers(6));
    expect(idsOf(rows(office, 'campaign_id IS NOT NULL AND gateway_message_id IS NOT NULL'))).toEqual(
      idsOf(journal.slice(4)),
    );
  });

  it('know a request by all its numbers, even when the other one sends the same words to some of them', async () => {
    const theirs = await library.send(numbers(7, 3), OFFICE);
    await library.until(theirs, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 7);
    gateway.setFaults({ sendScript: ['dropAfter'] });
    const ours = await office.send(numbers(6), OFFICE);
    await office.until(ours, (view) => view.counts.delivered === 6);
    const journal = gateway.journal();
    expect(journal).toHaveLength(13);
    expect(idsOf(rows(office, 'campaign_id IS NOT NULL'))).toEqual(idsOf(journal.slice(7)));
  });

  it('send again what is not in the log, however much the other one sends to the same people', async () => {
    const theirs = await library.send(numbers(8), LIBRARY);
    await library.until(theirs, (view) => (view.counts.accepted ?? 0) + (view.counts.delivered ?? 0) === 8);
    gateway.setFaults({ sendScript: ['resetBefore'] });
    const ours = await office.send(numbers(5), OFFICE);
    await office.until(ours, (view) => view.counts.delivered === 5);
    const sent = gateway.journal().filter(({ text }) => text === OFFICE);
    expect(idsOf(sent)).toEqual(idsOf(rows(office, 'campaign_id IS NOT NULL')));
    expect(sent).toHaveLength(5);
  });
});
