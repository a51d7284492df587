// Questions for the playground: an example with the consultants of the business, and what its fields change.
import {
  type AskedConsultant,
  isFree,
  NO_LIMIT,
  type RouteQuestion,
  type RouteRequest,
  WAITING_FACT,
} from './decisions-question';
import type { Known, Person } from './rule-table-known';

/** A moment and where: handed in, so that an example is the same for the same moment. */
export interface Present {
  now: number;
  zone: string;
  language: string;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Somebody opens a chat and every consultant of the business is free. */
export function example(known: Known, packages: readonly string[] | null, present: Present): RouteQuestion {
  const chosen = known.packages.find((one) => packages === null || packages.includes(one.id));
  const { id = '', name = '' } = chosen ?? {};
  const at = new Date(present.now);
  const seconds = Math.floor(present.now / 1_000);
  const ids = known.people.map((one) => one.id);
  return {
    hook: 'route',
    ctx: {
      now: seconds,
      local: {
        date: { year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() },
        weekday: DAYS[at.getDay()] ?? 'Monday',
        minute: at.getHours() * 60 + at.getMinutes(),
        utc_offset_minutes: -at.getTimezoneOffset(),
        zone: present.zone,
      },
      package_id: id,
      package_name: name,
      open: true,
      settings: [],
      seed: 1,
      facts: [],
    },
    request: {
      medium: 'Chat',
      stage: 'Arrived',
      attempts: 0,
      visitor: {
        id: '0000000000001',
        name: null,
        email: null,
        phone: null,
        language: present.language,
        country: null,
        page_url: 'https://example.com/',
        referrer: null,
        browser: 'Firefox',
        os: 'Linux',
        visits: 1,
        previous_chats: 0,
        last_consultant: null,
        attributes: [],
        tags: [],
      },
      wished: null,
      topic: null,
      first_message: null,
      consultants: known.people.map(asked),
      queues: [{ id, name, waiting: 0, longest_wait: 0, members: ids, facts: [] }],
      facts: [{ key: WAITING_FACT, value: '0' }],
    },
  };
}

function asked(person: Person): AskedConsultant {
  return {
    id: person.id,
    name: person.givenName,
    presence: 'Available',
    presence_for: 600,
    languages: [...person.languages],
    skills: [...person.skills],
    active_chats: 0,
    max_chats: person.mostChats ?? NO_LIMIT,
    in_call: false,
    last_assigned: null,
    facts: [],
  };
}

/** Lets the visitor wait for so many seconds; one who was offered and not taken stays at that stage. */
export function wait(request: RouteRequest, seconds: number): void {
  const isPlain = request.stage === 'Arrived' || (typeof request.stage === 'object' && 'Waiting' in request.stage);
  if (isPlain) request.stage = seconds === 0 ? 'Arrived' : { Waiting: seconds };
  const others = request.facts.filter(({ key }) => key !== WAITING_FACT);
  request.facts = [...others, { key: WAITING_FACT, value: String(seconds) }];
}

/** Makes a consultant free or not. */
export function free(request: RouteRequest, id: string, shallBeFree: boolean): void {
  const one = request.consultants.find((consultant) => consultant.id === id);
  if (one === undefined || isFree(one, request.medium) === shallBeFree) return;
  one.presence = shallBeFree ? 'Available' : 'Away';
  if (!shallBeFree) return;
  one.in_call = false;
  if (one.active_chats >= one.max_chats) one.active_chats = 0;
}
