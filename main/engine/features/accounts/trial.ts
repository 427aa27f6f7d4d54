import { appError, type AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, type AccountId } from '#shared/ids.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { Secret } from '../../../logging/secret.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayAddress } from '../../gateways/gateway.ts';
import type { CreateGateway } from './connections.ts';
import { checkForm, passwordNeeded, schemeOf } from './form.ts';
import { probe, type Probed } from './probe.ts';
import type { AccountRow } from './queries.ts';
import type { Secrets } from './secrets.ts';

/** What {@link createTrial} stands on. `present` gives an account that was not removed. */
type TrialDeps = {
  readonly present: (id: AccountId) => AccountRow | null;
  readonly secrets: Secrets;
  readonly createGateway: CreateGateway;
  readonly gatewayFor: (id: AccountId) => Promise<Result<Gateway, AppError>>;
  readonly clock: Clock;
  /** Given when the program ends. */
  readonly signal: AbortSignal;
};

/**
 * Harmless looks at servers: of unsaved form values over connections of their own (without a password the stored one is used,
 * for the server it was stored for), or of an account as it is saved. Saves nothing.
 */
export function createTrial({ present, secrets, createGateway, gatewayFor, clock, signal }: TrialDeps) {
  const storedPassword = async (id: AccountId, userName: string) => {
    const secret = await secrets.get(id);
    return secret.ok ? ok({ userName, password: secret.value.reveal() }) : secret;
  };

  function look(
    account: Pick<AccountForm, 'protocol' | 'serverAddress' | 'options'>,
    address: GatewayAddress,
  ): Promise<Result<Probed, AppError>> {
    return probe(
      account.protocol,
      schemeOf(account),
      (protocol) =>
        createGateway(address, {
          protocol,
          options: account.options,
          capabilities: null,
          recipientsPerRequest: null,
        }),
      () => clock.now(),
      signal,
    );
  }

  return {
    /** Tries form values. */
    async test(
      id: AccountId | undefined,
      form: AccountForm,
      password: string | undefined,
    ): Promise<Result<Probed, AppError>> {
      if (id === PRACTICE_ACCOUNT_ID) return practiceLook(await gatewayFor(id));
      const account = id === undefined ? null : present(id);
      if (id !== undefined && !account) return err(appError('NOT_FOUND'));
      const checked = checkForm(form);
      if (!checked.ok) return checked;
      const refused = passwordNeeded(account, checked.value.origin, password);
      if (refused) return err(refused);
      const { fields } = checked.value;
      const given = password === undefined ? null : new Secret(password);
      return look(fields, {
        serverAddress: fields.serverAddress,
        allowHttp: fields.allowHttp,
        credentials: async () => {
          if (given) return ok({ userName: fields.userName, password: given.reveal() });
          return account
            ? storedPassword(account.id, fields.userName)
            : err(appError('PASSWORD_MISSING', { field: 'password' }));
        },
      });
    },

    /** Looks at a saved account's server again. */
    async again(account: AccountRow): Promise<Result<Probed, AppError>> {
      if (account.id === PRACTICE_ACCOUNT_ID) return practiceLook(await gatewayFor(account.id));
      // Asked before the first request, so that a locked keyring is not mistaken for a failing gateway.
      const secret = await secrets.get(account.id);
      if (!secret.ok) return secret;
      return look(account, {
        serverAddress: account.serverAddress,
        allowHttp: account.allowHttp,
        credentials: () => storedPassword(account.id, account.userName),
      });
    },
  };

  /** The practice gateway is known to do everything; only whether it answers is of interest. */
  async function practiceLook(gateway: Result<Gateway, AppError>): Promise<Result<Probed, AppError>> {
    if (!gateway.ok) return gateway;
    const balance = await gateway.value.balance(signal);
    if (!balance.ok) return balance;
    const { capabilities } = gateway.value;
    return ok({
      balance: balance.value,
      path: {
        protocol: 'rest-json',
        capabilities,
        probedAt: clock.now(),
        steps: [{ protocol: 'rest-json', what: 'balance', ok: true, code: null }],
      },
    });
  }
}
