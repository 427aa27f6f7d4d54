import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Imports that the architecture forbids: the file, what it imports, and the rule that must catch it. */
const FORBIDDEN: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['shared/a.ts', '#main/shell/window.ts', 'no-unresolvable'],
  ['shared/b.ts', '../main/shell/window.ts', 'shared-is-pure'],
  ['shared/c.ts', 'node:fs', 'shared-is-pure'],
  ['shared/d.ts', 'undici', 'shared-is-pure'],
  ['shared/e.ts', 'electron', 'no-electron-here'],
  ['main/engine/compose.ts', 'electron', 'no-electron-here'],
  ['main/engine/features/outbox/electron.ts', 'electron', 'no-electron-here'],
  ['main/practice/electron.ts', 'electron', 'no-electron-here'],
  ['renderer/app/electron.ts', 'electron', 'no-electron-here'],
  ['main/engine/features/outbox/sqlite.ts', '@photostructure/sqlite', 'sqlite-only-in-store'],
  ['main/shell/sqlite.ts', '@photostructure/sqlite', 'sqlite-only-in-store'],
  ['main/engine/features/accounts/keytar.ts', 'keytar', 'keychain-only-in-shell'],
  ['main/engine/features/accounts/shell.ts', '../../../shell/window.ts', 'engine-stays-in-engine'],
  ['main/engine/gateways/rest/practice.ts', '../../../practice/core.ts', 'engine-stays-in-engine'],
  [
    'main/engine/features/outbox/protocol.ts',
    '../../gateways/rest/client.ts',
    'features-see-gateway-port-only',
  ],
  ['main/engine/features/outbox/other-queries.ts', '../campaigns/queries.ts', 'features-meet-at-services'],
  ['main/engine/features/outbox/other-handlers.ts', '../campaigns/handlers.ts', 'features-meet-at-services'],
  ['main/engine/features/outbox/composes.ts', '../../entry.ts', 'features-do-not-compose'],
  ['main/engine/store/knows.ts', '../features/campaigns/service.ts', 'store-stands-alone'],
  ['main/engine/gateways/rest/store.ts', '../../store/open.ts', 'gateways-know-shared-only'],
  [
    'main/engine/gateways/rest/feature.ts',
    '../../features/campaigns/service.ts',
    'gateways-know-shared-only',
  ],
  ['main/logging/engine.ts', '../engine/store/open.ts', 'common-ground-knows-neither'],
  ['main/ipc/shell.ts', '../shell/window.ts', 'common-ground-knows-neither'],
  ['main/shell/reaches.ts', '../engine/store/open.ts', 'shell-does-not-reach-into-engine'],
  ['main/shell/serves.ts', '../practice/core.ts', 'shell-does-not-reach-into-engine'],
  ['main/practice/engine.ts', '../engine/store/open.ts', 'practice-can-disagree'],
  ['main/practice/client.ts', '../engine/gateways/rest/client.ts', 'practice-can-disagree'],
  ['renderer/features/compose/main.ts', '../../../main/shell/window.ts', 'renderer-has-no-main'],
  ['renderer/lib/node.ts', 'node:path', 'renderer-has-no-node'],
  [
    'renderer/features/compose/Other.svelte',
    '../messages/messages.svelte.ts',
    'renderer-features-do-not-meet',
  ],
  ['renderer/features/compose/app.ts', '../../app/routes.ts', 'renderer-features-do-not-meet'],
  ['renderer/ui/knows.ts', '../features/messages/messages.svelte.ts', 'renderer-base-is-below-features'],
  ['renderer/features/compose/bits.ts', 'bits-ui', 'controls-only-in-ui'],
  ['main/shell/tests.ts', '../../tests/fake.ts', 'product-does-not-need-tests'],
  ['shared/circle-a.ts', './circle-b.ts', 'no-circular'],
];

/** What the planted imports lead to, and imports that are allowed and must stay so. */
const ALLOWED: readonly (readonly [file: string, ...imports: string[]])[] = [
  ['shared/circle-b.ts', './circle-a.ts'],
  ['shared/errors.ts', 'valibot', '@orpc/contract'],
  ['main/index.ts', 'electron', './shell/window.ts'],
  ['main/shell/window.ts', 'electron', 'keytar', '../logging/log.ts', '#shared/errors.ts'],
  ['main/preload/preload.ts', 'electron'],
  ['main/logging/log.ts', 'node:fs'],
  ['main/ipc/port.ts', '#shared/errors.ts', '../logging/log.ts'],
  ['main/engine/host-client.ts', '../ipc/port.ts'],
  ['main/engine/store/open.ts', '@photostructure/sqlite'],
  ['main/engine/gateways/gateway.ts', '#shared/errors.ts'],
  ['main/engine/gateways/rest/client.ts', '../gateway.ts', 'undici', '../../../logging/log.ts'],
  ['main/engine/entry.ts', './features/campaigns/handlers.ts', './gateways/rest/client.ts'],
  ['main/engine/features/campaigns/service.ts', './queries.ts', '../../gateways/gateway.ts'],
  ['main/engine/features/campaigns/queries.ts', '../../store/open.ts'],
  ['main/engine/features/campaigns/handlers.ts', './service.ts', '#shared/errors.ts'],
  ['main/engine/features/outbox/service.ts', '../campaigns/service.ts'],
  ['main/practice/core.ts', 'node:http', '#shared/errors.ts'],
  ['renderer/app/routes.ts', '../features/messages/messages.svelte.ts', '../ui/button.ts'],
  ['renderer/features/messages/messages.svelte.ts', '../../ui/button.ts', '#shared/errors.ts'],
  ['renderer/ui/button.ts', 'bits-ui'],
  ['tests/fake.ts'],
];

type Violation = { readonly from: string; readonly rule: string };

/** Runs the very command of `npm run check` over a folder laid out like the repository. */
function violations(folder: string): Violation[] {
  const tool = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const args = [tool, '--config', config, '-T', 'json', 'shared', 'main', 'renderer'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}

function source(file: string, imports: readonly string[]): string {
  const lines = imports.map((specifier) => `import '${specifier}';\n`).join('');
  return file.endsWith('.svelte') ? `<script lang="ts">\n${lines}</script>\n` : `${lines}export {};\n`;
}

describe('who may import whom', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mim-architecture-'));
  let found: Violation[] = [];

  beforeAll(() => {
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    for (const file of ['package.json', 'tsconfig.base.json']) {
      cpSync(path.join(root, file), path.join(folder, file));
    }
    const planted = FORBIDDEN.map(([from, to]) => [from, to] as const);
    for (const [file, ...imports] of [...ALLOWED, ...planted]) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), source(file, imports));
    }
    found = violations(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(FORBIDDEN)('%s may not import %s (%s)', (from, _to, rule) => {
    expect(found).toContainEqual({ from, rule });
  });

  it('lets through what the architecture allows', () => {
    const planted = new Set([...FORBIDDEN.map(([from]) => from), 'shared/circle-b.ts']);
    expect(found.filter(({ from }) => !planted.has(from))).toEqual([]);
  });
});
