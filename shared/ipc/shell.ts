import * as v from 'valibot';
import { ERROR_CODES } from '../errors.ts';
import { CampaignId, Space } from '../ids.ts';
import { call, Count, FileHandle, live } from './base.ts';

/** Settings that the shell needs before any store is open. */
export const Settings = v.object({
  /** `null` until the user has chosen in the first run. */
  language: v.nullable(v.picklist(['en', 'bn'])),
  theme: v.picklist(['system', 'light', 'dark']),
  firstRunDone: v.boolean(),
  /** With the window closed the program stays in the tray while something is to be sent. */
  staysInTray: v.boolean(),
});
export type Settings = v.InferOutput<typeof Settings>;

/** Whether the engine answers. After `restarting` the page receives a new port; `failed` carries the reason and stays. */
export const EngineStatus = v.object({
  state: v.picklist(['starting', 'running', 'restarting', 'failed']),
  restarts: Count,
  code: v.nullable(v.picklist(ERROR_CODES)),
  detail: v.nullable(v.string()),
});
export type EngineStatus = v.InferOutput<typeof EngineStatus>;

/** Where passwords go. `session` keeps them in memory until the program ends and is only ever chosen by the user. */
export const VaultMode = v.picklist(['keychain', 'session']);
export type VaultMode = v.InferOutput<typeof VaultMode>;

/** Outcome of the write-read-delete self-test; `fix` names the help text that says what to install or unlock. */
export const VaultTest = v.variant('ok', [
  v.object({ ok: v.literal(true) }),
  v.object({
    ok: v.literal(false),
    code: v.picklist(['VAULT_UNAVAILABLE', 'VAULT_LOCKED']),
    fix: v.picklist([
      'linux-secret-service',
      'unlock-keyring',
      'macos-keychain',
      'windows-credential-manager',
    ]),
    detail: v.string(),
  }),
]);
export type VaultTest = v.InferOutput<typeof VaultTest>;

/** Pages on the web that the user may open; the page passes an id, never an address. */
export const LinkId = v.picklist(['mimsms-home', 'mimsms-support']);
export type LinkId = v.InferOutput<typeof LinkId>;

/** A file that the user chose or dropped onto the window. `size` in bytes. */
export const ChosenFile = v.object({ handle: FileHandle, name: v.string(), size: Count });
export type ChosenFile = v.InferOutput<typeof ChosenFile>;

/** A place in the page that a notification leads to: a campaign, or the sendings that are repeated. */
export const WantedPlace = v.variant('kind', [
  v.object({ kind: v.literal('campaign'), space: Space, id: CampaignId }),
  v.object({ kind: v.literal('repeated'), space: Space }),
]);
export type WantedPlace = v.InferOutput<typeof WantedPlace>;

/** Everything the page can ask of the main process. */
export const shellContract = {
  app: {
    info: call().output(
      v.object({
        version: v.string(),
        electron: v.string(),
        chromium: v.string(),
        platform: v.string(),
        packaged: v.boolean(),
      }),
    ),
    /** What the user asked for outside of the page (a notification), told once; `null`: nothing. */
    wanted: call().output(live(v.nullable(WantedPlace))),
    openLink: call()
      .input(v.object({ id: LinkId }))
      .output(v.null()),
  },
  settings: {
    get: call().output(Settings),
    update: call().input(v.partial(Settings)).output(Settings),
    watch: call().output(live(Settings)),
  },
  engine: {
    status: call().output(live(EngineStatus)),
    /** Starts a failed engine again. */
    restart: call().output(v.null()),
  },
  files: {
    /** Lets the user choose a file to read; `null`: the user thought better of it. */
    choose: call()
      .input(v.object({ kind: v.picklist(['import', 'recipients']) }))
      .output(v.nullable(ChosenFile)),
    /** Lets the user choose where to write; an existing file is replaced only after the system has asked. */
    chooseSave: call()
      .input(
        v.object({ name: v.pipe(v.string(), v.maxLength(120)), format: v.picklist(['csv', 'xlsx', 'vcf']) }),
      )
      .output(v.nullable(v.object({ handle: FileHandle, name: v.string() }))),
    /** Files dropped onto the window, one by one. The first event tells the one before (`null`: none), which is old news. */
    dropped: call().output(live(v.nullable(ChosenFile))),
  },
  vault: {
    mode: call().output(VaultMode),
    setMode: call()
      .input(v.object({ mode: VaultMode }))
      .output(VaultMode),
    selfTest: call().output(VaultTest),
  },
};
