// Packages over HTTP: list, settings, versions, and what hangs on one package.
import type { Language, Mode, PackageSettings } from '../../widget/kit/settings';
import type { AccountId, Moment, PackageId } from '../../widget/kit/wire';
import { ask } from './api';
import type { OpenDay } from './open-days';

/** A package as the list shows it. */
export interface PackageSummary {
  id: PackageId;
  key: string;
  name: string;
  company: string;
  language: Language;
  mode: Mode;
  version: number;
  updated_at: Moment;
  call_page: string;
  is_open: boolean;
}

/** What an owner may change of a package. */
export interface Draft {
  name: string;
  settings: PackageSettings;
}

/** A package as the hub keeps it. */
export interface Package extends Draft {
  id: PackageId;
  key: string;
  version: number;
  updated_at: Moment;
  snippet: string;
  call_page: string;
}

export interface PackageVersion {
  version: number;
  name: string;
  saved_at: Moment;
  /** Absent when the hub itself made it. */
  saved_by?: AccountId | null;
  saved_by_name?: string | null;
}

/** Who may serve a package. */
export interface Colleague {
  id: AccountId;
  given_name: string;
  family_name: string;
  photo?: string | null;
  takes_calls: boolean;
  has_joined: boolean;
}

/** A QR code as an SVG path in a square of `size`. */
export interface QrCode {
  size: number;
  path: string;
}

/** What the loader is told; the admin hands it through and changes only what a preview state asks for. */
export interface PreviewButton {
  /** Custom properties of CSS, `--a` and `--b` among them: the ends of its gradient. */
  look: string;
  reveal?: number;
  /** A regular expression of pages; one that fits none hides the button. */
  pages?: string;
}

const at = (id: PackageId, rest = '') => `/v1/packages/${id}${rest}`;

export const packagesApi = {
  all: () => ask<{ packages: PackageSummary[] }>('GET', '/v1/packages'),
  create: (name: string, language: Language, zone: string) =>
    ask<Package>('POST', '/v1/packages', { name, language, zone }),
  one: (id: PackageId) => ask<Package>('GET', at(id)),
  save: (id: PackageId, version: number, draft: Draft) =>
    ask<Package>('PUT', at(id), { name: draft.name, version, settings: draft.settings }),
  remove: (id: PackageId) => ask<void>('DELETE', at(id)),
  copy: (id: PackageId, name: string) => ask<Package>('POST', at(id, '/copies'), { name }),
  versions: (id: PackageId) => ask<{ versions: PackageVersion[] }>('GET', at(id, '/versions')),
  version: (id: PackageId, version: number) =>
    ask<PackageVersion & { settings: PackageSettings }>('GET', at(id, `/versions/${version}`)),
  restore: (id: PackageId, version: number, current: number) =>
    ask<Package>('POST', at(id, `/versions/${version}/restore`), { version: current }),
  preview: (id: PackageId, settings: PackageSettings, isOpen: boolean) =>
    ask<{ button: PreviewButton }>('POST', at(id, '/preview'), { settings, is_open: isOpen }),
  hours: (id: PackageId, days: number) => ask<{ days: OpenDay[] }>('GET', at(id, `/hours?days=${days}`)),
  qr: (id: PackageId) => ask<QrCode>('GET', at(id, '/qr')),
  secret: (id: PackageId) => ask<{ secret: string | null }>('GET', at(id, '/identity-secret')),
  newSecret: (id: PackageId) => ask<{ secret: string | null }>('POST', at(id, '/identity-secret'), {}),
  colleagues: () => ask<{ accounts: Colleague[] }>('GET', '/v1/accounts'),
};

export type PackagesApi = typeof packagesApi;
