import fc from 'fast-check';
import { describe, it } from 'vitest';
import { REPORTED, type Clearing, type Ending, type Fate } from '../support/model-gateway.ts';
import { temporaryFolder } from '../support/sending.ts';
import { MODEL_ACCOUNT, World } from './model-world.ts';

/** Rounds for each way of clearing up; `MODEL_RUNS` asks for more, `MODEL_SEED` for the ones of a failure. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 5);
const SEED = process.env['MODEL_SEED'];

type Step = fc.AsyncCommand<object, World>;

/** One thing that happens; it is followed by a look at everything that has to hold. */
const step = (name: string, run: (world: World) => unknown): Step => ({
  check: () => true,
  async run(_model, world) {
    await run(world);
    await world.quiet();
    world.check();
  },
  toString: () => name,
});

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

const fate = fc.constantFrom<Fate>(
  'taken',
  'taken',
  'taken',
  'refused',
  'not-now',
  'no-credits',
  'missing-taken',
  'missing-lost',
);
const ending = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fate, { minLength: 1, maxLength: 2 })
      .map((fates): Ending => ({ kind: 'answered', fates })),
  },
  { weight: 3, arbitrary: fc.boolean().map((taken): Ending => ({ kind: 'silence', taken })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Ending>({ kind: 'busy' }, { kind: 'not-sent' }, { kind: 'turned-down' }),
  },
);
const any = fc.nat({ max: 7 });
const told = fc.constantFrom(...REPORTED);

/** More likely things stand here more often. */
const often = <T>(times: number, arbitrary: T): T[] => Array.from({ length: times }, () => arbitrary);

const steps = [
  fc.integer({ min: 1, max: 5 }).map((people) =>
    step(`send to ${people}`, (world) => {
      const text = `Text ${world.campaigns().length + 1}`;
      const numbers = Array.from({ length: people }, (_, i) => `88017110000${10 + i}`);
      return world.app.send(numbers, text);
    }),
  ),
  ...often(
    5,
    fc.tuple(any, ending).map(([index, how]) =>
      step(`end request ${index} with ${JSON.stringify(how)}`, (world) => {
        const request = pick(world.gateway.waiting(), index);
        if (!request) return;
        const isSilent = how.kind === 'silence' || (request.early !== null && how.kind !== 'answered');
        if (isSilent) world.unanswered(request.messages);
        if (how.kind === 'answered') {
          const fated = (...fates: Fate[]) =>
            request.messages.filter((_, i) => fates.includes(pick(how.fates, i) ?? 'taken'));
          world.unanswered(fated('missing-taken', 'missing-lost'));
          world.turnedDown(fated('not-now', 'no-credits'));
        }
        world.gateway.end(request, how);
      }),
    ),
  ),
  any.map((index) =>
    step(`take request ${index} early`, (world) => {
      const request = pick(world.gateway.waiting(), index);
      if (request) world.gateway.takeEarly(request);
    }),
  ),
  ...often(
    4,
    fc
      .constantFrom(20, 400, 1_000, 1_000, 3_000, 3_000, 20_000)
      .map((ms) => step(`${ms} ms pass`, (world) => world.pass(ms))),
  ),
  fc
    .array(fc.boolean(), { minLength: 2, maxLength: 2 })
    .map((taken) =>
      step(`kill, requests under way taken: ${taken.join(', ')}`, (world) =>
        world.kill((index) => taken[index % taken.length] ?? false),
      ),
    ),
  fc.tuple(any, told).map(([index, status]) =>
    step(`report ${status[2]} about ${index}`, (world) => {
      const entry = pick(world.gateway.taken, index);
      if (entry) world.gateway.report(entry, status);
    }),
  ),
  ...often(
    2,
    fc.tuple(any, fc.array(told, { minLength: 1, maxLength: 3 })).map(([index, statuses]) =>
      step(`push ${statuses.map((status) => status[2]).join(', ')} about ${index}, each twice`, (world) => {
        const entry = pick(world.gateway.taken, index);
        if (!entry) return;
        for (const status of statuses) {
          const raw = world.gateway.pushed(entry, status);
          world.app.workspace.reports.take(MODEL_ACCOUNT, 'push', raw);
          world.check();
          world.app.workspace.reports.take(MODEL_ACCOUNT, 'push', raw);
        }
      }),
    ),
  ),
  fc.tuple(fc.constantFrom('pause', 'resume', 'undo', 'cancelRest'), any).map(([what, index]) =>
    step(`${what} campaign ${index}`, (world) => {
      const id = pick(world.campaigns(), index);
      if (id === undefined) return;
      const { campaigns, outbox } = world.app.workspace;
      return what === 'cancelRest'
        ? outbox.cancelRest(id)
        : campaigns[what as 'pause' | 'resume' | 'undo'](id);
    }),
  ),
  any.map((index) =>
    step(`retry failed campaign ${index}`, (world) => {
      const failed = world.campaigns((view) => view.failed > 0);
      const id = pick(failed, index);
      return id === undefined ? undefined : world.retry(id);
    }),
  ),
  fc.constantFrom(2_000, 5_000, 20_000).map((ms) =>
    step(`send to 3 in ${ms} ms`, (world) => {
      const people = ['8801711000010', '8801711000011', '8801711000012'];
      return world.schedule(people, `Text ${world.campaigns().length + 1}`, ms);
    }),
  ),
  fc.tuple(fc.constantFrom(null, 3_000, 30_000), any).map(([ms, index]) =>
    step(`reschedule waiting campaign ${index} to ${ms ?? 0} ms from now`, (world) => {
      const waiting = world.campaigns(({ phase }) => phase === 'scheduled');
      const id = pick(waiting, index);
      return id === undefined ? undefined : world.reschedule(id, ms);
    }),
  ),
  fc.tuple(fc.constantFrom<'arrived' | 'send-again'>('arrived', 'send-again'), any).map(([decision, index]) =>
    step(`the user says ${decision} of campaign ${index}`, (world) => {
      const id = pick(world.campaigns(), index);
      return id === undefined ? undefined : world.decide(id, decision);
    }),
  ),
  fc.constant(step('sync', (world) => void world.app.workspace.reports.sync())),
];

describe('whatever happens in whatever order', () => {
  it.each<Clearing>(['log', 'own-id', 'nobody'])(
    'nothing is lost, nothing goes out twice and nothing goes back, where unknown fates are cleared up by: %s',
    async (clearing) => {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 40, size: 'max' }), async (commands) => {
          const folder = temporaryFolder();
          const world = new World(folder.dir, clearing);
          try {
            await world.app.send(['8801711000010', '8801711000011', '8801711000012'], 'The first text');
            await world.pass(1_000);
            await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
            await world.drain();
          } finally {
            await world.close();
            folder.remove();
          }
        }),
        { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
      );
    },
    RUNS * 3_000 + 20_000,
  );
});
