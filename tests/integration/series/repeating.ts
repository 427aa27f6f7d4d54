import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { Recurrence, SeriesId, SeriesView } from '#shared/ipc/series.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { numbers, SENDER, startSending, temporaryFolder, type SendingOptions } from '../support/sending.ts';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
const TEN_YEARS = 3_650 * DAY;

/** Every day at nine in the morning in Dhaka. The clock of the tests begins at five in the afternoon. */
export const DAILY: Recurrence = {
  pattern: { kind: 'daily', every: 1 },
  time: '09:00',
  zone: 'Asia/Dhaka',
  from: '2026-11-01',
  end: { kind: 'never' },
};

/** A space whose sendings stay in the undo window, so that no gateway is needed, and whose clock is moved by hand. */
export function repeating(options: Partial<SendingOptions> = {}) {
  const folder = options.dir === undefined ? temporaryFolder() : null;
  if (folder) onTestFinished(folder.remove);
  const clock = manualClock();
  const dir = options.dir ?? folder?.dir ?? '';
  const open = () => {
    const started = startSending({
      url: 'http://127.0.0.1:9',
      timings: { hold: TEN_YEARS },
      clock,
      ...options,
      dir,
    });
    onTestFinished(() => started.stop());
    return started;
  };
  let sending = open();
  const series = () => sending.workspace.series;
  const get = (id: SeriesId): SeriesView => {
    const found = series()
      .list()
      .find((one) => one.id === id);
    if (!found) throw new Error(`no series ${id}`);
    return found;
  };

  return {
    clock: options.clock ?? clock,
    moved: clock,
    series,
    get,
    workspace: () => sending.workspace,
    db: () => sending.db,
    /** What Compose would ask for, to so many people unless `more` says otherwise. */
    order(people: number, recurrence: Partial<Recurrence> = {}, more: Partial<SendRequest> = {}) {
      const request: SendRequest = {
        accountId: PRACTICE_ACCOUNT_ID,
        sender: SENDER,
        text: 'Fees are due on Sunday.',
        recipients: more.sources ? '' : numbers(people).join('\n'),
        ...more,
      };
      return {
        request,
        recurrence: { ...DAILY, ...recurrence },
        expectedRecipients: people,
        token: randomUUID(),
      };
    },
    async begin(order: Parameters<ReturnType<typeof series>['create']>[0]): Promise<SeriesView> {
      const begun = await series().create(order);
      if (!begun.ok) throw new Error(`${begun.error.code} ${JSON.stringify(begun.error.facts)}`);
      return begun.value;
    },
    /** Sends the occurrence that a series stopped at to the people of its plan, with no warning accepted unless `said` says so. */
    async sendMissed(
      id: SeriesId,
      said: Partial<Parameters<ReturnType<typeof series>['sendMissed']>[1]> = {},
    ) {
      const plan = await series().planMissed(id, said.leaveOutRepeats === true);
      if (!plan.ok) return plan;
      return series().sendMissed(id, { expectedRecipients: plan.value.recipients, ...said });
    },
    /** Moves the clock to the next time of a series, and so much further (ms). What was queued before has arrived until then. */
    toNext(id: SeriesId, late = 0): void {
      sending.db.exec("UPDATE messages SET state = 'delivered', not_before = NULL, sent_at = created_at");
      clock.advance((get(id).nextAt ?? 0) + late - clock.now());
    },
    /** Resolves when `met` is true of a series. */
    until(id: SeriesId, met: (view: SeriesView) => boolean): Promise<SeriesView> {
      return new Promise((resolve) => {
        const look = () => {
          const view = get(id);
          if (!met(view)) return;
          unlisten();
          resolve(view);
        };
        const unlisten = series().listen(look);
        look();
      });
    },
    /** What was queued, oldest first. */
    campaigns: () =>
      sending.db.prepare('SELECT id, series_id, name, planned, created_at FROM campaigns ORDER BY id').all(),
    /** Waits for what is under way, and starts again as after a restart of the program. */
    async restart(meanwhile: () => void = () => undefined): Promise<void> {
      await sending.workspace.series.stop();
      meanwhile();
      await sending.stop();
      sending = open();
    },
  };
}
