import { appError, type AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, type AccountId } from '#shared/ids.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { Secret } from '../../../logging/secret.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { CreateGateway } from './connections.ts';
import { checkForm, passwordNeeded } from './form.ts';
import type { AccountRow } from './queries.ts';
import type { Secrets } from './secrets.ts';

/** What {@link createTrial} stands on. `present` gives an account that was not removed. */
type TrialDeps = {
  readonly present: (id: AccountId) => AccountRow | null;
  readonly secrets: Secrets;
  readonly createGateway: CreateGateway;
  readonly gatewayFor: (id: AccountId) => Promise<Result<Gateway, AppError>>;
};

/**
 * Tries unsaved form values with one balance request over a connection of its own. Without a password the stored one is used,
 * for the server it was stored for. Saves nothing.
 */
export function createTrial({ present, secrets, createGateway, gatewayFor }: TrialDeps) {
  return async function test(
    id: AccountId | undefined,
    form: AccountForm,
    password: string | undefined,
  ): Promise<Result<{ balance: Money }, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return balanceOf(await gatewayFor(id));
    const account = id === undefined ? null : present(id);
    if (id !== undefined && !account) return err(appError('NOT_FOUND'));
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const refused = passwordNeeded(account, checked.value.origin, password);
    if (refused) return err(refused);
    const { fields } = checked.value;
    const given = password === undefined ? null : new Secret(password);
    const gateway = createGateway(
      {
        serverAddress: fields.serverAddress,
        allowHttp: fields.allowHttp,
        credentials: async () => {
          const secret = given
            ? ok(given)
            : account
              ? await secrets.get(account.id)
              : err(appError('PASSWORD_MISSING'));
          return secret.ok ? ok({ userName: fields.userName, password: secret.value.reveal() }) : secret;
        },
      },
      { protocol: fields.protocol, recipientsPerRequest: null },
    );
    try {
      return await balanceOf(ok(gateway));
    } finally {
      await gateway.close();
    }
  };
}

async function balanceOf(gateway: Result<Gateway, AppError>): Promise<Result<{ balance: Money }, AppError>> {
  if (!gateway.ok) return gateway;
  const balance = await gateway.value.balance();
  return balance.ok ? ok({ balance: balance.value }) : balance;
}
