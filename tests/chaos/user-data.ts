import { randomUUID } from 'node:crypto';
import keytar from 'keytar';
import { systemClock } from '../../main/engine/clock.ts';
import { composeEngine } from '../../main/engine/compose.ts';
import type { PracticeGateway } from '../../main/practice/practice.ts';
import { fakeHost } from '../integration/accounts/fake-host.ts';
import type { Variant } from './variants.ts';

/** The name under which the app's passwords stand in the system's keychain. */
const SERVICE = 'MiM SMS Desktop';
/** Long enough to close the store before the first message leaves, ms. */
const HOLD_MS = 5_000;

/**
 * Makes a user data folder in which an account is saved, with its password in this session's keychain, and a campaign is queued: the app
 * that is opened on it sends by itself. Gives what empties the keychain again.
 */
export async function seedUserData(
  dataDir: string,
  gateway: PracticeGateway,
  { protocol, advanced }: Variant,
  messages: number,
): Promise<() => Promise<void>> {
  const { host, state } = fakeHost();
  const composed = await composeEngine({
    dataDir,
    host,
    clock: systemClock,
    version: 'chaos',
    timings: { real: { hold: HOLD_MS } },
  });
  if (!composed.ok) throw new Error(`the engine: ${composed.error.code}`);
  const { accounts, workspaces, stop } = composed.value;
  const added = await accounts.add(
    {
      name: 'School',
      protocol,
      options: {},
      serverAddress: protocol === 'smpp' ? gateway.smppUrl : gateway.url,
      allowHttp: true,
      userName: 'practice',
      senders: ['School'],
    },
    protocol.startsWith('key') ? gateway.apiKey('practice') : 'practice',
  );
  if (!added.ok) throw new Error(`the account: ${added.error.code}`);
  const { id } = added.value;
  if (advanced) await accounts.probe(id);
  const request = {
    accountId: id,
    sender: 'School',
    text: 'Roll {{number}}: school reopens on Monday at nine.',
    recipients: Array.from({ length: messages }, (_, i) => `88017${String(30_000_000 + i)}`).join('\n'),
  };
  const { campaigns, rules } = workspaces.real;
  // The first few are not waited for: when their fate stays unknown, only a user lets the others go.
  rules.update({ canary: 0 });
  const plan = await campaigns.plan(request);
  if (!plan.ok) throw new Error(`the plan: ${plan.error.code}`);
  const sent = await campaigns.send({
    request,
    expectedRecipients: plan.value.recipients,
    expectedParts: plan.value.parts,
    typedCount: plan.value.recipients,
    accepted: plan.value.warnings.map(({ kind }) => kind),
    seen: plan.value.warningsKey,
    token: randomUUID(),
  });
  if (!sent.ok) throw new Error(`the campaign: ${sent.error.code}`);
  await stop();
  await keytar.setPassword(SERVICE, id, state.secrets.get(id) ?? '');
  return async () => void (await keytar.deletePassword(SERVICE, id));
}
