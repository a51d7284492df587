/** Cards at the end of the lines: the wait, an invitation to call, and why a chat is over. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconNode } from '../kit/Icon';
import { CallLink } from './CallLink';
import type { Conversation } from './conversation';
import { alertIcon, checkIcon, phoneIcon } from './icons';
import type { Letter } from './letter';
import { Offers } from './Offers';
import { t } from './speech';
import type { View } from './view';
import './cards.css';

interface Props {
  view: View;
}

interface WaitingProps extends Props {
  letter: Letter;
}

/** Nobody answers yet. Honest: what the hub does not know, nobody says. */
export function WaitingCard({ view, letter }: WaitingProps) {
  const { place, estimate_seconds: seconds } = view.waitHere ?? {};
  let line = t('wait.sending');
  if (place !== undefined) line = place <= 1 ? t('wait.next') : t('wait.place', { count: place - 1 });
  return (
    <Card title={line}>
      {typeof seconds === 'number' && (
        <p>{seconds < 60 ? t('wait.soon') : t('wait.minutes', { count: Math.round(seconds / 60) })}</p>
      )}
      <p>{t('wait.add')}</p>
      <div class="stack">
        <Offers view={view} letter={letter} />
      </div>
    </Card>
  );
}

export function InviteCard({ conversation }: { conversation: Conversation }) {
  const { invitation } = conversation.view;
  return (
    <Card
      title={invitation === undefined ? t('choice.call') : t('invite.title', { name: `${invitation.face?.name}` })}
      icon={phoneIcon}
    >
      <p>{t('invite.text')}</p>
      <div class="pair">
        <CallLink conversation={conversation} class="primary">
          {t('invite.call')}
        </CallLink>
        <button type="button" class="plain" onClick={() => conversation.notNow()}>
          {t('invite.not_now')}
        </button>
      </div>
    </Card>
  );
}

export function ClosedCard({ view }: Props) {
  const end = view.lines.findLast((line) => line.kind === 'closed');
  let reason = t('closed.by_hub');
  if (end?.mine === true) reason = t('closed.by_you');
  else if (end?.face !== undefined) reason = t('closed.by_consultant', { name: end.face.name });
  return (
    <Card title={t('closed.title')} icon={checkIcon}>
      {end !== undefined && <p>{reason}</p>}
    </Card>
  );
}

export function UnavailableCard() {
  return (
    <Card title={t('unavailable.title')} icon={alertIcon}>
      <p>{t('unavailable.text')}</p>
    </Card>
  );
}

interface CardProps {
  title: string;
  /** Without an icon the card breathes: something is still to come. */
  icon?: IconNode;
  children: ComponentChildren;
}

export function Card({ title, icon, children }: CardProps) {
  return (
    <section class="card" role="status">
      <span class={icon === undefined ? 'card-pulse' : 'card-icon'}>{icon && <Icon icon={icon} />}</span>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
