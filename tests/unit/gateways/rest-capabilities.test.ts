import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Capabilities } from '#shared/accounts/capabilities.ts';
import { restCapabilities } from '../../../main/engine/gateways/rest/rest-capabilities.ts';

const ALL = { advanced: true, logs: true, inbox: true, lookup: true };

test('what the document promises, and no more', () => {
  expect(restCapabilities({})).toEqual({
    recipientsPerRequest: 100,
    differentTexts: false,
    ownMessageIds: false,
    schedule: null,
    flash: false,
    validity: false,
    transactionClass: false,
    reports: 'pull',
    logs: true,
    pageLimit: 1_000,
    logWindowMs: 172_800_000,
    balance: true,
    lookup: 'none',
    inbox: 'none',
    preview: false,
  });
});

test('everything that the platform has', () => {
  const capabilities = restCapabilities({ recipientsPerRequest: 500, abilities: ALL });
  expect(capabilities).toEqual({
    recipientsPerRequest: 500,
    differentTexts: true,
    ownMessageIds: true,
    schedule: { horizonMs: 180 * 86_400_000, cancel: true },
    flash: true,
    validity: true,
    transactionClass: false,
    reports: 'pull',
    logs: true,
    pageLimit: 1_000,
    logWindowMs: 172_800_000,
    balance: true,
    lookup: 'sync-and-async',
    inbox: 'pull',
    preview: true,
  });
  expect(v.is(Capabilities, capabilities)).toBe(true);
});

test('without a log there is no window', () => {
  expect(restCapabilities({ abilities: { ...ALL, logs: false } })).toMatchObject({
    logs: false,
    logWindowMs: 0,
  });
});

test('by GET there is one text and no own id, but a later time', () => {
  expect(restCapabilities({ abilities: ALL, useGet: true })).toMatchObject({
    differentTexts: false,
    ownMessageIds: false,
    schedule: { cancel: true },
  });
  expect(restCapabilities({ useGet: true })).toMatchObject({ schedule: { cancel: false }, flash: true });
});
