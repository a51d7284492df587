// What is said of calls: who calls, how it ended, how good the voice is, why there is no microphone.
import type { CallReason, DeskCall } from '../../widget/kit/wire';
import type { CallNews } from './call-ports';
import { t } from './texts';
import { lasting, refusalWords, shortPage, visitorName } from './words';

/** What the visitor of a call is called. */
export function callerName(call: DeskCall): string {
  return visitorName(call.caller.visitor, call.caller.name);
}

/** The first name alone, where there is little room. */
export function callTitle(call: DeskCall): string {
  return t('call.title', { name: callerName(call) });
}

/** What is known of a caller: the page, the system, the browser. */
export function callerFacts({ caller }: DeskCall): string[] {
  const device = [caller.system, caller.browser].filter(Boolean).join(', ');
  return [caller.page === undefined ? '' : shortPage(caller.page), device].filter((fact) => fact !== '');
}

/** A desktop notification of a call that rings. */
export function ringWords(call: DeskCall): { title: string; body: string } {
  const body = [call.caller.package, ...callerFacts(call)].join(' · ');
  return { title: callTitle(call), body };
}

/** How a call ended, for the consultant who was rung or talked. */
export function endWords(reason: CallReason, name: string, seconds: number, colleague?: string): string {
  const isHandedOver = reason === 'transferred' && colleague !== undefined;
  const end = isHandedOver ? t('call.end_handed', { name, colleague }) : t(`call.end_${reason}`, { name });
  return seconds > 0 ? `${end} ${t('call.talked', { time: lasting(seconds * 1000) })}` : end;
}

export function callNewsWords(news: CallNews): string {
  switch (news.what) {
    case 'missed':
      return endWords(news.reason, callerName(news.call), 0);
    case 'late':
      return t(news.isMine ? 'call.late_mine' : 'call.late', { name: callerName(news.call) });
    case 'over': {
      const name = callerName(news.call);
      if (news.reason === null) return t('call.end_unseen', { name });
      return endWords(news.reason, name, news.seconds, news.call.transfer_to?.name);
    }
    case 'refused':
      return refusalWords(news.refusal.code);
    case 'offline':
      return t('call.offline');
  }
}

/** From 1 (bad) to 4 (excellent). */
export type Bars = 1 | 2 | 3 | 4;

/** How many bars a mean opinion score is worth; `mos10` is ten times the score. */
export function barsOf(mos10: number | undefined): Bars | null {
  if (mos10 === undefined) return null;
  if (mos10 >= 40) return 4;
  if (mos10 >= 36) return 3;
  return mos10 >= 31 ? 2 : 1;
}
