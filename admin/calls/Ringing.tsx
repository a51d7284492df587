// A call that rings, over whatever page is open: answer, decline, or put it into the side menu.
import './Ringing.css';
import { Minus, Phone, PhoneOff } from 'lucide';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconNode } from '../../widget/kit/Icon';
import type { DeskCall } from '../../widget/kit/wire';
import { VisitorFace } from '../parts/VisitorFace';
import { callerFacts, callerName } from '../store/call-words';
import type { Calls } from '../store/calls';
import { t } from '../store/texts';

interface Props {
  calls: Calls;
}

/** Keys and clicks count after this much quiet: whoever types when it begins to ring picks nothing up. */
const QUIET_MS = 400;

export function Ringing({ calls }: Props) {
  const [call, ...others] = calls.overPage.value;
  if (call === undefined) return null;
  return <Modal calls={calls} call={call} others={others.length} />;
}

interface ModalProps extends Props {
  /** The one that rings longest. */
  call: DeskCall;
  others: number;
}

function Modal({ calls, call, others }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const box = dialog.current;
    box?.showModal();
    // Closing gives the focus back to whatever had it; only then the dialog may leave the page.
    return () => box?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      class={others > 0 ? 'ringing stacked' : 'ringing'}
      aria-labelledby="ringing-head ringing-name"
      aria-describedby="ringing-package"
      onCancel={(event) => event.preventDefault()}
    >
      <Card key={call.id} calls={calls} call={call} />
      {others > 0 ? <p class="ringing-others">{t('call.others', { count: others })}</p> : null}
    </dialog>
  );
}

function Card({ calls, call }: { calls: Calls; call: DeskCall }) {
  const answer = useRef<HTMLButtonElement>(null);
  const isArmed = useQuiet(answer, {
    Enter: () => calls.answer(call.id),
    Escape: () => calls.decline(call.id),
    m: () => calls.minimize(call.id),
    M: () => calls.minimize(call.id),
  });
  const name = callerName(call);
  const from = call.transfer_from?.name;
  return (
    <div class="ringing-card">
      <p id="ringing-head" class="ringing-head" role="status">
        {from === undefined ? t('call.incoming') : t('call.incoming_from', { name: from })}
      </p>
      <span class="ringing-face">
        <i />
        <i />
        <VisitorFace name={name} size={104} />
      </span>
      <h2 id="ringing-name" dir="auto">
        {name}
      </h2>
      <p id="ringing-package" class="ringing-package">
        {t('call.page')} <b dir="auto">{call.caller.package}</b>
      </p>
      <ul class="ringing-facts">
        {callerFacts(call).map((fact) => (
          <li key={fact} dir="auto">
            {fact}
          </li>
        ))}
      </ul>
      <div class="ringing-keys">
        <RoundKey look="bad" icon={PhoneOff} words={t('call.decline')} kbd="Esc" isArmed={isArmed}>
          {() => calls.decline(call.id)}
        </RoundKey>
        <RoundKey look="plain" icon={Minus} words={t('call.minimize')} kbd="M" isArmed={isArmed}>
          {() => calls.minimize(call.id)}
        </RoundKey>
        <RoundKey look="good" icon={Phone} words={t('call.answer')} kbd="Enter" isArmed={isArmed} button={answer}>
          {() => calls.answer(call.id)}
        </RoundKey>
      </div>
    </div>
  );
}

interface KeyProps {
  look: 'good' | 'bad' | 'plain';
  icon: IconNode;
  words: string;
  kbd: string;
  isArmed: boolean;
  button?: RefObject<HTMLButtonElement | null>;
  children: () => void;
}

function RoundKey({ look, icon, words, kbd, isArmed, button, children }: KeyProps) {
  return (
    <button
      ref={button ?? null}
      type="button"
      class={`ringing-key ${look}`}
      disabled={!isArmed}
      aria-keyshortcuts={kbd === 'Esc' ? 'Escape' : kbd}
      onClick={children}
    >
      <span>
        <Icon icon={icon} size={24} />
      </span>
      {words}
      <kbd>{kbd}</kbd>
    </button>
  );
}

/** True once nobody pressed a key for a moment; then `first` has the focus and the keys work. */
function useQuiet(first: RefObject<HTMLButtonElement | null>, keys: Readonly<Record<string, () => void>>): boolean {
  const [isArmed, setArmed] = useState(false);
  const run = useRef(keys);
  run.current = keys;

  useLayoutEffect(() => {
    let isReady = false;
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        isReady = true;
        setArmed(true);
      }, QUIET_MS);
    };
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isReady) wait();
      if (!isReady || event.repeat) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      // A button with the focus means itself.
      if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
      const meant = run.current[event.key];
      if (meant === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      meant();
    };
    wait();
    addEventListener('keydown', hear, true);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', hear, true);
    };
  }, []);

  useLayoutEffect(() => {
    if (isArmed) first.current?.focus();
  }, [isArmed, first]);

  return isArmed;
}
