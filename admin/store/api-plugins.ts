// Plugins and rule tables over HTTP: the list, one of them, its versions, and trying it on decisions.
import type { Moment, PackageId } from '../../widget/kit/wire';
import { ask } from './api';
import type { Decision, DecisionView, Replayed, StepView } from './api-decisions';
import type { Field, SettingValues } from './plugin-form';
import type { Row } from './plugin-rows';

export type PluginId = string;

/** What a plugin may be asked about; today the hub asks about routing and working hours. */
export type Hook = 'routing' | 'working-hours' | 'notifications' | 'messages' | 'bot' | 'pre-chat' | 'enrichment';

export interface PluginEntry {
  id: PluginId;
  kind: 'wasm' | 'table';
  key: string;
  name: string;
  summary: string;
  /** The number of the version that decides. */
  live: number | null;
  /** The number of the version that is asked beside it and only compared. */
  shadow: number | null;
  newest: number;
  /** Null is every package. */
  packages: PackageId[] | null;
  hooks: Hook[];
  /** Why the hub took it out of service. */
  off_reason: string | null;
  health: Health;
}

/** Since the hub started. */
export interface Health {
  asked: number;
  failed: number;
  last_failure: string | null;
  last_failed_at: Moment | null;
  /** It failed too often: it is not asked for so long. */
  off_for_seconds: number | null;
  p50_us: number;
  p99_us: number;
}

export interface PluginDetail extends PluginEntry {
  author: string;
  homepage: string | null;
  hosts: string[];
  /** Of the live version, else of the newest. */
  fields: Field[];
  settings: SettingValues;
  /** The newest first or last: nobody relies on it. */
  versions: PluginVersion[];
  /** Of the newest version of a rule table. */
  rows: Row[] | null;
}

export interface PluginVersion {
  version: number;
  /** As its author numbers it. */
  label: string;
  /** SHA-256 of the file, in hexadecimal. */
  digest: string;
  hooks: Hook[];
  uploaded_at: Moment;
  uploaded_by: string | null;
  went_live_at: Moment | null;
}

/** What an owner may change of a plugin; what is left out stays. */
export interface PluginChange {
  name?: string;
  settings?: SettingValues;
  packages?: PackageId[] | null;
}

/** In minutes since midnight, up to 1,440. */
export interface Span {
  from: number;
  to: number;
}

/** A day as the owner set it, and the plan in its place; null where the version leaves it. */
export interface PlannedDay {
  date: string;
  base: readonly Span[];
  planned: readonly Span[] | null;
  notice: string | null;
}

/** Which versions are asked. */
export interface Life {
  live: number | null;
  shadow: number | null;
}

/** Uploading 4 MiB over a slow line, and compiling it at the hub. */
const UPLOAD_MS = 120_000;

/** Asking up to 200 decisions again. */
const REPLAY_MS = 60_000;

const at = (id: PluginId, rest = '') => `/v1/plugins/${id}${rest}`;

export const pluginsApi = {
  all: () => ask<{ plugins: PluginEntry[] }>('GET', '/v1/plugins'),
  upload: (file: Blob) =>
    ask<PluginDetail>('POST', '/v1/plugins', new Blob([file], { type: 'application/wasm' }), UPLOAD_MS),
  newTable: (name: string) => ask<PluginDetail>('POST', '/v1/plugins/tables', { name }),
  one: (id: PluginId) => ask<PluginDetail>('GET', at(id)),
  change: (id: PluginId, change: PluginChange) => ask<PluginDetail>('PUT', at(id), change),
  life: (id: PluginId, life: Life) => ask<PluginDetail>('PUT', at(id, '/life'), life),
  saveRows: (id: PluginId, rows: readonly Row[]) => ask<PluginDetail>('PUT', at(id, '/table'), { rows }),
  /** Lets the next question through to a plugin that is off for now. */
  tryNow: (id: PluginId) => ask<void>('POST', at(id, '/try'), {}),
  remove: (id: PluginId) => ask<void>('DELETE', at(id)),
  order: (order: readonly PluginId[]) => ask<void>('PUT', '/v1/plugins/order', { order }),
  /** Asks a version about recorded decisions again; nothing is carried out. */
  replay: (id: PluginId, version: number, last: number) =>
    ask<Replayed>('POST', at(id, '/replay'), { version, last }, REPLAY_MS),
  /** What a version would make of the hours of a package from today on; nothing changes. */
  calendar: (id: PluginId, version: number, package_: PackageId, days: number) =>
    ask<{ days: PlannedDay[]; failure: string | null }>(
      'GET',
      at(id, `/calendar?version=${version}&package=${package_}&days=${days}`),
    ),
  /** Asks a version one question; nothing is recorded or carried out. */
  play: (id: PluginId, version: number, question: object) =>
    ask<StepView>('POST', at(id, '/play'), { version, question }),
};

export type PluginsApi = typeof pluginsApi;

export interface DecisionQuery {
  /** A chat or a call. */
  subject?: string;
  failed?: boolean;
  /** Older than this decision. */
  before?: string;
}

export const decisionsApi = {
  list: (query: DecisionQuery = {}) =>
    ask<{ decisions: Decision[]; next: string | null }>('GET', `/v1/decisions${searchOf(query)}`),
  one: (id: string) => ask<DecisionView>('GET', `/v1/decisions/${id}`),
};

export type DecisionsApi = typeof decisionsApi;

function searchOf({ subject, failed, before }: DecisionQuery): string {
  const search = new URLSearchParams();
  if (subject !== undefined) search.set('subject', subject);
  if (failed === true) search.set('failed', 'true');
  if (before !== undefined) search.set('before', before);
  return search.size === 0 ? '' : `?${search}`;
}
