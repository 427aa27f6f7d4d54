import type { Page } from 'playwright';
import { ENGINE_PORT_MESSAGE, PORTS_WANTED_MESSAGE, SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';

/** Which of the two ports of the page. */
export type PortName = 'shell' | 'engine';

/** What came back for a raw call: the status and body of the wire form, or `null` when the port was closed meanwhile. */
export type RawAnswer = { readonly status: number; readonly body: unknown } | null;

/** The page's own ports in the hands of a script that keeps to no contract. */
export type RawPorts = {
  /** A well-formed call with any path and input. */
  call(port: PortName, path: string, input?: unknown): Promise<RawAnswer>;
  /** Posts anything at all. `script` is an expression that is evaluated in the page, for what cannot be handed over. */
  postExpression(port: PortName, script: string): Promise<void>;
  /** Opens a live stream and gives a function that reads all values so far. */
  follow(port: PortName, path: string): Promise<() => Promise<readonly unknown[]>>;
  /** How many engine ports the page was given since it loaded. */
  enginePorts(): Promise<number>;
};

type PageState = {
  ports: Record<PortName, MessagePort[]>;
  waiting: Record<string, (answer: { status: number; body: unknown } | null) => void>;
  streams: Record<string, unknown[]>;
  count: number;
};

declare global {
  interface Window {
    mimRaw: PageState;
  }
}

/**
 * Replaces the app's page by an empty document of the same origin and asks for the ports from there, as a script would
 * that took over the page: nothing of our own client stands in between.
 *
 * @param awaited the ports to wait for: there is none to an engine that could not start
 */
export async function takePorts(
  page: Page,
  awaited: readonly PortName[] = ['shell', 'engine'],
): Promise<RawPorts> {
  const stylesheet = await page.evaluate(
    () => document.querySelector<HTMLLinkElement>('link[rel=stylesheet]')?.href ?? '',
  );
  await page.goto(stylesheet);
  await page.evaluate(listenForPorts, {
    wanted: PORTS_WANTED_MESSAGE,
    names: { [SHELL_PORT_MESSAGE]: 'shell', [ENGINE_PORT_MESSAGE]: 'engine' } as Record<string, PortName>,
  });
  await page.waitForFunction((names) => names.every((name) => window.mimRaw.ports[name].length > 0), awaited);
  return {
    call: (port, path, input) =>
      page.evaluate(
        ([name, to, value]) =>
          new Promise<RawAnswer>((resolve) => {
            const state = window.mimRaw;
            const id = `call-${(state.count += 1)}`;
            const line = state.ports[name].at(-1);
            state.waiting[id] = resolve;
            line?.addEventListener('close', () => resolve(null));
            line?.postMessage(JSON.stringify({ i: id, p: { u: to, b: { json: value } } }));
          }),
        [port, path, input] as const,
      ),
    postExpression: (port, script) =>
      page.evaluate(`window.mimRaw.ports.${port}.at(-1).postMessage(${script})`).then(() => undefined),
    async follow(port, path) {
      const id = await page.evaluate(
        ([name, to]) => {
          const state = window.mimRaw;
          const stream = `stream-${(state.count += 1)}`;
          state.streams[stream] = [];
          state.ports[name].at(-1)?.postMessage(JSON.stringify({ i: stream, p: { u: to, b: {} } }));
          return stream;
        },
        [port, path] as const,
      );
      return () => page.evaluate((stream) => window.mimRaw.streams[stream] ?? [], id);
    },
    enginePorts: () => page.evaluate(() => window.mimRaw.ports.engine.length),
  };
}

/** Runs in the page. */
function listenForPorts({ wanted, names }: { wanted: string; names: Record<string, PortName> }): void {
  const state: PageState = { ports: { shell: [], engine: [] }, waiting: {}, streams: {}, count: 0 };
  window.mimRaw = state;
  window.addEventListener('message', (event: MessageEvent<string>) => {
    const [port] = event.ports;
    const name = names[event.data];
    if (!port || !name) return;
    port.addEventListener('message', (message: MessageEvent<string>) => {
      const { i, t, p } = JSON.parse(message.data);
      if (t === 3 && p.e === 'message') state.streams[i]?.push(p.d.json.value);
      else if (t === undefined) state.waiting[i]?.({ status: p.s ?? 200, body: p.b?.json ?? null });
    });
    port.start();
    state.ports[name].push(port);
  });
  window.postMessage(wanted, '*');
}
