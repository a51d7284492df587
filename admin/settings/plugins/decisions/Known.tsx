// What the hub knew when it asked: the visitor, and every consultant it could offer.
import { Check, Minus } from 'lucide';
import { Icon } from '../../../../widget/kit/Icon';
import {
  type AskedConsultant,
  isFree,
  NO_LIMIT,
  type RouteQuestion,
  waitedSeconds,
} from '../../../store/decisions-question';
import { type Key, t } from '../../../store/texts';
import { languageName, shortPage } from '../../../store/words';

export function Known({ question: { ctx, request } }: { question: RouteQuestion }) {
  const { visitor } = request;
  const name = (id: string | null) =>
    id === null ? '' : (request.consultants.find((one) => one.id === id)?.name ?? t('decisions.somebody'));
  const clock = `${String(Math.floor(ctx.local.minute / 60)).padStart(2, '0')}:${String(ctx.local.minute % 60).padStart(2, '0')}`;
  const facts: readonly (readonly [Key, string])[] = [
    ['decisions.fact.language', visitor.language === '' ? '' : languageName(visitor.language)],
    ['decisions.fact.page', shortPage(visitor.page_url)],
    ['decisions.fact.waited', t('decisions.seconds', { seconds: waitedSeconds(request) })],
    ['decisions.fact.message', request.first_message ?? ''],
    ['decisions.fact.topic', request.topic ?? ''],
    ['decisions.fact.country', visitor.country ?? ''],
    ['decisions.fact.wished', name(request.wished)],
    ['decisions.fact.last', name(visitor.last_consultant)],
    ['decisions.fact.chats', visitor.previous_chats === 0 ? '' : String(visitor.previous_chats)],
    ['decisions.fact.tags', visitor.tags.join(', ')],
    ['decisions.fact.package', ctx.package_name],
    ['decisions.fact.clock', `${clock} (${t(ctx.open ? 'decisions.open' : 'decisions.shut')})`],
    ...visitor.attributes.map(({ key, value }) => [key as Key, value] as const),
  ];
  return (
    <section>
      <h3>{t('decisions.knew')}</h3>
      <dl class="decision-facts">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{t(label)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
      <h3>{t('decisions.people')}</h3>
      {request.consultants.length === 0 ? <p class="decision-small">{t('decisions.nobody')}</p> : null}
      <ul class="decision-people">
        {request.consultants.map((one) => (
          <Person key={one.id} one={one} medium={request.medium} />
        ))}
      </ul>
    </section>
  );
}

function Person({ one, medium }: { one: AskedConsultant; medium: 'Chat' | 'Call' }) {
  const free = isFree(one, medium);
  const { active_chats: chats, max_chats: most } = one;
  const presence = one.presence === 'Available' ? 'available' : one.presence === 'Busy' ? 'busy' : 'away';
  const words = [
    t(`decisions.presence.${presence}`),
    most === NO_LIMIT ? t('decisions.chats', { count: chats }) : t('decisions.chats_of', { count: chats, most }),
    one.in_call ? t('decisions.in_call') : '',
    one.skills.length === 0 ? '' : t('decisions.skills', { skills: one.skills.join(', ') }),
    one.languages.length === 0 ? '' : t('decisions.languages', { languages: one.languages.join(', ') }),
  ];
  return (
    <li data-free={free}>
      <Icon icon={free ? Check : Minus} size={16} />
      <b dir="auto">{one.name}</b>
      <span class={free ? 'badge good' : 'badge'}>{t(free ? 'decisions.free' : 'decisions.not_free')}</span>
      <span dir="auto">{words.filter((word) => word !== '').join(' · ')}</span>
    </li>
  );
}
