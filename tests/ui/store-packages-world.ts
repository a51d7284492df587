// What the specs of the package stores share: a package, and a hub of their own that keeps it.
import type { Answer } from '../../admin/store/api';
import type { Draft, Package } from '../../admin/store/api-packages';
import type { EditorApi } from '../../admin/store/package-editor';
import type { PackageSettings } from '../../widget/kit/settings';
import type { Day, Week } from '../../widget/kit/wire';

export const ANNA = '0000000000001';
export const BEN = '0000000000002';

export function hours(...intervals: [from: string, to: string][]): Day {
  return { open: 'hours', intervals: intervals.map(([from, to]) => ({ from, to })) };
}

export const WEEK: Week = {
  mon: hours(['08:00', '18:00']),
  tue: hours(['08:00', '18:00']),
  wed: hours(['08:00', '18:00']),
  thu: hours(['08:00', '18:00']),
  fri: hours(['08:00', '18:00']),
  sat: hours(['10:00', '14:00']),
  sun: { open: 'closed' },
};

export const SETTINGS: PackageSettings = {
  logo: null,
  company: 'Bakery',
  web_address: 'https://bakery.example',
  language: 'en',
  zone: 'Europe/London',
  hours: { week: WEEK, exceptions: [] },
  consultants: null,
  sites: [],
  button: {
    label: 'Ask the baker',
    reveal: 'always',
    reveal_seconds: 10,
    corner: 'bottom_right',
    stick: 'none',
    unstick: false,
    size: 'medium',
    color: 'green',
    brand: null,
    mode: 'chat',
    outside_hours: 'callback',
    show_on: [],
    hide_on: [],
  },
  page: { heading: '', subheading: '', has_chat: true },
  form: { fields: [], consent: '' },
  message: { is_offered: true, text: '' },
};

export const SHOP: Package = {
  id: '0000000000011',
  key: 'demo-en',
  name: 'Shop',
  version: 1,
  updated_at: 1_000,
  settings: SETTINGS,
  snippet: '<script async src="https://hub.example/w/demo-en.js"></script>',
  call_page: 'https://hub.example/p/demo-en',
};

/** Keeps one package as the hub would: the version has to be the kept one. */
export class OnePackage implements EditorApi {
  kept: Package = SHOP;
  /** Refuses the next save in this way. */
  refuse: { code: string; status: number; pointer?: string } | undefined;
  readonly saved: Draft[] = [];
  /** Runs while a save is under way. */
  meanwhile: () => void = () => {};

  async one(): Promise<Answer<Package>> {
    return { ok: true, value: this.kept };
  }

  async save(_id: string, version: number, draft: Draft): Promise<Answer<Package>> {
    this.meanwhile();
    if (this.refuse) return { ok: false, problem: this.refuse };
    if (version !== this.kept.version) return { ok: false, problem: { code: 'stale', status: 409 } };
    this.saved.push(draft);
    this.kept = { ...this.kept, name: draft.name, settings: draft.settings, version: version + 1 };
    return { ok: true, value: this.kept };
  }

  async restore(_id: string, _version: number, current: number): Promise<Answer<Package>> {
    if (current !== this.kept.version) return { ok: false, problem: { code: 'stale', status: 409 } };
    this.kept = { ...SHOP, version: current + 1 };
    return { ok: true, value: this.kept };
  }

  async versions() {
    const { version, name, updated_at } = this.kept;
    const one = { version, name, saved_at: updated_at, saved_by: BEN, saved_by_name: 'Ben' };
    return { ok: true as const, value: { versions: [one] } };
  }

  /** Another owner saves. */
  somebodySaves(part: Partial<PackageSettings>): void {
    this.kept = { ...this.kept, settings: { ...this.kept.settings, ...part }, version: this.kept.version + 1 };
  }
}
