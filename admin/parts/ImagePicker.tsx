// An image of the business: a file is chosen or dropped, or an address fetched; what it may be is decided by the hub.
import './ImagePicker.css';
import { useSignal } from '@preact/signals';
import { ImagePlus, Link, Trash2 } from 'lucide';
import { useId, useRef } from 'preact/hooks';
import { Icon } from '../../widget/kit/Icon';
import type { Answer, Problem } from '../store/api';
import type { Images, KeptImage } from '../store/api-images';
import { type Key, t } from '../store/texts';
import { Button } from './Button';

interface Props {
  label: string;
  /** What it is scaled down to, in words. */
  hint: string;
  /** Its address on the hub, or null without one. */
  image: string | null;
  /** Logos are wide, photos round. */
  look: 'logo' | 'photo';
  images: Images;
  /** What is wrong with the image that is set, in words. */
  error?: string | null;
  /** The field in the answers of the hub, so that its errors can lead here. */
  pointer?: string;
  onImage: (image: string | null) => void;
}

const ACCEPTED = 'image/png,image/jpeg,image/gif,.png,.jpg,.jpeg,.jpe,.gif';

/** Reasons with words of their own; all others share one text. */
const WORDS: Readonly<Record<string, Key>> = {
  offline: 'image.offline',
  too_big: 'image.too_big',
  image_too_big: 'image.too_big',
  image_too_many_pixels: 'image.too_many_pixels',
  busy: 'image.busy',
  unavailable: 'image.busy',
  rate: 'image.busy',
  image_unknown: 'image.kind',
  image_broken: 'image.broken',
  image_unreachable: 'image.not_fetched',
  image_forbidden_address: 'image.address_wrong',
};

export function ImagePicker(props: Props) {
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const address = useSignal('');
  const asksAddress = useSignal(false);
  const isBusy = useSignal(false);
  const isOver = useSignal(false);
  const wrong = useSignal<string | null>(null);

  const take = async (answer: Promise<Answer<KeptImage>>) => {
    isBusy.value = true;
    wrong.value = null;
    const got = await answer;
    isBusy.value = false;
    if (!got.ok) {
      wrong.value = words(got.problem);
      return;
    }
    asksAddress.value = false;
    address.value = '';
    props.onImage(got.value.image);
  };
  const upload = (chosen: File | null | undefined) => {
    if (chosen) void take(props.images.upload(chosen));
  };
  const fetch = () => {
    if (address.value.trim() !== '') void take(props.images.fetch(address.value.trim()));
  };
  const error = wrong.value ?? props.error ?? null;

  return (
    <fieldset
      class={`image-picker ${props.look}`}
      data-pointer={props.pointer}
      aria-busy={isBusy.value}
      aria-describedby={`${id}-help`}
    >
      <legend>{props.label}</legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a shortcut of the button inside */}
      <div
        class={isOver.value ? 'image-row over' : 'image-row'}
        onDragOver={(event) => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={(event) => {
          event.preventDefault();
          isOver.value = false;
          upload(event.dataTransfer?.files[0]);
        }}
      >
        <span class="image-frame">
          {props.image === null ? <Icon icon={ImagePlus} size={20} /> : <img src={props.image} alt={props.label} />}
        </span>
        <div class="image-buttons">
          <Button busy={isBusy.value} onClick={() => file.current?.click()}>
            {t(isBusy.value ? 'image.busy_now' : props.image === null ? 'image.choose' : 'image.change')}
          </Button>
          <Button
            kind="round"
            icon={Link}
            label={t('image.from_address')}
            expanded={asksAddress.value}
            onClick={() => {
              asksAddress.value = !asksAddress.value;
            }}
          />
          {props.image === null ? null : (
            <Button kind="round" icon={Trash2} label={t('image.remove')} onClick={() => props.onImage(null)} />
          )}
        </div>
        <input
          ref={file}
          type="file"
          class="unseen"
          accept={ACCEPTED}
          aria-label={props.label}
          tabIndex={-1}
          onChange={(event) => {
            upload(event.currentTarget.files?.[0]);
            // The same file may be chosen again after it was refused.
            event.currentTarget.value = '';
          }}
        />
      </div>
      {asksAddress.value ? (
        <div class="image-address">
          <input
            type="url"
            aria-label={t('image.address')}
            placeholder="https://"
            autoComplete="off"
            value={address.value}
            ref={(input) => {
              if (input && document.activeElement?.tagName === 'BUTTON' && address.value === '') input.focus();
            }}
            onInput={(event) => {
              address.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              fetch();
            }}
          />
          <Button busy={isBusy.value} onClick={fetch}>
            {t('image.fetch')}
          </Button>
        </div>
      ) : null}
      <p id={`${id}-help`} class={error === null ? 'hint' : 'wrong'} role={error === null ? undefined : 'alert'}>
        {error ?? props.hint}
      </p>
    </fieldset>
  );
}

function words(problem: Problem): string {
  if (problem.pointer === '/url') return t('image.address_wrong');
  return t(WORDS[problem.code] ?? 'image.failed');
}
