import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLog, MAX_LOG_BYTES, nullLog } from '../../../main/logging/log.ts';
import { Phone, type LogFields } from '../../../main/logging/redact.ts';
import { Secret } from '../../../main/logging/secret.ts';
import { tempFolder } from '../store/temp-folder.ts';

const SECRET = 'canary-7f3a-open-sesame';

function logged() {
  const dir = tempFolder();
  const log = createLog({ dir, name: 'engine', level: 'debug' });
  const text = () => readFileSync(path.join(dir, 'engine.log'), 'utf8');
  const lines = (): Record<string, unknown>[] =>
    text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { dir, log, text, lines };
}

describe('a log line', () => {
  it('says when, how grave, where and what, with its fields', () => {
    const { log, lines, dir } = logged();
    log.child('store').info('store.opened', { ms: 12, crashed: false, file: 'real.sqlite' });
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: 'info',
        scope: 'engine.store',
        event: 'store.opened',
        ms: 12,
        crashed: false,
        file: 'real.sqlite',
      },
    ]);
    expect(statSync(path.join(dir, 'engine.log')).mode & 0o777).toBe(0o600);
  });

  it('is left out under the chosen level', () => {
    const dir = tempFolder();
    const log = createLog({ dir, name: 'quiet', level: 'warn' });
    log.info('not.this');
    log.warn('but.this');
    expect(readFileSync(path.join(dir, 'quiet.log'), 'utf8')).not.toContain('not.this');
  });

  it('cannot be forged by a line break or a field named like its head', () => {
    const { log, lines } = logged();
    log.info('one\ntwo', { level: 'error', note: 'a\n{"level":"error"}' });
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ level: 'info' });
  });

  it('tells an exception with its cause under an incident id', () => {
    const { log, lines } = logged();
    const incident = log.error('ipc.unexpected', new Error('outer', { cause: new RangeError('inner') }));
    expect(lines()[0]).toMatchObject({
      incident,
      error: { name: 'Error', message: 'outer', cause: { name: 'RangeError', message: 'inner' } },
    });
    expect(nullLog.error('x', 'thrown text')).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('nothing secret reaches the file', () => {
  it('by type', () => {
    const { log, text } = logged();
    const secret = new Secret(SECRET);
    log.info('a', { given: secret });
    log.info(`b ${secret}`);
    log.info('c', { note: JSON.stringify({ secret }) + inspect(secret, { showHidden: true }) + secret });
    log.error('d', new Error(`could not use ${String(secret)}`));
    expect(text()).not.toContain(SECRET);
    expect(text().trim().split('\n')).toHaveLength(4);
    expect(secret.reveal()).toBe(SECRET);
  });

  it('by name', () => {
    const { log, text } = logged();
    const names = [
      'password',
      'userPassword',
      'apiKey',
      'api_key',
      'Authorization',
      'auth',
      'token',
      'text',
      'smsText',
      'body',
    ];
    for (const name of names) log.info('named', { [name]: SECRET });
    expect(text()).not.toContain(SECRET);
    expect(text().trim().split('\n')).toHaveLength(names.length);
  });

  it.each([
    `Authorization: Basic ${SECRET}`,
    `authorization: App ${SECRET}`,
    `{"Authorization":"Bearer ${SECRET}"}`,
    `Basic ${SECRET}`,
    `POST body user=${SECRET}&SMSText=hi`,
    `user=a&password=${SECRET}`,
    `Apikey=${SECRET}`,
    `{"Apikey": "${SECRET}"}`,
    `https://api.example.test/api/sendsms/plain?user=x&key=${SECRET}`,
    `http://me:${SECRET}@api.example.test/restapi`,
    `http://api.example.test/x#${SECRET}`,
  ])('by pattern: %s', (line) => {
    const { log, text } = logged();
    log.info(line);
    log.warn('field', { note: line });
    log.error('thrown', new Error(line, { cause: line }));
    expect(text()).not.toContain(SECRET);
    expect(text().trim().split('\n')).toHaveLength(3);
  });

  it('not even through an address object', () => {
    const { log, text } = logged();
    log.info('request', {
      url: new URL(`https://u:${SECRET}@api.example.test/sms/1/logs?to=${SECRET}&limit=5`),
    });
    expect(text()).not.toContain(SECRET);
    expect(text()).toContain('https://api.example.test/sms/1/logs');
  });
});

describe('people stay unknown', () => {
  it.each([
    '8801712345678',
    '+8801712345678',
    '01712345678',
    '+880 1712-345678',
    '০১৭১২৩৪৫৬৭৮',
    '৮৮০১৭১২৩৪৫৬৭৮',
  ])('masks the number %s wherever it stands', (number) => {
    const { log, text } = logged();
    log.info(`to ${number}!`, { to: new Phone(number), note: `sent to ${number}.` });
    log.error('failed', new Error(`no route to ${number}`));
    expect(text()).not.toContain(number);
    expect(text()).not.toMatch(/[0-9০-৯]{4}[^0-9]?(5678|৫৬৭৮)/);
    expect(text()).toMatch(/•(678|৬৭৮)/);
  });

  it('masks a number given as a number, and keeps counts and times', () => {
    const { log, lines } = logged();
    log.info('x', { to: 8801712345678, parts: 2480, at: 1_795_000_000_000, bytes: 8_388_608 });
    expect(lines()[0]).toMatchObject({ parts: 2480, at: 1_795_000_000_000, bytes: 8_388_608 });
    expect(JSON.stringify(lines()[0])).not.toContain('8801712345678');
  });

  it('does not repeat the body that could not be parsed', () => {
    const { log, text } = logged();
    let caught: unknown = null;
    try {
      JSON.parse('Dear Rahim, your result is bad');
    } catch (error) {
      caught = error;
    }
    log.error('gateway.unreadable', caught);
    expect(text()).toContain('SyntaxError');
    expect(text()).not.toContain('Rahim');
  });
});

describe('a log that cannot be written', () => {
  it('does not stop the program', () => {
    const place = path.join(tempFolder(), 'logs');
    writeFileSync(place, 'a file where the folder should be');
    const log = createLog({ dir: place, name: 'engine', level: 'info' });
    log.info('lost');
    expect(log.error('lost.too', new Error('x'))).toMatch(/^[0-9a-f]{8}$/);
    expect(readFileSync(place, 'utf8')).toBe('a file where the folder should be');
  });

  it('survives fields that fight back', () => {
    const { log, lines } = logged();
    const hostile: LogFields = JSON.parse('{"__proto__":"x","nested":{"password":"y"},"list":[1]}');
    log.info('hostile', hostile);
    expect(lines()).toHaveLength(1);
    expect(JSON.stringify(lines())).not.toContain('"y"');
  });
});

describe('rotation', () => {
  it('puts a full file aside and keeps the three youngest', () => {
    const { dir, log } = logged();
    for (const round of ['a', 'b', 'c', 'd', 'e']) {
      writeFileSync(path.join(dir, 'engine.log'), round.repeat(MAX_LOG_BYTES + 1));
      log.info('after', { round });
    }
    const files = readdirSync(dir).sort();
    expect(files).toEqual(['engine.1.log', 'engine.2.log', 'engine.3.log', 'engine.log']);
    const firstByte = (file: string) => readFileSync(path.join(dir, file), 'utf8').charAt(0);
    expect(files.map(firstByte)).toEqual(['e', 'd', 'c', '{']);
  });
});
