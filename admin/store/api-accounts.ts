// The hub's answers about accounts, the own profile, links, the second factor and the audit.
import type { AccountId, AuditId, Moment } from '../../widget/kit/wire';
import { type Account, ask, type Language } from './api';

export type Role = 'owner' | 'consultant';

/** An account as owners see it. */
export interface AccountView {
  id: AccountId;
  email: string;
  given_name: string;
  family_name: string;
  photo?: string;
  role: Role;
  takes_calls: boolean;
  sends_transcripts: boolean;
  language: Language;
  /** False while the invitation has not been used. */
  has_joined: boolean;
  has_second_factor: boolean;
  /** Chats the rules give at once; null is no limit. */
  most_chats: number | null;
  /** BCP 47, the best one first. */
  languages: string[];
  skills: string[];
}

/** What an owner fills in; without a password an invitation is made. */
export interface AccountForm {
  email: string;
  given_name: string;
  family_name: string;
  role: Role;
  takes_calls: boolean;
  sends_transcripts: boolean;
  language: Language;
  photo?: string;
  password?: string;
}

/** What an owner may change of an account; null takes the photo away. */
export type AccountChange = Partial<Omit<AccountForm, 'photo'>> & {
  photo?: string | null;
  most_chats?: number | null;
  languages?: string[];
  skills?: string[];
};

export type LinkPurpose = 'invitation' | 'reset';

/** A link for one person; shown once, works once. */
export interface Link {
  url: string;
  purpose: LinkPurpose;
  expires_at: Moment;
}

/** What a link is for, told to whoever holds it. */
export interface LinkLook {
  purpose: LinkPurpose;
  email: string;
  given_name: string;
  business: string;
}

/** A browser that is signed in with this account. */
export interface SignedInBrowser {
  id: string;
  created_at: Moment;
  seen_at: Moment;
  ip: string;
  browser?: string;
  system?: string;
  is_current: boolean;
}

/** A QR code as the path of an SVG in a box of `size` × `size`. */
export interface Qr {
  size: number;
  path: string;
}

/** A second factor that counts once a code of it was typed. */
export interface FactorDraft {
  secret: string;
  uri: string;
  qr: Qr;
  draft: string;
}

/** One change somebody made. */
export interface AuditEntry {
  id: AuditId;
  at: Moment;
  account?: AccountId | null;
  account_name?: string | null;
  action: string;
  subject: string;
  subject_name: string;
  before?: unknown;
  after?: unknown;
}

export interface ProfileChange {
  given_name?: string;
  family_name?: string;
  photo?: string | null;
  language?: Language;
}

export const accountsApi = {
  list: () => ask<{ accounts: AccountView[] }>('GET', '/v1/accounts'),
  create: (form: AccountForm) => ask<{ account: AccountView; link?: Link }>('POST', '/v1/accounts', form),
  change: (id: AccountId, change: AccountChange) => ask<AccountView>('PATCH', `/v1/accounts/${id}`, change),
  remove: (id: AccountId) => ask<void>('DELETE', `/v1/accounts/${id}`),
  order: (accounts: AccountId[]) => ask<{ accounts: AccountView[] }>('PUT', '/v1/accounts/order', { accounts }),
  link: (id: AccountId) => ask<Link>('POST', `/v1/accounts/${id}/link`, {}),
  signOut: (id: AccountId) => ask<void>('POST', `/v1/accounts/${id}/sign-out`, {}),
  removeFactor: (id: AccountId) => ask<void>('DELETE', `/v1/accounts/${id}/second-factor`),
};

export const profileApi = {
  change: (change: ProfileChange) => ask<Account>('PATCH', '/v1/me', change),
  setPassword: (current: string, password: string) => ask<void>('PUT', '/v1/me/password', { current, password }),
  signIns: () => ask<{ sign_ins: SignedInBrowser[] }>('GET', '/v1/me/sign-ins'),
  endSignIn: (id: string) => ask<void>('DELETE', `/v1/me/sign-ins/${id}`),
  draftFactor: (password: string) => ask<FactorDraft>('POST', '/v1/me/second-factor', { password }),
  setFactor: (draft: string, code: string) =>
    ask<{ recovery_codes: string[] }>('PUT', '/v1/me/second-factor', { draft, code }),
  removeFactor: (password: string, code: string) => ask<void>('DELETE', '/v1/me/second-factor', { password, code }),
  renewCodes: (password: string) => ask<{ recovery_codes: string[] }>('POST', '/v1/me/recovery-codes', { password }),
};

export const linksApi = {
  look: (token: string) => ask<LinkLook>('POST', '/v1/links/look', { token }),
  use: (token: string, password: string) => ask<void>('POST', '/v1/links/use', { token, password }),
};

export const auditApi = {
  entries: (limit: number, before?: AuditId) =>
    ask<{ entries: AuditEntry[]; more: boolean }>(
      'GET',
      `/v1/audit?limit=${limit}${before === undefined ? '' : `&before=${before}`}`,
    ),
};

export type AccountsApi = typeof accountsApi;
export type ProfileApi = typeof profileApi;
export type AuditApi = typeof auditApi;
