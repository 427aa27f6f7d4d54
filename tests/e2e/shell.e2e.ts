import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { appArguments, electronExecutable, ENGINE, launchApp, temporaryFolder } from './support/app.ts';
import { countingServer } from './support/counting-server.ts';
import { eventually } from './support/eventually.ts';
import { takePorts } from './support/raw-ports.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe('what the page is', () => {
  it('is served from the list of built files alone, under the strict policy', async () => {
    const { app } = await launchApp();
    const ask = (address: string) =>
      app.evaluate(async ({ session }, url) => {
        const answer = await session.defaultSession.fetch(url);
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          text: await answer.text(),
        };
      }, address);

    const page = await ask('app://bundle/index.html');
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      'content-security-policy': POLICY,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    for (const address of [
      'app://bundle/%2e%2e/main/index.js',
      'app://bundle/..%2fmain%2findex.js',
      'app://other/index.html',
    ]) {
      const refused = await ask(address);
      expect(refused, address).toMatchObject({ status: 404, text: 'Not found' });
      expect(refused.headers['content-security-policy']).toBe(POLICY);
    }
  });

  it('keeps to its own policy and finds nothing of Node in its world', async () => {
    const { page } = await launchApp();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.reload();
    await eventually(() => page.locator('body').innerText()).not.toBe('');
    expect(complaints).toEqual([]);

    const world = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', 'global'].filter(
        (name) => name in window,
      ),
    );
    expect(world).toEqual([]);
  });

  it('reaches no network, by whichever way it is tried', async () => {
    const { app, page } = await launchApp();
    const server = await countingServer();

    const tried = await page.evaluate(async (url) => {
      const fetched = await fetch(url).then(
        () => 'answered',
        () => 'refused',
      );
      const loaded = (element: HTMLElement) =>
        new Promise<string>((resolve) => {
          element.addEventListener('load', () => resolve('answered'));
          element.addEventListener('error', () => resolve('refused'));
          document.body.append(element);
        });
      const image = document.createElement('img');
      image.src = `${url}/image`;
      const script = document.createElement('script');
      script.src = `${url}/script.js`;
      const socket = new Promise<string>((resolve) => {
        const line = new WebSocket(url.replace('http', 'ws'));
        line.addEventListener('open', () => resolve('answered'));
        line.addEventListener('error', () => resolve('refused'));
      });
      navigator.sendBeacon(`${url}/beacon`, 'x');
      return [fetched, await loaded(image), await loaded(script), await socket];
    }, server.url);
    expect(tried).toEqual(['refused', 'refused', 'refused', 'refused']);

    // Even without the policy of the page the session lets nothing out.
    const error = await app.evaluate(async ({ BrowserWindow }, url) => {
      const bare = new BrowserWindow({ show: false });
      const outcome = await bare.loadURL(url).then(
        () => 'loaded',
        (reason: unknown) => String(reason),
      );
      bare.destroy();
      return outcome;
    }, server.url);
    expect(error).toContain('ERR_BLOCKED_BY_CLIENT');
    expect(server.connections()).toBe(0);
  });

  it('cannot navigate, open windows, download or get a permission', async () => {
    const running = await launchApp();
    const { app, page } = running;
    const home = page.url();

    const outcome = await page.evaluate(async () => {
      const opened = window.open('https://example.com/');
      const link = document.createElement('a');
      link.href = 'app://bundle/index.html';
      link.download = 'page.html';
      document.body.append(link);
      link.click();
      location.href = 'https://example.com/?typed=secret';
      return {
        opened: opened === null,
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices
          .getUserMedia({ video: true })
          .catch((error: Error) => error.name),
        place: await new Promise<number | string>((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('found'),
            (error) => resolve(error.code),
          ),
        ),
      };
    });
    expect(outcome).toMatchObject({ opened: true, notifications: 'denied', place: 1 });
    expect(outcome.camera).toMatch(/^Not(Allowed|Found)Error$/);
    await eventually(running.logs).toContain('download.refused');
    await eventually(running.logs).toContain('navigation.refused');
    expect(running.logs()).not.toContain('typed=secret');
    expect(page.url()).toBe(home);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

describe('who gets the ports', () => {
  it('is nobody but the main frame of our own window', async () => {
    const running = await launchApp();
    const asked = await running.app.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/dist/preload/preload.cjs`;
      const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await other.loadURL('app://bundle/index.html');
      await other.webContents.executeJavaScript(
        `window.given = 0; window.addEventListener('message', (e) => (window.given += e.ports.length));
         window.postMessage('mim:ports-wanted', '*'); null`,
      );
      return other.id;
    });
    await eventually(running.logs).toContain('ports.refused');
    const given = await running.app.evaluate(
      ({ BrowserWindow }, id) => BrowserWindow.fromId(id)?.webContents.executeJavaScript('window.given'),
      asked,
    );
    expect(given).toBe(0);
  });

  it('is not a page of another origin in our window', async () => {
    const running = await launchApp();
    await running.app.evaluate(async ({ session, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      session.defaultSession.protocol.handle(
        'strange',
        () => new Response('<p>', { headers: { 'content-type': 'text/html' } }),
      );
      session.defaultSession.webRequest.onBeforeRequest((_request, decide) => decide({ cancel: false }));
      // `loadURL` takes the end of the load that is still under way for the end of its own.
      if (window?.webContents.isLoading()) {
        await new Promise((resolve) => window.webContents.once('did-stop-loading', () => resolve(null)));
      }
      await window?.loadURL('strange://bundle/index.html');
      await window?.webContents.executeJavaScript(
        `window.given = 0; window.addEventListener('message', (e) => (window.given += e.ports.length));
         window.postMessage('mim:ports-wanted', '*'); null`,
      );
    });
    await eventually(running.logs).toContain('ports.refused');
    const given = await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('window.given'),
    );
    expect(given).toBe(0);
  });
});

describe('a page in hostile hands', () => {
  it('gets typed refusals on both ports, and both go on working', async () => {
    const { page } = await launchApp();
    const ports = await takePorts(page);
    const fine = { shell: '/settings/get', engine: '/accounts/list' } as const;

    for (const port of ['shell', 'engine'] as const) {
      for (const path of [
        '/nothing',
        '/secrets/get',
        '/__proto__/constructor',
        '/constructor',
        '/toString',
        '/app',
        '/',
      ]) {
        expect(await ports.call(port, path, { accountId: 'practice' }), `${port} ${path}`).toMatchObject({
          body: { code: 'NOT_FOUND' },
        });
      }
      for (const junk of [
        'null',
        '{}',
        '[]',
        '42',
        '"not json"',
        '"{}"',
        'new ArrayBuffer(8)',
        'new Map([[{}, {}]])',
      ]) {
        await ports.postExpression(port, junk);
      }
      expect(await ports.call(port, fine[port]), port).toMatchObject({ status: 200 });
    }
    for (const input of [null, 7, 'x', { theme: 'pink' }, { theme: { toString: 1 } }, { language: ['en'] }]) {
      expect(await ports.call('shell', '/settings/update', input)).toMatchObject({
        body: { code: 'INVALID_INPUT' },
      });
    }
    expect(await ports.call('shell', '/app/openLink', { id: 'https://example.com/' })).toMatchObject({
      body: { code: 'INVALID_INPUT' },
    });
    expect(await ports.call('shell', '/settings/update', { theme: 'x'.repeat(100_000) })).toMatchObject({
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
    expect(await ports.call('engine', '/accounts/setDefault', { id: 'x'.repeat(9_000_000) })).toMatchObject({
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
    expect(await ports.call('shell', fine.shell)).toMatchObject({ status: 200, body: { theme: 'system' } });
    expect(await ports.call('engine', fine.engine)).toMatchObject({ status: 200 });
  });
});

describe('the program', () => {
  it('runs once for its user data: a second start shows the first one’s window', async () => {
    const { app, userData } = await launchApp();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = spawn(electronExecutable(), appArguments(userData), { stdio: 'ignore' });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    await eventually(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible())),
    ).toEqual([true]);
  });

  it('opens where it was closed, and keeps what was set', async () => {
    const userData = temporaryFolder();
    const bounds = { x: 60, y: 40, width: 1101, height: 703 };
    const first = await launchApp({ userData });
    await first.app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      bounds,
    );
    const ports = await takePorts(first.page);
    await ports.call('shell', '/settings/update', { theme: 'dark', language: 'bn' });
    await first.close();

    const { app, page } = await launchApp({ userData });
    const found = await app.evaluate(({ app: electron, BrowserWindow, Menu, nativeTheme }) => ({
      name: electron.getName(),
      bounds: BrowserWindow.getAllWindows()[0]?.getBounds(),
      theme: nativeTheme.themeSource,
      menu: Menu.getApplicationMenu()?.items.map((item) => item.label),
    }));
    expect(found).toMatchObject({ name: 'MiM SMS Desktop', bounds, theme: 'dark' });
    expect(found.menu).toContain('সম্পাদনা');
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  });

  it('starts with a damaged settings file, and keeps that file', async () => {
    const userData = temporaryFolder();
    writeFileSync(path.join(userData, 'settings.json'), '{"version":1,"value":{"theme":"da');
    writeFileSync(path.join(userData, 'window.json'), '{"version":99,"value":{}}');
    const running = await launchApp({ userData });
    const ports = await takePorts(running.page);
    expect(await ports.call('shell', '/settings/get')).toMatchObject({
      body: { theme: 'system', firstRunDone: false },
    });
    const kept = readdirSync(userData).filter((name) => name.includes('.damaged-'));
    expect(kept.map((name) => name.split('.')[0]).sort()).toEqual(['settings', 'window']);
    const settings = kept.find((name) => name.startsWith('settings')) ?? '';
    expect(readFileSync(path.join(userData, settings), 'utf8')).toContain('"theme":"da');
    expect(running.logs()).toContain('settings.damaged');
  });

  it('brings a crashed page back while the engine goes on', async () => {
    const running = await launchApp();
    const { app } = running;
    await eventually(async () => (await running.processes()).has(ENGINE)).toBe(true);
    const engine = (await running.processes()).get(ENGINE);
    const before = await app.evaluate(({ webContents }) => {
      const [contents] = webContents.getAllWebContents();
      const pid = contents?.getOSProcessId();
      contents?.forcefullyCrashRenderer();
      return pid;
    });
    const pageNow = () =>
      app.evaluate(({ webContents }) => {
        const [contents] = webContents.getAllWebContents();
        return { pid: contents?.getOSProcessId() ?? 0, loading: contents?.isLoading() };
      });
    await eventually(async () => (await pageNow()).pid).not.toBe(before);
    await eventually(pageNow).toMatchObject({ loading: false, pid: expect.any(Number) });
    expect(running.logs()).toContain('page.gone');
    expect((await running.processes()).get(ENGINE)).toBe(engine);
  });

  it('stays when its window is closed while something is to be sent, and a second start shows the window', async () => {
    const userData = temporaryFolder();
    // As the first version of the program wrote it, when nothing stayed anywhere.
    const settings = { language: 'en', theme: 'light', firstRunDone: true, vaultMode: 'session' };
    writeFileSync(path.join(userData, 'settings.json'), JSON.stringify({ version: 1, value: settings }));
    const running = await launchApp({ userData });
    const { app } = running;
    const ports = await takePorts(running.page);
    expect(await ports.call('shell', '/settings/get')).toMatchObject({
      body: { language: 'en', staysInTray: true },
    });
    await ports.call('engine', '/rules/update', { space: 'practice', rules: { holdSeconds: 120 } });
    const request = { accountId: 'practice', sender: 'MiM Demo', text: 'x', recipients: '01712345678' };
    const sent = await ports.call('engine', '/campaigns/send', {
      ...{ request, expectedRecipients: 1, expectedParts: 1, token: crypto.randomUUID() },
    });
    expect(sent, JSON.stringify(sent)).toMatchObject({ status: 200 });
    await eventually(running.logs).toContain('sending.to-hand-over');

    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await eventually(running.logs).toContain('sending.stays');
    expect((await running.processes()).has(ENGINE)).toBe(true);
    const second = spawn(electronExecutable(), appArguments(userData), { stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await eventually(() =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((one) => one.isVisible() && !one.isMinimized()),
      ),
    ).toEqual([true]);
    // SIGTERM, as at the end of a session: nothing is asked.
    running.child.kill();
    await eventually(() => running.child.exitCode ?? running.child.signalCode).not.toBeNull();
    expect(running.logs()).toContain('quit.done');
  });

  it('leaves no process behind when it is closed', async () => {
    const running = await launchApp();
    await eventually(async () => (await running.processes()).has(ENGINE)).toBe(true);
    const engine = (await running.processes()).get(ENGINE) ?? 0;
    expect(() => process.kill(engine, 0)).not.toThrow();
    await running.close();
    expect(running.child.exitCode).toBe(0);
    await eventually(() => isAlive(engine)).toBe(false);
  });
});

describe('the engine', () => {
  it('says why it cannot open a store instead of trying again, and starts when the user asks', async () => {
    const userData = temporaryFolder();
    const store = path.join(userData, 'real.sqlite');
    writeFileSync(store, 'this is not a database, '.repeat(500));
    const running = await launchApp({ userData });
    const ports = await takePorts(running.page, ['shell']);
    const states = await ports.follow('shell', '/engine/status');
    const last = async () => (await states()).at(-1);
    await eventually(last).toMatchObject({ state: 'failed', code: 'STORE_CORRUPT', restarts: 0 });
    await eventually(async () => (await running.processes()).has(ENGINE)).toBe(false);
    expect(readFileSync(store, 'utf8')).toContain('this is not a database');

    rmSync(store);
    expect(await ports.call('shell', '/engine/restart')).toMatchObject({ status: 200 });
    await eventually(last).toMatchObject({ state: 'running' });
    await eventually(ports.enginePorts).toBeGreaterThan(0);
    expect(await ports.call('engine', '/accounts/list')).toMatchObject({ status: 200 });
  });

  it('is started again after it was killed, and the page is told and gets a new port', async () => {
    const running = await launchApp();
    const ports = await takePorts(running.page);
    const states = await ports.follow('shell', '/engine/status');
    const seen = async () => (await states()).map((value) => JSON.stringify(value)).join('\n');
    await eventually(seen).toContain('"running"');
    await running.killEngine();
    await eventually(seen).toMatch(/"restarting"[^]*"running","restarts":1/);
    expect(await ports.enginePorts()).toBe(2);
    expect(await ports.call('engine', '/accounts/list')).toMatchObject({ status: 200 });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
