// Accounts, profile and audit without a browser: what a list shows after every answer of the hub, and after none.
import { expect, test } from '@playwright/test';
import { address, type Place, read } from '../../admin/routes';
import { differencesOf } from '../../admin/settings/audit/differences';
import { changeOf, entriesOf, formOf } from '../../admin/store/account-entries';
import { Accounts } from '../../admin/store/accounts';
import type { Answer } from '../../admin/store/api';
import type { AccountsApi, AccountView, AuditEntry, ProfileApi } from '../../admin/store/api-accounts';
import { Pages } from '../../admin/store/pages';
import { Profile } from '../../admin/store/profile';

function account(id: string, more: Partial<AccountView> = {}): AccountView {
  return {
    id,
    email: `${id}@bakery.example`,
    given_name: id,
    family_name: 'Nowak',
    role: 'consultant',
    takes_calls: true,
    sends_transcripts: true,
    language: 'en',
    has_joined: true,
    has_second_factor: false,
    most_chats: null,
    languages: [],
    skills: [],
    ...more,
  };
}

const TEAM = [account('anna'), account('ben'), account('olga', { role: 'owner' })];

function right<T>(value: T): Promise<Answer<T>> {
  return Promise.resolve({ ok: true, value });
}

function refused<T>(status: number, code: string): Promise<Answer<T>> {
  return Promise.resolve({ ok: false, problem: { status, code } });
}

/** A call the test did not hand in is a mistake of the test, and fails as one. */
function accountsApi(calls: Partial<AccountsApi>): AccountsApi {
  return { list: () => right({ accounts: [...TEAM] }), ...calls } as AccountsApi;
}

async function loaded(calls: Partial<AccountsApi> = {}): Promise<Accounts> {
  const accounts = new Accounts(accountsApi(calls));
  await accounts.load();
  return accounts;
}

function names(accounts: Accounts): string[] {
  return accounts.list.value.map((one) => one.given_name);
}

test('an account moves to a place and no further than the ends', async () => {
  const accounts = await loaded();

  expect(accounts.place('olga', 0)).toBe(true);
  expect(names(accounts)).toEqual(['olga', 'anna', 'ben']);
  expect(accounts.place('olga', -1)).toBe(false);
  expect(accounts.place('anna', 9)).toBe(true);
  expect(names(accounts)).toEqual(['olga', 'ben', 'anna']);
  expect(accounts.place('nobody', 1)).toBe(false);
});

test('what the rules choose by is sent when it changed, without the commas', () => {
  const kept = account('anna', { most_chats: 3, languages: ['pl', 'en-GB'], skills: ['cakes'] });
  const entries = entriesOf(kept, 'en');
  expect(entries.talents).toEqual({ most_chats: '3', languages: 'pl, en-GB', skills: 'cakes' });
  expect(changeOf(kept, { ...entries, talents: { ...entries.talents, languages: ' pl,en-GB ,' } })).toEqual({});

  const talents = { most_chats: '', languages: 'en-GB, pl', skills: 'cakes, bread & rolls' };

  expect(changeOf(kept, { ...entries, talents })).toEqual({
    most_chats: null,
    languages: ['en-GB', 'pl'],
    skills: ['cakes', 'bread & rolls'],
  });
});

test('orders are kept one after another, the last one made last', async () => {
  const kept: string[][] = [];
  const ends: (() => void)[] = [];
  const order = (ids: string[]): Promise<Answer<{ accounts: AccountView[] }>> => {
    kept.push(ids);
    return new Promise((end) => ends.push(() => end({ ok: true, value: { accounts: [] } })));
  };
  const accounts = await loaded({ order });
  accounts.place('olga', 0);
  const first = accounts.keepOrder();
  accounts.place('ben', 0);
  const second = accounts.keepOrder();

  await expect.poll(() => kept.length).toBe(1);
  ends[0]?.();
  await first;
  await expect.poll(() => kept.length).toBe(2);
  ends[1]?.();
  await second;

  expect(kept).toEqual([
    ['olga', 'anna', 'ben'],
    ['ben', 'olga', 'anna'],
  ]);
});

test('an order the hub refuses is replaced by what the hub has', async () => {
  const accounts = await loaded({ order: () => refused(409, 'stale') });
  accounts.place('olga', 0);

  const problem = await accounts.keepOrder();

  expect(problem?.code).toBe('stale');
  expect(names(accounts)).toEqual(['anna', 'ben', 'olga']);
});

test('a list that cannot be loaded says so, and one that is there stays when asking again fails', async () => {
  let isThere = false;
  const accounts = new Accounts(
    accountsApi({ list: () => (isThere ? right({ accounts: [...TEAM] }) : refused(0, 'offline')) }),
  );
  await accounts.load();
  expect(accounts.listing.value.is).toBe('failed');

  isThere = true;
  await accounts.load();
  isThere = false;
  await accounts.load();

  expect(accounts.listing.value.is).toBe('here');
  expect(names(accounts)).toEqual(['anna', 'ben', 'olga']);
});

test('a refused deletion leaves the account, one that is gone already counts as done', async () => {
  const answers = [refused<void>(409, 'last_owner'), refused<void>(404, 'unknown_account')];
  const accounts = await loaded({ remove: () => answers.shift() ?? right(undefined) });

  expect((await accounts.remove('olga'))?.code).toBe('last_owner');
  expect(names(accounts)).toContain('olga');
  expect(await accounts.remove('olga')).toBeNull();
  expect(names(accounts)).not.toContain('olga');
});

test('only what differs from the account is sent', () => {
  const ben = account('ben', { photo: '/i/ben.png' });
  const entries = entriesOf(ben, 'pl');

  expect(changeOf(ben, entries)).toEqual({});
  expect(changeOf(ben, { ...entries, email: ' ben@bakery.example ', role: 'owner', photo: null })).toEqual({
    role: 'owner',
    photo: null,
  });
});

test('somebody new is invited unless a password was chosen', () => {
  const entries = { ...entriesOf(null, 'pl'), email: ' eve@bakery.example', password: 'never sent with a link' };

  expect(formOf(entries)).not.toHaveProperty('password');
  expect(formOf(entries)).toMatchObject({ email: 'eve@bakery.example', language: 'pl', role: 'consultant' });
  expect(formOf({ ...entries, way: 'password' }).password).toBe('never sent with a link');
});

test('the second factor goes from a draft over the codes to being on, and back', async () => {
  const draft = { secret: 'ABC', uri: 'otpauth://', qr: { size: 1, path: '' }, draft: 'sealed' };
  const proofs: string[][] = [];
  const profile = new Profile(
    {
      draftFactor: () => right(draft),
      setFactor: (...proof: string[]) => {
        proofs.push(proof);
        return proofs.length === 1 ? refused(401, 'wrong_code') : right({ recovery_codes: ['one', 'two'] });
      },
      removeFactor: () => right(undefined),
    } as Partial<ProfileApi> as ProfileApi,
    false,
  );

  await profile.draftFactor('password');
  expect(await profile.proveFactor('000000')).toMatchObject({ code: 'wrong_code' });
  expect(profile.factor.value.is).toBe('drafted');
  expect(await profile.proveFactor('123456')).toBeNull();
  expect(profile.factor.value).toEqual({ is: 'codes', codes: ['one', 'two'] });
  expect(proofs).toEqual([
    ['sealed', '000000'],
    ['sealed', '123456'],
  ]);
  profile.keptCodes();
  expect(profile.factor.value.is).toBe('on');
  await profile.removeFactor('password', '123456');
  expect(profile.factor.value.is).toBe('off');
});

test('older pages are added once, and an answer that comes too late is dropped', async () => {
  const asked: (string | undefined)[] = [];
  const ends: ((ids: string[]) => void)[] = [];
  const pages = new Pages<{ id: string }>((_limit, before) => {
    asked.push(before);
    return new Promise((end) => {
      ends.push((ids) => end({ ok: true, value: { entries: ids.map((id) => ({ id })), more: ids.length > 1 } }));
    });
  });
  const first = pages.load();
  ends[0]?.(['5', '4']);
  await first;
  const older = pages.loadMore();
  ends[1]?.(['4', '3']);
  await older;
  expect(pages.entries.value.map((entry) => entry.id)).toEqual(['5', '4', '3']);

  const late = pages.loadMore();
  const renewed = pages.load();
  ends[3]?.(['6']);
  await renewed;
  ends[2]?.(['2', '1']);
  await late;

  expect(asked).toEqual([undefined, '4', '3', undefined]);
  expect(pages.entries.value.map((entry) => entry.id)).toEqual(['6']);
  expect(pages.hasMore.value).toBe(false);
});

test('the audit names the fields that differ and leaves out what stayed', () => {
  const entry: AuditEntry = {
    id: '1',
    at: 0,
    action: 'package.saved',
    subject: 'p',
    subject_name: 'Shop',
    before: { name: 'Shop', settings: { button: { color: 'blue' }, hours: { week: { mon: { open: 'all_day' } } } } },
    after: {
      name: 'Shop',
      settings: {
        button: { color: 'green' },
        hours: { week: { mon: { open: 'hours', intervals: [{ from: '09:00', to: '17:00' }] } } },
      },
    },
  };

  const differences = differencesOf(entry);

  expect(differences.map(({ pointer, before, after }) => [pointer, before, after])).toEqual([
    ['/settings/button/color', 'package.color.blue', 'package.color.green'],
    ['/settings/hours/week/mon', 'audit.all_day', '09:00–17:00'],
  ]);
});

test('every place has an address that leads back to it', () => {
  const places: Place[] = [
    { at: 'orders' },
    { at: 'messages' },
    { at: 'accounts' },
    { at: 'account', account: 'new' },
    { at: 'account', account: '0000000000ANA' },
    { at: 'audit' },
    { at: 'profile' },
    { at: 'link', token: 'a-token' },
  ];

  for (const place of places) expect(read(address(place))).toEqual(place);
  expect(read('#/accounts/not-an-id')).toEqual({ at: 'list' });
});
